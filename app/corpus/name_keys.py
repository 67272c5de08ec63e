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
    """A beginning, the name it leads to, and how well: the rank of `app.corpus.tables.names.NameKey`."""

    key: str
    name: str
    rank: int


def name_keys(names: Iterable[str]) -> list[NameKey]:
    """The keys of all names of one thing, each once, the best rank of each, sorted."""
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        for key, rank in [*_folded(name), *_by_ear(name)]:
            key = key[:LONGEST_KEY]
            if key not in found or rank < found[key][0]:
                found[key] = rank, name
    return [NameKey(key, name, rank) for key, (rank, name) in sorted(found.items())]


def _folded(name: str) -> Iterable[tuple[str, int]]:
    key = name_key(name)
    rank = FROM_FIRST_WORD
    while key:
        yield key, rank
        word, _, rest = key.partition(" ")
        if len(word) > 4 and word.startswith(("ال", "al-")):
            yield key[2:].removeprefix("-"), rank
        key, rank = rest, FROM_LATER_WORD


def _by_ear(name: str) -> Iterable[tuple[str, int]]:
    heard = ""
    for word in reversed(sounds(name).split()):
        heard = word + heard
        if len(heard) >= SHORTEST_SOUNDS:
            yield BY_EAR + heard, FROM_SOUNDS
