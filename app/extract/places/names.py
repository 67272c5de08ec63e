"""The names of places as they are looked for: folded words, what each name may be, and what stands before it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from app.arabic.lists import entries
from app.arabic.names import actors
from app.arabic.places import Place, lineage, places
from app.arabic.words import forms

_DATA = Path(__file__).parent / "data"
Words = tuple[str, ...]
# How a name may stand: alone; after a preposition at least; so and only in an article about its governorate; only after
# a word such as "town".
Standing = Literal["alone", "preposition", "region", "cue"]
Cue = Literal["town", "village", "subdistrict", "district", "governorate", "country", "before", "person", "street"]
ARABIC_LETTERS = ("\u0621", "\u064a")
_CENTRE = "مركز"  # OCHA names a district by "centre of" its town


class Telling(NamedTuple):
    """What a word tells of the name after it, and whether of `several` names in a list."""

    cue: Cue
    several: bool


class Name(NamedTuple):
    """A name, and all places that bear it."""

    words: Words
    standing: Standing
    places: tuple[Place, ...]


@cache
def names() -> Mapping[str, Sequence[Name]]:
    """All names by their first folded word, the longest first."""
    known = _standings()
    bearers: dict[Words, dict[str, Place]] = {}
    for place in places().values():
        for words in _written(place):
            bearers.setdefault(words, {})[place.pcode] = place
    found: dict[str, list[Name]] = {}
    for words, among in bearers.items():
        if words not in elsewhere():
            found.setdefault(words[0], []).append(
                Name(words, known.get(words, _standing(words)), tuple(among.values()))
            )
    return {first: sorted(same, key=lambda name: -len(name.words)) for first, same in found.items()}


def _written(place: Place) -> Iterator[Words]:
    """The Arabic names of a place, folded; a district's without "centre of"."""
    for name in place.names:
        words = tuple(forms(name, "folded"))
        if words[:1] == (_CENTRE,):
            words = words[1:]
        if words and ARABIC_LETTERS[0] <= words[0][0] <= ARABIC_LETTERS[1]:
            yield words


def _standing(words: Words) -> Standing:
    return "region" if len(words) > 1 and words[0] in _village_words() else "cue"


@cache
def _standings() -> Mapping[Words, Standing]:
    rows = (line.split("\t") for line in entries(_DATA / "known.tsv"))
    return {tuple(forms(name, "folded")): _one_of(Standing, standing) for name, standing in rows}


def _one_of(words: Any, word: str) -> Any:
    """A word of a vocabulary, as a list has it."""
    if word not in get_args(words):
        raise ValueError(f"{word!r} is none of {get_args(words)}")
    return word


@cache
def _village_words() -> frozenset[str]:
    return frozenset(word for line in entries(_DATA / "villages.txt") for word in forms(line, "folded"))


@cache
def elsewhere() -> frozenset[Words]:
    """Names that in the news are places in other countries."""
    return frozenset(tuple(forms(line, "folded")) for line in entries(_DATA / "elsewhere.txt"))


@cache
def cues() -> Mapping[str, Telling]:
    """Folded words before a name, and what they tell of it."""
    rows = (line.split("\t") for line in entries(_DATA / "words.tsv"))
    return {"".join(forms(word, "folded")): Telling(_one_of(Cue, cue), bool(several)) for word, cue, *several in rows}


@cache
def actor_names() -> Mapping[str, Sequence[Words]]:
    """Names of actors in several words, by the first: a place inside one is a part of the name."""
    found: dict[str, list[Words]] = {}
    for name, others in actors().items():
        for words in {tuple(forms(one, "folded")) for one in (name, *others)}:
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
    return found


@cache
def governorate_of(pcode: str) -> str:
    """The P-code of the governorate that a place lies in."""
    return lineage(pcode)[0]
