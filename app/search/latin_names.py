"""Names in Latin letters, in a spelling that no list has: which listed one a run of words is.

Nobody agrees how to spell an Arabic name (Salqin, Selqin; Kafr Nabl, Kafr Nobol). A run of words is taken for the
listed name with the same consonants in the same order, if most of its letters agree as well: Ahmed is not Hamidiyah.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from app.arabic.romanise import is_latin, latin_letters, sounds

LONGEST_NAME = 4  # words, articles among them
SHORTEST_NAME = 4  # letters: in a shorter one too little is left to be told by
LEAST_AGREEMENT = 0.8  # share of letters, 0 to 1


class _Spelling(NamedTuple):
    letters: str
    key: str


class LatinNames:
    """Listed names in Latin letters with the key that each stands for; of two that fit alike the first given is it."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_sounds: dict[str, list[_Spelling]] = {}
        for name, key in names:
            self._by_sounds.setdefault(_sounds(name), []).append(_Spelling(latin_letters(name), key))

    def at(self, words: Sequence[str], at: int) -> tuple[int, str] | None:
        """Where the longest name that begins at this word ends (exclusive), and its key."""
        if not is_latin(words[at]):
            return None
        for end in range(min(at + LONGEST_NAME, len(words)), at, -1):
            key = self._key(" ".join(words[at:end]))
            if key:
                return end, key
        return None

    def _key(self, written: str) -> str | None:
        letters = latin_letters(written)
        if len(letters) < SHORTEST_NAME:
            return None
        agreeing = [(_agreement(letters, one.letters), one.key) for one in self._by_sounds.get(_sounds(written), [])]
        best = max(agreeing, key=lambda one: one[0], default=(0.0, ""))
        return best[1] if best[0] >= LEAST_AGREEMENT else None


def _sounds(name: str) -> str:
    """Without blanks: what is written as one word and what as two is the writer's choice."""
    return sounds(name).replace(" ", "")


def _agreement(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
