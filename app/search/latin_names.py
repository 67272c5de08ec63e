"""Names in Latin letters, in a spelling that no list has: which listed one a run of words is.

Nobody agrees how to spell an Arabic name (Salqin, Selqin; Kafr Nabl, Kafr Nobol). A run of words is taken for the
listed name with the same consonants in the same order, if most of its letters agree as well: Ahmed is not Hamidiyah.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from app.arabic.romanise import (
    has_arabic,
    is_latin,
    is_latin_article,
    is_wholly_arabic,
    latin_letters,
    may_be_latin_article,
    sounds,
)

LONGEST_NAME = 4  # words, articles among them
SHORTEST_NAME = 4  # letters: in a shorter one too little is left to be told by
LEAST_AGREEMENT = 0.8  # share of letters, 0 to 1


class _Heard(NamedTuple):
    """What a word adds to a name: its Latin letters, its sounds, the letters that it is written in; if an article."""

    letters: str
    sounds: str
    latin: bool
    arabic: bool
    article: bool


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
        for size, heard, letters in reversed(list(_names(run))):
            alike = self._by_sounds.get(heard)
            # Most runs of words sound like no name.
            if alike and len(letters) >= SHORTEST_NAME:
                listed = letters if letters in alike else _agreeing(letters, tuple(alike))
                if listed is not None:
                    return size, alike[listed]
        return None


def _names(run: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Each beginning of a run of words taken for a name: how many words, its sounds, its Latin letters."""
    latin = others = letters = ""
    arabic = False
    for at, word in enumerate(run):
        one = _heard(word)
        # Next to words in Arabic letters only these are heard.
        arabic = arabic or one.arabic
        with_it = (latin + one.sounds, others) if one.latin else (latin, others + one.sounds)
        yield at + 1, with_it[arabic], letters + one.letters
        # An article is left out, but the last word of a name is none.
        if not (one.article and at + 1 < len(run) and is_latin_article(word, run[at + 1])):
            (latin, others), letters = with_it, letters + one.letters


@lru_cache(maxsize=20_000)
def _heard(word: str) -> _Heard:
    if is_wholly_arabic(word):
        return _Heard("", sounds(word), latin=False, arabic=True, article=False)
    return _Heard(latin_letters(word), sounds(word), is_latin(word), has_arabic(word), may_be_latin_article(word))


@lru_cache(maxsize=20_000)
def _agreeing(letters: str, listed: tuple[str, ...]) -> str | None:
    """The first of these names of which most letters agree, or most of all; None where too few do."""
    agreements = {other: _agreement(letters, other) for other in _near(letters, listed)}
    best = max(agreements, key=agreements.__getitem__, default=None)
    return best if best is not None and agreements[best] >= LEAST_AGREEMENT else None


def _near(letters: str, listed: Iterable[str]) -> Iterator[str]:
    """The names that share enough letters, in whichever order they stand; most do not, or are too long or too short."""
    own = {letter: letters.count(letter) for letter in letters}
    for other in listed:
        both = len(letters) + len(other)
        if (
            2 * min(len(letters), len(other)) / both >= LEAST_AGREEMENT
            and 2 * sum(map(min, own.values(), map(other.count, own))) / both >= LEAST_AGREEMENT
        ):
            yield other


def _agreement(one: str, other: str) -> float:
    """The share of letters in which two names agree, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
