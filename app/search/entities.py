"""Names that are one: an actor or a place under all its names, a compound name written apart or as one word.

A name found in a text gives the text one more word, its key, and a name in a query is asked for by its key: both
engines compare keys as they compare any word. Neither spelling is lost.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from app.arabic.lists import entries
from app.arabic.names import actors
from app.arabic.stem import stem
from app.arabic.words import forms

_DATA = Path(__file__).parent / "data"
AMBIGUOUS = _DATA / "ambiguous.txt"
_PROCLITICS = "وفبلك"
# "عبد الله" and "عبدالله": the servant of, and one of the names that begin with the article.
_SERVANT = "عبد"


class Entity(NamedTuple):
    """A name in a sequence of words: words `start` to `end` (exclusive) have the key `key`."""

    start: int
    end: int
    key: str


class _Names(NamedTuple):
    single: dict[str, str]  # folded word: key
    several: dict[str, list[tuple[tuple[str, ...], str]]]  # stem of the first word: all stems, key; longest first


def entities(words: Sequence[str]) -> list[Entity]:
    """The names in a sequence of folded words, the longest at each place, in order, none overlapping."""
    found, end = [], 0
    for at in [at for at, word in enumerate(words) if _may_begin(word)]:
        entity = _at(words, at) if at >= end else None
        if entity:
            found.append(entity)
            end = entity.end
    return found


@lru_cache(maxsize=200_000)
def _may_begin(word: str) -> bool:
    """Whether any name begins with this word: most words are no name, and this is asked of every word of a text."""
    names = _names()
    return stem(word) in names.several or any(
        bare in names.single or bare.startswith(_SERVANT) for bare in _without_proclitic(word)
    )


def _at(words: Sequence[str], at: int) -> Entity | None:
    names = _names()
    for stems, key in names.several.get(stem(words[at]), ()):
        end = at + len(stems)
        if end <= len(words) and tuple(map(stem, words[at:end])) == stems:
            return Entity(at, end, key)
    word = words[at]
    for bare in _without_proclitic(word):
        if bare in names.single:
            return Entity(at, at + 1, names.single[bare])
        if bare == _SERVANT and at + 1 < len(words) and words[at + 1].startswith("ال") and len(words[at + 1]) > 3:
            return Entity(at, at + 2, bare + words[at + 1])
        if bare.startswith(_SERVANT + "ال") and len(bare) > 6:
            return Entity(at, at + 1, bare)
    return None


def _without_proclitic(word: str) -> Iterator[str]:
    yield word
    if word.startswith("لل"):
        yield "ا" + word[1:]
    elif word[:1] in _PROCLITICS and len(word) > 3:
        yield word[1:]


@cache
def _names() -> _Names:
    ambiguous = {" ".join(forms(line, "folded")) for line in entries(AMBIGUOUS)}
    single: dict[str, str] = {}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group in _groups():
        key = _key(forms(group[0], "folded"))
        for name in group:
            words = forms(name, "folded")
            if " ".join(words) in ambiguous:
                continue
            if len(words) == 1:
                single.setdefault(words[0], key)
            elif words:
                stems = tuple(map(stem, words))
                several.setdefault(stems[0], []).append((stems, key))
    for known in several.values():
        known.sort(key=lambda one: -len(one[0]))
    return _Names(single, several)


def _key(words: Sequence[str]) -> str:
    """A name of one word has its stem for a key, so that its derivations (السوري) meet its other names (Syria)."""
    return stem(words[0]) if len(words) == 1 else "".join(words)


def _groups() -> Iterator[list[str]]:
    """The names of one after the other, the one that gives the key first."""
    for name, aliases in actors().items():
        yield [name, *aliases]
    yield from (line.split("\t") for line in entries(_DATA / "names.tsv"))
