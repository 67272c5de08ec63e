"""Nouns that can speak: titles, groups, documents, what they agree with, and the mention made of them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.names import actor_kind, is_given_name, is_name_word, name_words
from app.corpus.fields import SpeakerKind
from app.extract.statements.text.lexicon import rows, words_of
from app.extract.statements.text.stream import Stream

_GRAMMAR = ("preposition", "adverb", "complementizer", "relative", "clause_start", "negation", "with_ma")
Shape = Literal["full", "short", "nominal", "group"]


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name who speaks; `role` are the tokens of title or function.

    `end` is where reading stopped. `shape` tells a full name from a part of one, a noun that points back
    ("the minister") and a group or organisation. `document` is the noun of what they issued (بيان لوزارة …), `joined`
    are those who speak together (فلان وعلان), `conjunction` that a و, ل or ب is written with the first word.
    """

    first: int
    last: int
    kind: SpeakerKind
    shape: Shape
    gender: str | None
    plural: bool
    end: int
    role: tuple[int, int] | None = None
    document: int | None = None
    joined: "tuple[Mention, ...] | None" = None
    conjunction: bool = False


@kept
def is_title(word: str) -> bool:
    """Whether a folded word is a title or function, with or without article and ل."""
    titles = words_of("title")
    if word.endswith("و") and len(word) > 4:  # ممثلو، مسؤولو
        word = word[:-1]
    if word[:1] in ("و", "ف") and word[1:] in titles:
        return True
    if word.endswith("ه") and word[-2:-1] != "ي" and word[:-1] in titles and word not in words_of("not_her_title"):
        return True  # الرئيسة
    return word in titles or (word.startswith("لل") and ("ال" + word[2:] in titles or word[2:] in titles))


def is_dual_title(word: str) -> bool:
    """الرئيسان، الكاتبان، الناشطتان."""
    if not (word.startswith("ال") and word.endswith("ان") and len(word) > 6):
        return False
    return is_title(word[:-2]) or (word.endswith("تان") and is_title(word[:-3] + "ه"))


@kept
def is_two_of_them(head: str) -> bool:
    """مصدران، شاهدان، نائبتان."""
    one = head[:-3] + "ه" if head.endswith("تان") else head.removesuffix("ان")
    return one != head and not head.startswith("ال") and (one in words_of("anonymous") or one in words_of("title"))


def title_of_each(dual: str) -> str:
    """وزير of الوزيران, كاتبه of الكاتبتان: the folded title of one of the two, without article."""
    return dual[2:-3] + "ه" if dual.endswith("تان") else dual[2:-2]


def looks_feminine(word: str) -> bool:
    """Whether a folded noun takes feminine agreement: ة, sound feminine or broken plural, a country, an acronym."""
    if word in words_of("masculine_ه"):
        return False
    if word.startswith("ال") and word[2:] in words_of("feminine_head"):
        return True
    return (word.endswith("ه") and len(word) > 3) or word in words_of("feminine_head") or word.endswith("ات")


def looks_like_masdar(word: str) -> bool:
    """Whether a folded word has the shape of a verbal noun: توضيح، إطلاق، اعتقال، استقبال، انفجار."""
    return _MASDAR.fullmatch(word) is not None


_MASDAR = re.compile("ت..ي.|ا..ا.|ا.ت.ا.|ان..ا.|است..ا.")


@kept
def are_people_of(word: str) -> bool:
    """Whether a folded word is a sound masculine plural annexed to what follows: سائقو الحافلات، مسؤولو المكافحة."""
    if not word.endswith("و") or len(word) < 5 or word.startswith("ال"):
        return False
    many = word + "ن"
    return word[:-1] in words_of("title") or many in words_of("anonymous") or "ال" + many in words_of("anonymous")


@cache
def _countries() -> frozenset[str]:
    return frozenset(word for _, names in rows("countries.tsv") for word in folded(names).split())


@kept
def is_state(word: str) -> bool:
    """Whether a folded word is a country, or the town that stands for one: باكستان, طهران, أثينا."""
    return word in words_of("feminine_head") or word in words_of("capital") or word in _countries()


@kept
def is_kin_of_somebody(word: str) -> bool:
    """جاره, زميلتها, نظيره: who is told by whose he is."""
    return word in words_of("fellow") or word in words_of("kin_of_speaker")


@kept
def is_speaker_head(word: str) -> bool:
    """Whether a folded word can be the first of a speaker's mention."""
    if word in words_of("masdar_with_al"):
        return False
    if word.startswith("لل") and is_group_head("ال" + word[2:]):
        return True
    return (
        word in words_of("organisation")
        or word in words_of("anonymous")
        or word in words_of("document")
        or word in words_of("title")
        or actor_kind(word) is not None
        or is_state(word)
        or (word.startswith("ال") and len(word) > 4)
        or is_people(word)
        or is_annexed_people(word)
        or is_two_of_them(word)
        or word in words_of("chief")
        or is_kin_of_somebody(word)
        or (word.removeprefix("ال") in words_of("information") and word not in words_of("evidence"))
        or (word.endswith("تا") and word[:-2] + "ه" in words_of("organisation"))
        or (word in name_words() and len(word) > 2)
        or is_given_name(word)
    )


@kept
def is_people(word: str) -> bool:
    """Whether a folded word is a sound masculine plural, which only people have: مسعفون, النازحون."""
    if not word.endswith("ون") or len(word) < 6 or word[0] in "يتونف":
        return False
    return word not in words_of("not_people")


def is_annexed_people(word: str) -> bool:
    """مؤيدو الحزب، متابعو القناة: a sound plural that has lost its ن to the noun behind it."""
    return word.endswith("و") and is_people(word + "ن") and not is_name_word(word) and word not in words_of("ends_in_w")


@kept
def is_group_head(word: str) -> bool:
    """Whether a folded word is a noun for a group, a document or somebody with a title."""
    return (
        word in words_of("organisation")
        or word in words_of("anonymous")
        or word in words_of("document")
        or word in words_of("title")
    )


def is_grammar(word: str) -> bool:
    """Whether a folded word only joins others (a preposition, an adverb, أن, الذي …) and names nothing."""
    return word in _grammar()


@cache
def _grammar() -> frozenset[str]:
    return frozenset().union(*map(words_of, _GRAMMAR))


def _names_actor(stream: Stream, first: int, last: int) -> bool:
    """Whether the first one to four words are a listed actor."""
    return any(actor_kind(stream.joined(first, k)) is not None for k in range(first + 1, min(last, first + 4) + 1))


def is_plausible(stream: Stream, mention: Mention) -> bool:
    """Whether a mention is surely of someone who can speak, and no thing: for places where things stand as often."""
    head = stream.words[mention.first][mention.conjunction :]
    if mention.shape == "full" or is_state(head) or is_group_head(head) or is_title(head):
        return True
    if (mention.kind == "anonymous" and mention.plural) or is_dual_title(head) or is_annexed_people(head):
        return True
    if mention.first > 0 and mention.first - 1 in stream.opens:
        return True
    if head.startswith("لل") and "ال" + head[2:] in words_of("organisation"):
        return True
    if mention.shape == "short":
        plain = head[2:] if head.startswith("ال") else head
        return is_name_word(head) or head in stream.names or plain in stream.names or not head.endswith("ه")
    return _names_actor(stream, mention.first, mention.last) or head.endswith(("ون", "يون"))
