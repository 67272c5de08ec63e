"""Names in Latin letters, in a spelling that no list has: which listed one a run of words is.

Nobody agrees how to spell an Arabic name (Salqin, Selqin; Kafr Nabl, Kafr Nobol). A run of words is taken for the
listed name with the same consonants in the same order, if most of its letters agree as well: Ahmed is not Hamidiyah.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from app.arabic.romanise import has_arabic, is_latin, is_latin_article, latin_letters, sounds

LONGEST_NAME = 4  # words, articles among them
SHORTEST_NAME = 4  # letters: in a shorter one too little is left to be told by
LEAST_AGREEMENT = 0.8  # share of letters, 0 to 1


class _Heard(NamedTuple):
    """What a word adds to a name: its Latin letters, its sounds, and the letters that it is written in."""

    letters: str
    sounds: str
    latin: bool
    arabic: bool


class LatinNames:
    """Listed names in Latin letters with the key that each stands for; of two that fit alike the first given is it."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_sounds: dict[str, dict[str, str]] = {}  # sounds: letters: key
        for name, key in names:
            # Without blanks: what is written as one word and what as two is the writer's choice.
            alike = self._by_sounds.setdefault(sounds(name).replace(" ", ""), {})
            alike.setdefault(latin_letters(name), key)
        # A page says who said it at each statement, and the next page has the same people.
        self._first = lru_cache(maxsize=20_000)(self._longest)

    def at(self, words: Sequence[str], at: int) -> tuple[int, str] | None:
        """Where the longest name that begins at this word in Latin letters ends (exclusive), and its key."""
        found = self._first(tuple(words[at : at + LONGEST_NAME]))
        return (at + found[0], found[1]) if found else None

    def _longest(self, run: tuple[str, ...]) -> tuple[int, str] | None:
        """How many of these words the longest name has that begins with the first, and its key."""
        heard = [_heard(word) for word in run]
        without = [not article for article in map(is_latin_article, run, run[1:])]
        for size in range(len(run), 0, -1):
            # The last word of a name is no article.
            first = list(compress(heard[: size - 1], without))
            key = self._key([*first, heard[size - 1]])
            if key:
                return size, key
        return None

    def _key(self, name: list[_Heard]) -> str | None:
        # Next to words in Arabic letters only these are heard.
        latin = not any(one.arabic for one in name)
        alike = self._by_sounds.get("".join([one.sounds for one in name if one.latin == latin]))
        letters = "".join([one.letters for one in name]) if alike else ""
        if alike is None or len(letters) < SHORTEST_NAME:
            return None
        listed = letters if letters in alike else _agreeing(letters, tuple(alike))
        return alike[listed] if listed is not None else None


@lru_cache(maxsize=20_000)
def _heard(word: str) -> _Heard:
    return _Heard(latin_letters(word), sounds(word), is_latin(word), has_arabic(word))


@lru_cache(maxsize=20_000)
def _agreeing(letters: str, listed: tuple[str, ...]) -> str | None:
    """The first of these names of which most letters agree, or most of all; None where too few do."""
    # Of names too long or too short no letter needs to be looked at, and such are most.
    own, least = len(letters), LEAST_AGREEMENT
    near = [other for other in listed if 2 * min(own, len(other)) / (own + len(other)) >= least]
    agreements = {other: _agreement(letters, other) for other in near}
    best = max(agreements, key=agreements.__getitem__, default=None)
    return best if best is not None and agreements[best] >= least else None


def _agreement(one: str, other: str) -> float:
    """The share of letters in which two names agree; 0 where too few can, in whichever order they stand."""
    if 2 * _in_common(one, other) / (len(one) + len(other)) < LEAST_AGREEMENT:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_common(one: str, other: str) -> int:
    """How many letters two names share in any order: no more can agree."""
    return sum([min(one.count(letter), other.count(letter)) for letter in set(one)])
