"""Personal names in running text: where one begins."""

from collections.abc import Sequence

from app.arabic.kept import kept
from app.arabic.names import (
    actor_kind,
    is_given_name,
    is_name_word,
    kunya_words,
    name_particles,
    name_words,
    persons_by_first_words,
)
from app.extract.statements.text.lexicon import surfaces, words_of
from app.extract.statements.text.nouns import is_grammar, is_title
from app.extract.statements.text.stream import Stream

JOINTS = ("بن", "الدين")  # before these a word in no list may be a name


def begins_name(stream: Stream, i: int, last: int, *, titled: bool = False) -> bool:
    """Whether a full personal name begins at token `i`.

    After a title (`titled`) a given name and any word that is not grammar will do; elsewhere both must be names.
    """
    if i + 1 >= last:
        return False
    word, following = stream.words[i], stream.words[i + 1]
    if not may_be_first(word) and following not in JOINTS:
        return False
    if listed_person(stream, i, last):
        return True
    if not _may_go_on(stream, i + 1) or not _may_open(stream, i, titled):
        return False
    if word == "رمضان" and (following in ("المبارك", "الكريم", "الفضيل") or following in words_of("past_or_coming")):
        return False
    if following == "بن" and i + 2 < last:
        return _may_be_son(stream, i)
    if (is_title(word) and not is_given_name(word)) or _describes_bearer(stream, i):
        return titled and _rank_is_name(word, following)
    if word == "ابو" and len(following) > 2 and following[0] not in "بول":
        return True  # أبو is nothing but a kunya, أم and أبي are other words too
    if word in kunya_words():
        return is_name_word(following) or following.startswith("ال") or (titled and not following.startswith("و"))
    if following == "الدين" and is_given_name(word) and i + 2 < last and stream.words[i + 2] == "بن":
        return True
    if word == "عبد" or (following == "الدين" and titled and i + 2 < last and _may_go_on(stream, i + 2)):
        return True
    if word == "ابن":
        return titled or is_name_word(following)
    if word in words_of("nisba_name") and i > 0 and not stream.words[i - 1].startswith("ال"):  # مسؤول تركي كبير
        if following in words_of("nisba_name"):  # مصدر تركي رسمي
            return False
        return is_given_name(following) or (following.startswith("ال") and is_name_word(following))
    of_rank = not titled or following in words_of("rank_in_name")
    if following in words_of("title") and not is_given_name(following) and of_rank:
        return _opens_before_title(stream, i, last)
    if is_given_name(word):
        return _given_name_opens(stream, i, last, titled)
    return word in name_words() and _family_name_opens(stream, i, last, titled)


def may_begin(stream: Stream, i: int) -> bool:
    """Whether a name can begin at token `i`, which is not the last: often it is على, or a verb is behind it."""
    following = stream.words[i + 1]
    may_go_on = (_is_second_word(following) or following == "فان") and not is_written_ala(stream, i)
    return may_go_on or bool(listed_person(stream, i, len(stream.words)))


@kept
def may_be_first(word: str) -> bool:
    """Whether a name can begin with a folded word whatever stands behind it."""
    return (
        is_given_name(word)
        or word in name_words()
        or word in kunya_words()
        or word in persons_by_first_words()
        or word in words_of("nisba_name")
        or word in words_of("title_and_name")
        or word in ("عبد", "ابن")
    )


def _may_be_son(stream: Stream, i: int) -> bool:
    """سفر بن أحمد: whatever plain word stands before بن is a name, in a list or not."""
    word = stream.words[i]
    if word in ("الدين", "الله"):
        return False  # نور الدين بن فلان begins before it
    if is_name_word(word):
        return True
    given_too = word in words_of("title_and_name") or word in words_of("rank_in_name")  # مساعد بن فلان
    return not (
        stream.readings[i] is not None
        or (is_title(word) and not given_too)
        or word in words_of("relative_verb")
        or word.startswith(("لل", "بال", "و"))
        or has_article(stream, i)
    )


def _describes_bearer(stream: Stream, i: int) -> bool:
    """القائد الميداني أبو حسن: an adjective of the title before a kunya or a given name, and no name itself."""
    word, following = stream.words[i], stream.words[i + 1]
    return (
        has_article(stream, i)
        and not is_given_name(word)
        and (following in kunya_words() or (is_given_name(following) and following not in words_of("name_and_noun")))
    )


def _rank_is_name(word: str, following: str) -> bool:
    """النائب حاكم الزاملي: a noun of rank that is a given name too, before a family name."""
    return word in words_of("title_and_name") and following.startswith("ال") and following in name_words()


def listed_person(stream: Stream, i: int, last: int) -> int:
    """How many tokens from `i` on are the full name of a listed actor, a person (بان كي مون); 0 where none is."""
    seconds = persons_by_first_words().get(stream.words[i])
    if seconds is None or i + 1 >= last:
        return 0
    for size in seconds.get(stream.words[i + 1], ()):
        if i + size <= last and actor_kind(stream.joined(i, i + size)) == "person":
            return size
    return 0


def _may_open(stream: Stream, i: int, titled: bool) -> bool:
    """Whether token `i` can be the first of a name as far as its neighbour before it goes."""
    word = stream.words[i]
    if not (_opens_behind_title if titled else _opens_name)(word) or is_written_ala(stream, i):
        return False
    if word in words_of("fellow") and stream.written(i, i + 1)[-1] == "ه":
        return False  # نظيره folds to the name نظيرة
    return not (i > 0 and _is_genitive(stream.words[i - 1], word))


@kept
def _opens_name(word: str) -> bool:
    return _is_first_word(word, titled=False)


@kept
def _opens_behind_title(word: str) -> bool:
    return _is_first_word(word, titled=True)


def _is_first_word(word: str, *, titled: bool) -> bool:
    if not word.isalpha() or (word == "باسم" and titled):
        return False
    if is_grammar(word) and word != "علي" and not (titled and word in words_of("adverb")):
        return False
    if word in words_of("region") or (word[0] == "ب" and word[1:] in words_of("region")):
        return False
    return word not in words_of("place_head") and word not in words_of("named_after")


def _may_go_on(stream: Stream, i: int) -> bool:
    """Whether token `i` can be the second of a name: a plain word that is no grammar."""
    word = stream.words[i]
    if word == "فان":
        return is_particle_van(stream, i)
    if not _is_second_word(word) or has_tanwin(stream, i):
        return False
    if word == "الله":
        return stream.words[i - 1] not in words_of("blessing")
    return not is_written_ala(stream, i)


@kept
def _is_second_word(word: str) -> bool:
    if not word.isalpha() or len(word) == 1 or word.startswith("لل"):
        return False
    if word in words_of("title_and_name"):
        return True  # غادة والي
    if word.startswith(("بال", "وال", "كال")) and not (len(word) == 4 and word in name_words()):
        return False  # بالي is a name
    if word[0] == "و" and not is_name_word(word):
        return False
    if word in surfaces() and not is_given_name(word):
        return False
    if word.endswith(("ته", "تها", "تهم")) and not is_name_word(word):  # يحكي سعيد قصته
        return False
    if is_told_kin(word) or (word[0] == "ب" and word[1:] in words_of("region")):
        return False
    if word[0] == "ل" and not is_name_word(word) and word[1:] in surfaces():
        return False  # سير وحيد لنقل الحقائب
    if word in words_of("apposed") or (word in words_of("event_noun") and not is_name_word(word)):
        return False
    return not is_grammar(word) or word == "علي"


def is_told_kin(word: str) -> bool:
    """قال صالح لأم الطفل, لابنها: a kinsman, with or without a pronoun, to whom it is said."""
    return word[0] == "ل" and word[1:] in words_of("kin_told")


def _opens_before_title(stream: Stream, i: int, last: int) -> bool:
    """فلان الرئيس …: one name before a title; or a rank inside a name (صالح شيخ يوسف، حسين أمير عبد الله)."""
    word, following = stream.words[i], stream.words[i + 1]
    if not is_given_name(word):
        return False
    if word in words_of("name_and_noun"):
        family = following in words_of("title_of_family") and ends_name(stream, i + 1, last)
        return family and not (is_title(word) or word in words_of("deed_and_name"))  # باسل الجندي
    if (
        following in words_of("title_and_name")
        and i + 2 < last
        and (is_title(stream.words[i + 2]) or not stream.words[i + 2].isalpha())
    ):
        return True  # غادة والي وزيرة كذا
    if following in words_of("rank_in_name"):
        return i + 2 < last and is_name_word(stream.words[i + 2])
    return following.startswith("ال") or following in name_words()


def _given_name_opens(stream: Stream, i: int, last: int, titled: bool) -> bool:
    words = stream.words
    word, following = words[i], words[i + 1]
    common = word in words_of("name_and_noun")
    if is_name_word(following):
        if titled or not common or not following.startswith("ال"):
            return True
        return i + 2 >= last or not words[i + 2].isalpha() or is_grammar(words[i + 2])
    if titled:
        last_word = i + 2 >= last or not words[i + 2].isalpha() or is_grammar(words[i + 2])
        last_word = last_word or (words[i + 2][0] == "و" and is_title(words[i + 2]))
        if following in words_of("title") or following in words_of("organisation"):
            ends = last_word or (following in words_of("title_of_family") and words[i + 2].startswith("ال"))
            return following.startswith("ال") and ends and not common
        return not _looks_like_verb(following) and not (common and word in words_of("title"))
    return following.startswith("ال") and not common and len(following) > 4


def _looks_like_verb(word: str) -> bool:
    imperfect = word[0] == "ي" and len(word) > 3 and not (word.endswith(("ي", "ن", "ه")) or is_name_word(word))
    return imperfect or word.startswith("است") or word in words_of("relative_verb") or word in surfaces()


def _family_name_opens(stream: Stream, i: int, last: int, titled: bool) -> bool:
    words = stream.words
    following = words[i + 1]
    if following[0] in "بل" and not is_name_word(following):
        return False
    if titled:
        return not following.startswith("ال") or is_name_word(following)
    if following.startswith("ال") and (i + 2 >= last or not words[i + 2].isalpha() or is_grammar(words[i + 2])):
        return is_name_word(following)
    return following in name_words() or is_given_name(following) or following in name_particles()


def ends_name(stream: Stream, i: int, last: int) -> bool:
    """Whether a word that no list knows can be the last of a name: a sign, a title or grammar stands behind it."""
    if i + 1 >= last:
        return True
    following = stream.words[i + 1]
    return not following.isalpha() or is_grammar(following) or following in words_of("title")


def _is_genitive(before: str, word: str) -> bool:
    """الباحث في معهد السهول: a definite word behind an indefinite organisation is no name but belongs to it."""
    if not word.startswith("ال") or before.startswith("ال"):
        return False
    return before in words_of("organisation") or before[1:] in words_of("organisation")


def has_article(stream: Stream, i: int) -> bool:
    """Whether token `i` begins with the article: not ألكسيس, whose alef has a hamza, nor a given name like اليسا."""
    word = stream.words[i]
    if not word.startswith("ال") or len(word) < 4 or (is_given_name(word) and word not in words_of("name_and_noun")):
        return False
    return stream.letters.original[stream.letters.start(stream.starts[i])] not in "أإآ"


def has_tanwin(stream: Stream, i: int) -> bool:
    """جاهزاً: a noun in the accusative, and no name."""
    return i in stream.with_tanwin


def is_written_ala(stream: Stream, i: int) -> bool:
    """على folds to the name علي; the letter as written tells them apart."""
    return stream.words[i] == "علي" and stream.letters.original[stream.letters.end(stream.ends[i]) - 1] == "ى"


def is_preposition(stream: Stream, i: int) -> bool:
    """Whether token `i` is a preposition and not the name علي."""
    word = stream.words[i]
    if word != "علي":
        return word in words_of("preposition")
    return is_written_ala(stream, i) or not (i > 0 and is_name_word(stream.words[i - 1]))


def is_particle_van(stream: Stream, k: int) -> bool:
    """يوهان فان دير برغ: behind a name, and not فإن, which folds to the same letters."""
    return stream.written(k, k + 1) == "فان" and is_name_word(stream.words[k - 1])


def is_annexed(words: Sequence[str], i: int) -> bool:
    """مدرب بنما داريو فلان: a title without article is somebody's of something; the name only begins behind that."""
    title = words[i - 1]
    if title not in words_of("title") or title.startswith("ال") or "ال" + title in words_of("honorific"):
        return False
    return not is_given_name(words[i]) and words[i] not in name_particles() and is_given_name(words[i + 1])


@kept
def bare(word: str) -> str:
    """A folded word without conjunction and article, and a kunya in its first case, for comparing names and titles."""
    if word in kunya_words():
        return "ام" if word == "ام" else "ابو"
    for prefix in ("وال", "بال", "كال", "لل", "ال"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return word[len(prefix) :]
    return word
