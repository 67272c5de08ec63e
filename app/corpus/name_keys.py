"""Under which beginnings a name is found while it is typed: from any of its words on, in either script, by ear."""

from collections.abc import Iterable
from typing import NamedTuple

from app.arabic.names import name_key
from app.arabic.romanise import sounds

# Marks a key of sounds, which no folded name begins with.
BY_EAR = "~"
FROM_FIRST_WORD, FROM_LATER_WORD, FROM_SOUNDS = 0, 1, 2
SHORTEST_SOUNDS = 2
LONGEST_KEY = 200


class NameKey(NamedTuple):
    """A beginning, the name it leads to, and how well: the rank of `app.corpus.tables.NameKey`."""

    key: str
    name: str
    rank: int


def name_keys(names: Iterable[str]) -> list[NameKey]:
    """The keys of all names of one thing, each once, the best rank of each, sorted."""
    found: dict[str, NameKey] = {}
    for name in names:
        for key, rank in [*_folded(name), *_by_ear(name)]:
            one = NameKey(key[:LONGEST_KEY], name, rank)
            if one.key not in found or rank < found[one.key].rank:
                found[one.key] = one
    return sorted(found.values())


def _folded(name: str) -> Iterable[tuple[str, int]]:
    words = name_key(name).split()
    for at in range(len(words)):
        rank = FROM_FIRST_WORD if at == 0 else FROM_LATER_WORD
        rest = " ".join(words[at:])
        yield rest, rank
        if rest.startswith(("ال", "al-")) and len(words[at]) > 4:
            yield rest[2:].removeprefix("-"), rank


def _by_ear(name: str) -> Iterable[tuple[str, int]]:
    words = sounds(name).split()
    for at in range(len(words)):
        rest = "".join(words[at:])
        if len(rest) >= SHORTEST_SOUNDS:
            yield BY_EAR + rest, FROM_SOUNDS
