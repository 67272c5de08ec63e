"""Names of people and of the conflict's actors: which words are names, and which names are one actor.

The lists are data (`app/arabic/data`, sources in its README); every lookup folds first.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.lists import entries

_DATA = Path(__file__).parent / "data"


def _rows(file: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in entries(_DATA / file))


@cache
def given_names() -> dict[str, str]:
    """Given names, folded, with their gender: "m", "f" or "mf"."""
    return {folded(name): gender for name, gender in _rows("given_names.tsv")}


@cache
def name_particles() -> frozenset[str]:
    """Words that stand before a name inside a name (عبد الرحمن، أبو محمد، بن سلمان), folded."""
    return frozenset(folded(word) for word, _ in _rows("name_particles.tsv"))


@cache
def kunya_words() -> frozenset[str]:
    """The name particles that begin a kunya (أبو محمد، أم سمير), folded."""
    return frozenset(folded(word) for word, kind in _rows("name_particles.tsv") if kind == "kunya")


@cache
def name_words() -> frozenset[str]:
    """Words of personal names from all over the world, folded; common Arabic nouns are left out."""
    files = ("name_words.txt", "family_names.txt")
    return frozenset(folded(row[0]) for file in files for row in _rows(file))


@kept
def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name: a listed one, or one made of two (عبدالملك، نورالدين)."""
    return word in given_names() or (len(word) > 6 and (word.startswith("عبدال") or word.endswith("الدين")))


@kept
def is_name_word(word: str) -> bool:
    """Whether a folded word can be a part of a person's name, an article or a nisba before it or not."""
    return (
        is_given_name(word)
        or word in name_words()
        or word in name_particles()
        or (word.startswith("ال") and (word[2:] in name_words() or word[2:] in given_names()))
    )


@cache
def _actors() -> tuple[dict[str, str], dict[str, list[str]]]:
    canonical: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    for name, alias, _kind, _source in _rows("aliases.tsv"):
        for key in (folded(name), folded(alias)):
            canonical.setdefault(key, name)
        known = aliases.setdefault(name, [])
        if alias != name and alias not in known:
            known.append(alias)
    return canonical, aliases


@cache
def _actor_kinds() -> dict[str, str]:
    return {folded(key): kind for name, alias, kind, _source in _rows("aliases.tsv") for key in (name, alias)}


@cache
def first_words_of_actors() -> frozenset[str]:
    """The first words of all the listed actors' names, folded."""
    return frozenset(key.split()[0] for key in _actor_kinds())


@cache
def persons_by_first_words() -> dict[str, dict[str, tuple[int, ...]]]:
    """The first two words of listed persons' names, one under the other, with how many words they have, longest first.

    Names of one word are left out.
    """
    sizes: dict[str, dict[str, set[int]]] = {}
    for key, kind in _actor_kinds().items():
        words = key.split()
        if kind == "person" and len(words) > 1:
            sizes.setdefault(words[0], {}).setdefault(words[1], set()).add(len(words))
    return {
        first: {second: tuple(sorted(known, reverse=True)) for second, known in seconds.items()}
        for first, seconds in sizes.items()
    }


def name_key(name: str) -> str:
    """A name folded, with single spaces: one key for all its spellings."""
    return " ".join(folded(name).split())


def canonical_name(name: str) -> str | None:
    """The one name under which an actor of the conflict is known, or None for a name that is not in the list."""
    return _actors()[0].get(name_key(name))


def aliases_of(name: str) -> list[str]:
    """The other names of an actor, given any of its names; empty for a name that is not in the list."""
    canonical = canonical_name(name)
    if canonical is None:
        return []
    return [other for other in (canonical, *_actors()[1][canonical]) if folded(other) != folded(name)]


def actor_kind(key: str) -> str | None:
    """`person` or `organisation` for a listed actor, given the `name_key` of any of its names."""
    return _actor_kinds().get(key)


def actors() -> dict[str, list[str]]:
    """Every listed actor under its canonical name, with all its other names."""
    return _actors()[1]
