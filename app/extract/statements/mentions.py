"""Mentions: who is named in a stretch of words, with name and role told apart."""

from dataclasses import dataclass
from typing import Literal

from app.arabic.names import NAME_PARTICLES, actor_kind, given_names, is_name_word, name_words
from app.corpus.fields import SpeakerKind
from app.extract.statements.lexicon import words_of
from app.extract.statements.stream import Stream

Shape = Literal["full", "short", "nominal", "group"]
_PUNCTUATION = frozenset("،,:;؛-–—()[]{}/") | {"..", "..."}
_LONGEST_NAME = 7


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name who speaks; `role` are the tokens of title or function.

    `end` is where reading stopped. `shape` tells a full name from a part of one, a noun that points back
    ("the minister") and a group or organisation.
    """

    first: int
    last: int
    kind: SpeakerKind
    shape: Shape
    gender: str | None
    plural: bool
    end: int
    role: tuple[int, int] | None = None


def read_mention(stream: Stream, first: int, last: int, *, tight: bool = False) -> Mention | None:
    """The speaker named at the beginning of tokens `first` to `last`, insertions skipped; None when there is none.

    `tight`: the words after the speaker may be the content itself, so a noun phrase ends where its grammar does.
    """
    start = skip_insertions(stream, first, last)
    if start >= last or not _may_begin(stream, start):
        return None
    return _person(stream, start, last) or _noun_phrase(stream, start, last, tight)


def skip_insertions(stream: Stream, first: int, last: int) -> int:
    """The first token after adverbs, signs and prepositional phrases that stand before the speaker."""
    i = first
    words = stream.words
    while i < last:
        word = words[i]
        if word in words_of("adverb") or word in _PUNCTUATION or word.isdigit():
            i += 1
        elif word in ("من",) and i + 1 < last and words[i + 1] in words_of("reset"):
            i += 2
        elif word in words_of("preposition") or _leans_on_outlet(stream, i, last):
            i = _after_phrase(stream, i, last)
        else:
            break
    return i


def _leans_on_outlet(stream: Stream, i: int, last: int) -> bool:
    """لـ«…», لصحيفة …, لوكالة …: told to an outlet."""
    word = stream.words[i]
    if word in ("ل", "ب", "لل"):
        return True
    return word.startswith("ل") and (word[1:] in words_of("channel") or word[1:] in ("مراسلنا", "مراسل", "مراسلي", "نا"))


def _after_phrase(stream: Stream, i: int, last: int) -> int:
    """Past a prepositional phrase: to the comma, past a name in marks, or to the next word that can begin a speaker."""
    words = stream.words
    j = i + 1
    while j < last:
        word = words[j]
        if word in "،,":
            return j + 1
        if j in stream.opens:
            return stream.opens[j].close + 1
        if j > i + 1 and (word in words_of("title") and word.startswith("ال") and words[j - 1] not in ("مع",)):
            following = words[j + 1] if j + 1 < last else ""
            if is_name_word(following):
                return j
        j += 1
    return last


def _may_begin(stream: Stream, i: int) -> bool:
    word = stream.words[i]
    return word not in words_of("complementizer") and word not in words_of("relative") and word not in ("ما", "من")


def is_person_start(stream: Stream, i: int, last: int) -> bool:
    """Whether a full personal name begins at token `i`: a given name, and another name word after it."""
    words = stream.words
    word = words[i]
    if word in _NOT_NAMES or i + 1 >= last:
        return False
    following = words[i + 1]
    if not following.isalpha() or following in words_of("preposition") or following in words_of("complementizer"):
        return False
    if word in ("ابو", "ام", "ابا", "ابي", "عبد"):
        return following not in _NOT_NAMES
    if word in given_names():
        return is_name_word(following) or following.startswith("ال") and word not in _WORDS_TOO
    return word in name_words() and (following in name_words() or following in given_names() or following in NAME_PARTICLES)


_NOT_NAMES: frozenset[str] = frozenset()
_WORDS_TOO = frozenset("امين سفير قايد مدير جهاد فتح نصر عادل سعيد شريف هدي امل نور سلام حرب جمال كمال جلال عزيز عماد صلاح حسن حامد شهيد مجد وعد فرح ربيع بدر هلال سلطان امير حسام كريم امجد ناصر".split())


def _person(stream: Stream, start: int, last: int) -> Mention | None:
    """A person: title and function words up to a full name, or a full name, with a role in apposition."""
    limit = _role_limit(stream, start, last)
    words = stream.words
    for k in range(start, limit):
        if words[k] in words_of("title") and k + 1 < limit and not (k == start and words[k] in given_names()):
            continue
        if is_person_start(stream, k, limit) and (k == start or _is_role(stream, start, k)):
            end = _name_end(stream, k, limit)
            role = (start, k) if k > start else _apposition(stream, end, last)
            gender = _person_gender(stream, k, role)
            return Mention(k, end, "person", "full", gender, False, end, role)
    return None


def _is_role(stream: Stream, start: int, name: int) -> bool:
    """Whether the words before a name can be its title: they begin with a title or a definite noun."""
    word = stream.words[start]
    return word in words_of("title") or word in words_of("anonymous") or word.startswith("ال") or name - start <= 3


def _role_limit(stream: Stream, start: int, last: int) -> int:
    """How far a title may run before its name: over في/باسم/لـ, but not into an insertion."""
    words = stream.words
    for k in range(start, min(last, start + 30)):
        word = words[k]
        if word in "،,:;؛" or word in words_of("relative") or word in words_of("complementizer"):
            return k
        if word in ("-", "–", "(") or k in stream.opens:
            if k > start and words[k - 1] in words_of("title"):
                continue
            if k in stream.opens and stream.opens[k].close - k <= 5 and not stream.opens[k].round:
                continue
            return k
        if word in words_of("preposition") and k > start:
            following = words[k + 1] if k + 1 < last else ""
            if word not in words_of("role_preposition") or following in words_of("occasion"):
                return k
    return min(last, start + 30)


def _name_end(stream: Stream, first: int, limit: int) -> int:
    """Where a personal name that begins at `first` ends."""
    words = stream.words
    k = first + 1
    family = False
    while k < limit and k < first + _LONGEST_NAME:
        word, before = words[k], words[k - 1]
        if not word.isalpha() or word in words_of("preposition") or word in words_of("adverb"):
            break
        if word in words_of("title") and not (before in NAME_PARTICLES):
            break
        if before in NAME_PARTICLES or before in ("عبد",):
            family = family or word.startswith("ال") and before not in ("عبد", "ابو", "بن")
        elif word in NAME_PARTICLES:
            pass
        elif family:
            break
        elif word.startswith("ال"):
            family = True
        elif not (word in name_words() or word in given_names()) and k > first + 1:
            break
        k += 1
    while k > first + 1 and words[k - 1] in NAME_PARTICLES and words[k - 1] not in ("عبد",):
        k -= 1
    return k


def _apposition(stream: Stream, end: int, last: int) -> tuple[int, int] | None:
    """A role after the name: "…, the director of …,"."""
    words = stream.words
    i = end
    if i < last and words[i] in "،,":
        i += 1
    if i >= last or words[i] not in words_of("title"):
        return None
    k = i + 1
    while k < last and words[k] not in "،,:" and words[k] not in words_of("complementizer"):
        if words[k] in words_of("preposition") and (k + 1 >= last or words[k + 1] in words_of("occasion")):
            break
        k += 1
    return i, k


def _person_gender(stream: Stream, name: int, role: tuple[int, int] | None) -> str | None:
    if role is not None and role[0] < name:
        head = stream.words[role[0]]
        if head in words_of("title"):
            return "f" if _looks_feminine(head) else "m"
    known = given_names().get(stream.words[name])
    if known in ("m", "f"):
        return known
    return "f" if role is not None and _looks_feminine(stream.words[role[0]]) else None


def _looks_feminine(word: str) -> bool:
    if word in words_of("masculine_ه"):
        return False
    return (word.endswith("ه") and len(word) > 3) or word in words_of("feminine_head") or word.endswith("ات")


def _noun_phrase(stream: Stream, start: int, last: int, tight: bool) -> Mention | None:
    """An organisation, a group, a document, a short name or a noun that points back."""
    words = stream.words
    if start in stream.opens and not stream.opens[start].round:
        quote = stream.opens[start]
        if quote.close - start > 6 or quote.close >= last:
            return None
        return Mention(start + 1, quote.close, "organisation", "group", "f", False, quote.close + 1)
    head = words[start]
    if not head.isalpha() or head in words_of("preposition"):
        return None
    if tight and not _is_speaker_head(head):
        return None
    end = _phrase_end(stream, start, last, tight)
    kind, shape = _classify(stream, start, end)
    plural = head.endswith(("ون", "ين")) and len(head) > 4
    if words_of("anonymous").__contains__(head) and head.endswith(("ون", "وا")):
        plural = True
    gender = "f" if _looks_feminine(head) else "m"
    return Mention(start, end, kind, shape, gender, plural, end)


def _is_speaker_head(word: str) -> bool:
    if word in _MASDARS_WITH_AL:
        return False
    return (
        word in words_of("organisation")
        or word in words_of("anonymous")
        or word in words_of("document")
        or word in words_of("title")
        or actor_kind(word) is not None
        or word in words_of("feminine_head")
        or (word.startswith("ال") and len(word) > 4)
        or word in name_words()
        or word in given_names()
    )


_MASDARS_WITH_AL = frozenset("التزام التزامه التزامها التزامهم الغاء القاء الزام الحاق التحاق التقاء التماس الهام التفاف الغاءه".split())


def _phrase_end(stream: Stream, start: int, last: int, tight: bool) -> int:
    words = stream.words
    k = start + 1
    definite = words[start].startswith("ال") or words[start] not in words_of("indefinite_heads")
    definite = words[start].startswith("ال") or actor_kind(words[start]) is not None
    joined = False
    while k < last and k < start + 14:
        word = words[k]
        if not word.isalpha() and k not in stream.opens:
            break
        if k in stream.opens:
            quote = stream.opens[k]
            if quote.round or quote.close - k > 6 or quote.close >= last:
                break
            k = quote.close + 1
            definite = True
            continue
        if word in words_of("preposition") or word in words_of("adverb") or word in words_of("relative"):
            following = words[k + 1] if k + 1 < last else ""
            if word in ("باسم", "في", "لدي") and not tight and following not in words_of("occasion") and k == start + 1:
                k += 2
                continue
            break
        if tight:
            if word.startswith("ال") and word not in _MASDARS_WITH_AL:
                definite = True
            elif word.startswith("وال") and definite and not joined:
                joined = True
            elif word.startswith("لل") and len(word) > 4:
                definite = True
            elif definite:
                break
            elif word in name_words() or word in given_names() or actor_kind(word) or word in words_of("feminine_head"):
                definite = True
            elif word.endswith(("ي", "يه", "ون", "ين")) or words[k - 1] in words_of("organisation"):
                pass
            else:
                break
        k += 1
    return k


def _classify(stream: Stream, start: int, end: int) -> tuple[SpeakerKind, Shape]:
    words = stream.words
    head = words[start]
    phrase = stream.joined(start, end)
    actor = actor_kind(phrase) or actor_kind(head)
    if actor == "person":
        return "person", "short"
    if actor is not None:
        return "organisation", "group"
    if head in words_of("document"):
        return "document", "nominal"
    if head in words_of("anonymous"):
        return "anonymous", "nominal" if head.startswith("ال") and end - start <= 2 else "group"
    if head in words_of("organisation") or head in words_of("feminine_head"):
        return "organisation", "nominal" if end - start == 1 and head.startswith("ال") else "group"
    if head in words_of("title"):
        if head.startswith("ال") and end - start <= 2:
            return "person", "nominal"
        return ("person" if end - start > 1 else "anonymous"), "nominal"
    if head in words_of("latter"):
        return "person", "nominal"
    if end - start == 1 and (is_name_word(head) or head.startswith("ال")):
        return "person", "short"
    if is_name_word(head) and end - start <= 3:
        return "person", "short"
    return "organisation", "group"
