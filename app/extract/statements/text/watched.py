"""Watched words: what rules look for in a text, in one table, so that each word of a text is looked up only once."""

from collections.abc import Callable, Iterable
from functools import cache

from app.extract.statements.text.lexicon import Surface, readings, words_of

Reading = tuple[Surface, bool]
Known = tuple[Reading | None, tuple[int, ...]]  # what the lexicon says of a word, and the numbers of who watches for it


class Watched:
    """Words at which a rule begins: `Stream.places` tells where they stand. `number` is their place among all.

    `words` is asked for once, with the first text.
    """

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self.words = words
        self.number = len(_ALL)
        _ALL.append(self)
        known.cache_clear()


def watched_group(*groups: str) -> Watched:
    """Watches the words of groups in `data/words.tsv`."""
    return Watched(lambda: frozenset().union(*map(words_of, groups)))


@cache
def known() -> dict[str, Known]:
    """All folded words of which something is known."""
    numbers: dict[str, tuple[int, ...]] = {}
    for watched in _ALL:
        for word in watched.words():
            numbers[word] = (*numbers.get(word, ()), watched.number)
    alike: dict[Known, Known] = {}  # most words are one of many of which the same is known
    pairs = ((word, (readings().get(word), numbers.get(word, ()))) for word in readings().keys() | numbers.keys())
    return {word: alike.setdefault(known, known) for word, known in pairs}


def how_many() -> int:
    """How many watch."""
    return len(_ALL)


_ALL: list[Watched] = []
COLON, COMMA = Watched(lambda: ":"), Watched(lambda: "،,")
