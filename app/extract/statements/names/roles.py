"""Roles: how far a title runs before its bearer's name, the function behind a name, and what both say of gender."""

from app.arabic.names import given_names, persons_by_first_words
from app.extract.statements.names.attributes import takes_complement
from app.extract.statements.names.before_speaker import SIGNS, leaning_words, leans_on_outlet
from app.extract.statements.names.in_text import begins_name, is_particle_van, listed_person
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.marks import FAMILY
from app.extract.statements.text.nouns import is_group_head, is_title, looks_feminine
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

LONGEST_ROLE = 30
_STOPS = frozenset("،,:;؛")
_POINTING = frozenset(["هذا", "هذه"])


def belongs_to_place(stream: Stream, start: int, name: int) -> bool:
    """Whether what looks like a name is that of a university, a street or a province, and no person's."""
    words = stream.words
    if name == start:
        return False
    if name - 1 in stream.opens and (_is_body_head(words[name - 2]) or words[name - 2] in words_of("preposition")):
        return True  # شرطة «كذا»، عضو في «كذا»
    if words[name - 1] in words_of("place_head") or words[name - 1] in words_of("named_after"):
        return True
    if names_body(words, name):
        return True
    return name > start + 1 and is_title(words[name - 1]) and is_named_after(words[name - 2])


def is_named_after(word: str) -> bool:
    """مدرسة, مستشفى, مطار: a place that may be called by a person's name and title."""
    return word in words_of("named_after") or word in words_of("place_head")


def names_body(words: list[str], name: int) -> bool:
    """مصدر في حركة كذا، المتحدث باسم حزب كذا: whether the word behind a body's noun is the body's own name."""
    before = words[name - 1]
    return before in words_of("organisation") and not before.startswith("ال") and words[name - 2] in words_of("of_noun")


def _is_body_head(word: str) -> bool:
    return word in words_of("organisation") or word in words_of("named_by_marks")


def role_before(stream: Stream, start: int, name: int) -> tuple[int, int] | None:
    """The words before a name, without «تدعى» and «اسمه»."""
    end = name
    while end > start and (
        stream.words[end - 1] in words_of("called") or stream.words[end - 1] == "/" or end - 1 in stream.opens
    ):
        end -= 1
    return (start, end) if end > start else None


def role_limit(stream: Stream, start: int, last: int) -> int:
    """How far a title may run before its name: over في/باسم/لـ, but not into an insertion."""
    words = stream.words
    stop = min(last, start + LONGEST_ROLE)
    past = start  # what stands before it has been passed over
    for k in stream.places(_MAY_END_ROLE, start, stop):
        word = words[k]
        if k < past:
            continue
        if word in _STOPS:
            return k
        listed = listed_person(stream, k, last) if k > start else 0
        if listed:
            past = k + listed
            continue
        if word == "فان" and k > start and is_particle_van(stream, k):
            continue
        if word in words_of("relative") or word in words_of("complementizer"):
            return k
        if word == "ل" and takes_complement(stream, k):
            continue  # التابع لـ«الفيلق»
        if k in stream.opens:
            quote = stream.opens[k]
            outlet = k > start + 1 and words[k - 1] == "ل" and not takes_complement(stream, k - 1)
            if quote.close - k > 6 or outlet or quote.close >= stop:
                return k
            past = quote.close + 1
            continue
        if word == "/" and k > start and "ال" + words[k - 1].removeprefix("ال") in words_of("honorific"):
            continue
        if word in ("فيه", "فيها", "بها") and k + 1 < stop and is_title(words[k + 1]):
            k += 1  # ورئيس اللجنة فيها المهندس فلان
            continue
        if word in SIGNS or (k > start and leans_on_outlet(stream, k)):
            return k
        if word in words_of("preposition") and k > start and not begins_name(stream, k, last, titled=True):
            following = words[k + 1] if k + 1 < last else ""
            if following in _POINTING and word in words_of("role_preposition") and _is_his_case(stream, k + 2, stop):
                past = k + 3  # المتهم في هذه القضية فلان
                continue
            if word not in words_of("role_preposition") or following in words_of("occasion"):
                return k
    return stop


def _ends_of_roles() -> frozenset[str]:
    """Words that need a closer look: most words of a title go by without one."""
    groups = words_of("preposition") | words_of("relative") | words_of("complementizer")
    return SIGNS | FAMILY.keys() | persons_by_first_words().keys() | groups | leaning_words()


_MAY_END_ROLE = Watched(_ends_of_roles)


def _is_his_case(stream: Stream, i: int, stop: int) -> bool:
    """Whether a word behind هذا is what somebody has his title in, and no occasion on which he spoke."""
    return i + 1 < stop and stream.words[i].startswith("ال") and stream.words[i] not in words_of("occasion")


def apposition(stream: Stream, end: int, last: int) -> tuple[int, int] | None:
    """A role after the name: "…, the director of …,"."""
    words = stream.words
    i = end
    if i < last and words[i] in "،,(":
        i += 1
    if i >= last or words[i] not in words_of("title") or words[i] in words_of("preposition"):
        return None  # أمام الصحافيين
    k = i + 1
    while (
        k < last
        and words[k] not in SIGNS
        and not (words[k] in words_of("complementizer") or words[k] in words_of("relative"))
        and not _is_told_to(stream, i, k)
    ):
        if words[k] in words_of("preposition") and (k + 1 >= last or words[k + 1] in words_of("occasion")):
            break
        if k > i + 1 and words[k - 1].startswith("ال") and (begins_name(stream, k, last) or _leaves_role(words[k])):
            break  # somebody else, or what he says
        k += 1
    return i, k


def _is_told_to(stream: Stream, first: int, k: int) -> bool:
    """محافظ المدينة لـ«الصحيفة», لصحيفة كذا: an outlet behind a title that is whole; not الأمين العام لـ«الحزب»."""
    word = stream.words[k]
    if k > first + 1 and word[0] == "ل" and (word[1:] in words_of("channel") or word.startswith("للصح")):
        return True
    if stream.words[k] != "ل" or k + 1 not in stream.opens:
        return False
    before = stream.words[k - 1]
    attribute = before in words_of("of_office") or (before.startswith("ال") and before.endswith(("ي", "يه")))
    return k - first > (3 if attribute else 1)


def _leaves_role(word: str) -> bool:
    """Whether a word behind a definite one cannot belong to a role: نائب الرئيس الأميركي دعم …"""
    joined = word.startswith(("ال", "لل", "وال", "ب", "ل")) or word in words_of("preposition") or word[0] == "و"
    return word.isalpha() and not (joined or is_group_head(word) or word in words_of("of_office"))


def person_gender(stream: Stream, name: int, role: tuple[int, int] | None) -> str | None:
    if role is not None:
        head = stream.words[role[0]]
        if head in words_of("title") and role[0] not in stream.short_titles:
            return "f" if looks_feminine(head) or head == "ربه" else "m"
    return gender_of_name(stream.words[name])


def gender_of_name(first: str) -> str | None:
    """ "m" or "f" by the first word of a name, folded: a given name, أبو or أم; None where it may be either."""
    if first in ("ابو", "ابي", "ابا", "ام"):
        return "f" if first == "ام" else "m"
    known = given_names().get(first)
    return known if known in ("m", "f") else None
