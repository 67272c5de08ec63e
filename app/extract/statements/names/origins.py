"""Origins: the countries that a title or a body's name speaks of, since nobody is two countries' minister."""

from collections.abc import Iterable
from functools import cache

from app.arabic.fold import folded
from app.extract.statements.names.in_text import bare
from app.extract.statements.text.lexicon import rows


def origins(words: Iterable[str]) -> set[str]:
    """The countries that folded words mean, by adjective or by name, each by the adjective that stands for it."""
    table = _countries()
    return {table[word] for word in map(bare, words) if word in table}


def is_origin(word: str) -> bool:
    """Whether a folded word is a definite adjective of origin: البرتغالي، الألمانية."""
    return word.startswith("ال") and word.endswith(("ي", "يه")) and word[2:] in _countries()


def is_country(word: str) -> bool:
    """Whether a folded word is the name of a country."""
    return bare(word) in _countries() and not word.endswith("ي")


@cache
def _countries() -> dict[str, str]:
    table: dict[str, str] = {}
    for adjectives, names in rows("countries.tsv"):
        first, *others = folded(adjectives).split()
        for adjective in (first, *others):
            table[adjective] = table[adjective + "ه"] = first
        table |= {bare(name): first for name in folded(names).split()}
    return table
