"""Limits of phrases: words that cannot belong to the noun phrase before them, each for a reason of grammar."""

from app.arabic.kept import kept
from app.arabic.names import actor_kind, is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.names.in_text import has_tanwin
from app.extract.statements.names.origins import is_country
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_grammar, is_group_head, looks_like_masdar
from app.extract.statements.text.stream import Stream

_ATTRIBUTES = frozenset(["غير", "كافه", "جميعا", "معا", "سابقا", "حاليا", "منهم", "منها", "مثل", "ذات", "ذو"])


def is_object_of(words: list[str], start: int, k: int, personal: bool) -> bool:
    """استنكر فلان اتهامات …، اختتم الفلاني حفله: an indefinite noun behind a definite one is the verb's object."""
    head, word = words[start], words[k]
    if not (personal or head.startswith("ال")) or word in words_of("same"):
        return False
    apart = not words[k - 1].startswith("ال") or head in words_of("quantifier") or word in _ATTRIBUTES
    if not personal and is_group_head(head) and apart:
        return False  # البرلمان | قانون الموازنة: but for «غير» and «كافة» a body's own attributes are definite
    joined = word.startswith(("ال", "وال", "لل")) or word[0] in "بلو"
    return not (joined or is_name_word(word) or is_group_head(word) or is_grammar(word))


def is_his_saying(stream: Stream, k: int) -> bool:
    """جدد فلان تأكيده: a verbal noun of saying is the verb's object, and no part of the name before it."""
    reading = surface_at(stream, k)
    return reading is not None and reading[0].form == "masdar"


def is_his_own(stream: Stream, start: int, k: int) -> bool:
    """شكا عدد من سكان الحي تضررهم: a noun with a pronoun behind a definite one is the verb's object."""
    word, before = stream.words[k], stream.words[k - 1]
    if not word.endswith(("ها", "هم", "هما")) or len(word) < 5 or word[0] == "و" or word in words_of("same"):
        return False
    if is_name_word(word):
        return False
    if before.startswith("ال") or is_name_word(before):
        return True
    return k > start + 1 and any(other.startswith("ال") for other in stream.words[start:k])


def is_close_to(words: list[str], k: int, last: int) -> bool:
    """الحركة المقربة من الحزب: what a body is close to is no part of its name."""
    return words[k].startswith("ال") and words[k][2:] in words_of("close_to") and k + 1 < last and words[k + 1] == "من"


def is_adverbial(stream: Stream, start: int, k: int) -> bool:
    """أقر المجلس عدداً من …، قال فلان متعجباً: an accusative behind a noun that is none."""
    return not stream.words[start].endswith("ا") and has_tanwin(stream, k)


def is_second_body(words: list[str], start: int, k: int) -> bool:
    """توعد تنظيم كذا في ليبيا مجلس النواب …: a body's noun behind a definite one or a country is the next phrase."""
    if k == start + 1 or words[k].startswith("ال") or words[k] not in words_of("organisation"):
        return False
    return words[k - 1].startswith("ال") or actor_kind(words[k - 1]) is not None or is_country(words[k - 1])


def is_deed_of_body(words: list[str], start: int, k: int) -> bool:
    """الشركة المنتجة إصدار …: a verbal noun behind a definite name is what is announced."""
    if not words[start].startswith("ال") or not words[k - 1].startswith("ال"):
        return False
    if words[k].startswith("ال") or is_name_word(words[k]):
        return False
    return looks_like_masdar(words[k]) or words[k] in words_of("content_noun")


def begins_relative(words: list[str], start: int, k: int) -> bool:
    """وجيه محلي شارك في …, امرأة تعيش في …: the verb of a relative clause behind an indefinite noun."""
    word = words[k]
    if words[start].startswith("ال"):
        return False
    if words[k - 1].startswith("ال"):
        return word in words_of("withholds")  # مسؤول في الوزارة طلب عدم ذكر اسمه
    if word in words_of("published") or word in words_of("issued_by"):
        return True  # دراسة طبية نشرت أمس
    imperfect = word.startswith("ي") and len(word) > 3 and not word.endswith(("ي", "يه", "ين", "يون"))
    return word in words_of("relative_verb") or (imperfect and not is_name_word(word))


def disagrees(head: str, word: str, distance: int) -> bool:
    """انتقد الجمهوريون الاتفاق: behind a plural in ون stands no attribute of it that is no plural."""
    if head in words_of("dual_body"):
        return distance == 1 and word.startswith("ال") and not word.endswith(("ان", "ين", "ي", "يه"))
    sound = head.startswith("ال") and head.endswith("ون") and len(head) > 6 and not is_name_word(head)
    return (
        sound
        and distance == 1
        and word.startswith("ال")
        and not (word.endswith(("ون", "ين")) or word in words_of("broken_plural"))
    )


def leaves_body(words: list[str], start: int, k: int) -> bool:
    """وصف متحدث باسم الوزارة البريطانية المشروع بكذا: what is no attribute of the body spoken for is the next noun."""
    before, word = words[k - 1], words[k]
    if not before.endswith("ه") or not before.startswith("ال"):
        return False
    if not word.startswith("ال") or word.endswith(("ه", "ي", "ا")):
        return False
    return not words_of("on_behalf").isdisjoint(words[start:k])


@kept
def closes_phrase(word: str) -> bool:
    """Words that never stand inside a speaker's mention: a new clause, هذا, حديثه, بياناً."""
    return (
        word in words_of("clause_start")
        or word in words_of("demonstrative")
        or word in words_of("speech_noun")
        or word in words_of("closes_mention")
        or word in words_of("fixed_object")
        or word in words_of("with_ma")
        or (word in words_of("spoken_piece") and word.endswith("ا"))
    )


def is_recent(stream: Stream, k: int) -> bool:
    """دراسة حديثة, which folds to the letters of حديثه (what he said)."""
    return stream.words[k] == "حديثه" and stream.written(k, k + 1)[-1] == "ة"


def names_outlet(words: list[str], start: int) -> bool:
    """صحيفة صباح، قناة الآن: an adverb that is an outlet's name."""
    return words[start] in words_of("outlet_by_name") and words[start + 1] in words_of("adverb")
