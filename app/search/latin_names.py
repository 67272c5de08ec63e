"""Names in Latin letters, in a spelling that no list has: which listed one a run of words is.

Nobody agrees how to spell an Arabic name (Salqin, Selqin; Kafr Nabl, Kafr Nobol). A run of words is taken for the
listed name with the same consonants in the same order, if most of its letters agree as well: Ahmed is not Hamidiyah.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from app.arabic.romanise import is_latin, is_latin_article, latin_letters, sounds

LONGEST_NAME = 4  # words, articles among them
SHORTEST_NAME = 4  # letters: in a shorter one too little is left to be told by
LEAST_AGREEMENT = 0.8  # share of letters, 0 to 1


class _Word(NamedTuple):
    letters: str
    sounds: str
    latin: bool


class LatinNames:
    """Listed names in Latin letters with the key that each stands for; of two that fit alike the first given is it."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_sounds: dict[str, dict[str, str]] = {}  # sounds: letters: key
        for name, key in names:
            # Without blanks: what is written as one word and what as two is the writer's choice.
            alike = self._by_sounds.setdefault(sounds(name).replace(" ", ""), {})
            alike.setdefault(latin_letters(name), key)

    def at(self, words: Sequence[str], at: int) -> tuple[int, str] | None:
        """Where the longest name that begins at this word in Latin letters ends (exclusive), and its key."""
        for end in range(min(at + LONGEST_NAME, len(words)), at, -1):
            key = self._key(*_as_one(words[at:end]))
            if key:
                return end, key
        return None

    def _key(self, letters: str, heard: str) -> str | None:
        alike = self._by_sounds.get(heard)
        if alike is None or len(letters) < SHORTEST_NAME:
            return None
        listed = _agreeing(letters, tuple(alike))
        return alike[listed] if listed is not None else None


def _as_one(words: Sequence[str]) -> tuple[str, str]:
    """The letters and the sounds of a run of words, articles left out; next to Arabic letters only these are heard."""
    articles = [*map(is_latin_article, words, words[1:]), False]
    run = [_read(word) for word, article in zip(words, articles, strict=True) if not article]
    latin = is_latin(" ".join(words))
    return "".join([one.letters for one in run]), "".join([one.sounds for one in run if one.latin == latin])


@lru_cache(maxsize=20_000)
def _read(word: str) -> _Word:
    return _Word(latin_letters(word), sounds(word), is_latin(word))


@lru_cache(maxsize=20_000)
def _agreeing(letters: str, listed: tuple[str, ...]) -> str | None:
    """The first of these names of which most letters agree, or most of all; None where too few do."""
    best = max(listed, key=lambda other: _agreement(letters, other))
    return best if _agreement(letters, best) >= LEAST_AGREEMENT else None


def _agreement(one: str, other: str) -> float:
    """The share of letters in which two names agree; 0 where it cannot be enough, by their number or whichever."""
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) / both < LEAST_AGREEMENT or 2 * _in_common(one, other) / both < LEAST_AGREEMENT:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_common(one: str, other: str) -> int:
    """How many letters two names share in any order: no more can agree."""
    return sum([min(one.count(letter), other.count(letter)) for letter in set(one)])
