"""Phrases: where a noun phrase ends by its own grammar."""

from app.arabic.kept import kept
from app.arabic.names import actor_kind, is_given_name, is_name_word, name_words
from app.extract.statements.names.attributes import takes_complement
from app.extract.statements.names.before_speaker import is_pair, leans, may_begin_pair
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name, is_told_kin
from app.extract.statements.names.phrase_limits import (
    begins_relative,
    closes_phrase,
    disagrees,
    is_adverbial,
    is_close_to,
    is_recent,
    leaves_body,
    names_outlet,
)
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_group_head, is_title, is_two_of_them, looks_like_masdar
from app.extract.statements.text.stream import Stream


@kept
def _closes_any(word: str) -> bool:
    """Signs, لصحيفة and the like: what no noun phrase goes over."""
    return not word.isalpha() or leans(word) or is_told_kin(word) or word in words_of("masdar_with_al")


@kept
def _closes_tightly(word: str) -> bool:
    """Words that end a noun phrase wherever nothing before them has claimed them."""
    return (
        closes_phrase(word)
        or word in words_of("preposition")
        or word in words_of("adverb")
        or word in words_of("relative")
        or word in words_of("complementizer")
        or word in words_of("refused")
    )


def _ends_tightly(stream: Stream, k: int) -> bool:
    return _closes_tightly(stream.words[k]) and not is_recent(stream, k)


@kept
def _joins_or_closes(word: str) -> bool:
    """Whether a folded word may join a noun phrase to what is behind it, or end it: most words do neither."""
    joins = word in _NEAR_WHOM or word in words_of("on_behalf") or word in words_of("of_noun")
    return joins or may_begin_pair(word) or _closes_tightly(word) or word[2:] in words_of("close_to")


_NEAR_WHOM = ("من", "علي")


@kept
def _is_party(word: str) -> bool:
    """Whether a folded word is a noun for somebody: a body, one who is spoken to, one with a title."""
    return word in words_of("organisation") or word in words_of("addressed") or word in words_of("title")


def _is_other_party(words: list[str], start: int, k: int, *, definite: bool, personal: bool) -> bool:
    """Whether such a noun inside the phrase is somebody else: اتهمت النقابة الشركة."""
    word, of_body = words[k], words[k] in words_of("organisation")
    if personal and (of_body or word in words_of("addressed")):
        return True
    if not word.startswith("ال"):
        return words[start].startswith("ال") and word in words_of("addressed")
    if definite and (word in words_of("title") or (of_body and not word.endswith("يه"))):
        return True  # لجنة للأمم المتحدة | النظام, أحد قياديي الحزب | الدفاع
    attribute = k > start + 1 and word.endswith("يه") and words[k - 1].startswith("ال")  # باسم الانتخابات البلدية
    return words[start].startswith("ال") and (word in words_of("addressed") or (of_body and not attribute))


@kept
def _is_event(word: str) -> bool:
    return word in words_of("evidence") or word in words_of("event_noun")


def tight_end(stream: Stream, start: int, last: int) -> int:
    """The end of a noun phrase by its grammar: indefinite heads up to the first definite noun, then adjectives."""
    words = stream.words
    k = start + 1
    head = words[start]
    if head in words_of("addressed_as"):
        return k
    definite = head.startswith(("ال", "لل")) or (actor_kind(head) is not None and not is_group_head(head))
    proper = (definite and not head.startswith("ال")) or (is_name_word(head) and not is_group_head(head))
    personal = is_name_word(head) and not is_group_head(head) and actor_kind(head) != "organisation"
    article, several = head.startswith("ال"), head.endswith("ون") and head in words_of("quantifier")
    while k < last and k < start + 12:
        word = words[k]
        if k in stream.opens:
            quote = stream.opens[k]
            if quote.round or quote.close - k > 6 or quote.close >= last or words[k - 1] == "ل":
                break
            k, definite = quote.close + 1, True
            continue
        if word.isdigit() and k == start + 1 and head in words_of("organisation"):
            k += 1
            continue
        if _closes_any(word):
            break
        joins = _joins_or_closes(word)
        if joins and word in _NEAR_WHOM and words[k - 1] in words_of("close_to") and k + 1 < last:
            k, definite = k + 2, definite or words[k + 1].startswith("ال")
            continue
        if several and (word in words_of("organisation") or is_name_word(word)):
            break  # دعا آخرون دولة كذا
        if joins and _of_source(stream, start, k, last):
            k, definite = k + 2, words[k + 1].startswith("ال") or words[k + 1] not in words_of("organisation")
            continue
        if word == "من" and k == start + 1 and head in words_of("quantifier") and k + 1 < last:  # عدد من الوجهاء
            k, definite = k + 2, words[k + 1].startswith("ال")
            continue
        if k == start + 1 and names_outlet(words, start):
            k, definite = k + 1, True
            continue
        if k > start + 1 and takes_complement(stream, k):
            return _complement_end(stream, k, last)
        if joins and (_ends_tightly(stream, k) or is_close_to(words, k, last) or is_pair(stream, k, last)):
            break
        if not article and begins_relative(words, start, k):
            break
        if _is_party(word) and _is_other_party(words, start, k, definite=definite, personal=personal):
            break
        if k > start + 1 and (_is_event(word) or is_adverbial(stream, start, k)):
            break
        if word.startswith("ال"):
            if leaves_body(words, start, k) or _begins_object(words, start, k, personal):
                break
            if disagrees(head, word, k - start):
                break
            definite = True
        elif word.startswith("وال") and len(word) > 5 and definite:
            pass
        elif definite and _goes_on_with(words, start, k, last):
            k += 1
        elif word.startswith("لل") and len(word) > 4 and not proper:
            definite = True
        elif (word.startswith("ل") and not proper and _belongs_with_l(words, start, k, last)) or (
            proper and is_name_word(word)
        ):
            pass
        elif definite or proper:
            break
        elif is_given_name(word) and begins_name(stream, k, last):
            return name_end(stream, k, last)  # عائلة فلان الفلاني
        elif word in name_words() or is_given_name(word) or actor_kind(word) or word in words_of("feminine_head"):
            definite = True
        elif not (
            word.endswith(("ي", "ه", "ون", "ين"))
            or word in words_of("adjective")
            or words[k - 1] in words_of("quantifier")
            or (
                k > start + 1 and words[k - 2] in words_of("quantifier") and words[k - 1].endswith("ي")
            )  # أحد قياديي الحزب
            or (head.endswith("ا") and word.endswith("ا") and head in words_of("anonymous"))
            or words[k - 1] in words_of("organisation")
            or (words[k - 1] in words_of("place_head") and head in words_of("organisation"))
            or is_title(words[k - 1])
        ):
            break
        k += 1
    return k


def _complement_end(stream: Stream, k: int, last: int) -> int:
    """Where the complement that begins at token `k` ends, with the place that stands behind it."""
    first = k if len(stream.words[k]) > 3 and stream.words[k] not in words_of("preposition") else k + 1
    if first >= last:
        return k
    if stream.words[first].startswith(("لل", "بال")):
        end = first + 1
        while end < last and stream.words[end].startswith("ال") and not is_group_head(stream.words[end]):
            end += 1
    else:
        end = tight_end(stream, first, last)
    if end + 2 < last and stream.words[end] == "في" and stream.words[end + 1] in words_of("place_head"):
        return end + 3
    return end


def _goes_on_with(words: list[str], start: int, k: int, last: int) -> bool:
    """الهيئة العامة للأرصاد وحماية البيئة: one more field of work joined to the first, itself in a construct."""
    if words[start] not in words_of("organisation") or k + 1 >= last or k < start + 2:
        return False
    if words[k] in words_of("organisation"):
        return False  # نقابة العمال | وزارة النقل
    field = words[k][1:]
    if words[k][0] != "و" or len(field) < 4:
        return False
    construct = words[k - 1].startswith(("ال", "لل")) and words[k + 1].startswith("ال")
    return construct and field[0] not in "بل" and (looks_like_masdar(field) or field.endswith("ه"))


def _belongs_with_l(words: list[str], start: int, k: int, last: int) -> bool:
    """المرصد السوري لحقوق الإنسان, but دعا البرلمان | لرفع الحصانة."""
    if k + 1 >= last or not words[k + 1].startswith("ال") or words[k] in words_of("organisation"):
        return False
    return k > start + 1 or not words[start].startswith("ال") or words[start] not in words_of("organisation")


def _of_source(stream: Stream, start: int, k: int, last: int) -> bool:
    """مصدر في الشرطة، المتحدث باسم النقابة: a preposition that belongs to who is not named, or to a title."""
    words = stream.words
    if words[k] in words_of("on_behalf") and is_title(words[k - 1]) and k + 1 < last:
        return True
    if words[start].startswith("ال") or k > start + 2 or k + 1 >= last:
        return False
    if not (words[start] in words_of("anonymous") or is_title(words[start]) or is_two_of_them(words[start])):
        return False
    following = words[k + 1]
    if words[k] not in words_of("of_noun") or following in words_of("occasion"):
        return False
    return following in words_of("organisation") or actor_kind(following) is not None


def _begins_object(words: list[str], start: int, k: int, personal: bool) -> bool:
    """Whether a definite word inside a noun phrase is no attribute of it but the next noun."""
    word, before = words[k], words[k - 1]
    attribute = word.endswith(("ي", "يه", "يين", "يون"))
    if personal:
        return not (attribute or is_name_word(word))
    if before.startswith("ال") and word.endswith("ات") and not words[start].endswith("ات"):
        return True  # رفضت بلدية السهل الاتهامات
    if words[start] in words_of("feminine_head") and before.startswith("ال") and before.endswith(("ي", "يه")):
        return not attribute  # تنفي إيران الشيعية التدخل
    if k > start + 1 and not before.startswith("ال") and is_name_word(before) and not is_group_head(before):
        return not attribute
    return before.startswith("ال") and before.endswith(("ي", "يه")) and word.endswith("ات")
