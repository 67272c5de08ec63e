"""Matching names: whether a short name is of a longer one, and a name as it is compared and shown."""

import re
from functools import lru_cache

from app.extract.statements.names.in_text import bare
from app.extract.statements.speakers.speaker import Speaker

_KEPT = 4_096  # names
_KUNYA = re.compile(r"(?<=^[أا])ب[يىا] ")


def nominative(name: str) -> str:
    """أبي فلان، أبا فلان: a kunya is a name in its first case, whatever stands before it."""
    return _KUNYA.sub("بو ", name)


@lru_cache(_KEPT)
def name_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name as they are compared: bare, عبدالغفار as عبد الغفار."""
    apart: list[str] = []
    for word in words:
        apart += ["عبد", bare(word[3:])] if word.startswith("عبدال") else [bare(word)]
    return tuple(apart)


def is_family(word: str, speaker: Speaker) -> bool:
    """Whether a name ends with this word, and it is not his father's (محمد بن فلان)."""
    return bare(speaker.words[-1]) == word and speaker.words[-2:-1] != ("بن",)


def within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the short name stands in the long one, and is not the father's alone (فهد بن ناصر is no ناصر)."""
    if short[0] not in long:
        return False
    alone = len(short) == 1
    places = (i for i in range(len(long) - len(short) + 1) if long[i : i + len(short)] == short)
    return any(not (alone and i and long[i - 1] == "بن") for i in places)
