"""Where formulas may begin: their first words, and what has to stand behind the common ones among them."""

from functools import cache
from typing import NamedTuple

from app.arabic.fold import folded
from app.extract.statements.text.lexicon import rows, words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched


class Head(NamedTuple):
    """The formulas of one first word; one of the `seconds` stands behind it, None where any word may."""

    formulas: list[tuple[tuple[str, ...], str]]
    seconds: frozenset[str] | None


@cache
def _heads() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("formulas.tsv"):
        words = tuple(folded(row[0]).split())
        heads.setdefault(words[0], []).append((words, row[0]))
    for known in heads.values():
        known.sort(key=lambda entry: (-len(entry[0]), entry[0][-1] == "ل"))
    return heads


@cache
def formula_heads() -> dict[str, Head]:
    """The first words of formulas, also with a conjunction before them, and what else begins a formula."""
    heads = {word: Head(known, _seconds(word, known)) for word, known in _heads().items()}
    heads |= {word: Head([], None) for word in words_of("source_with_pronoun")}
    return {letter + word: head for word, head in heads.items() for letter in ("و", "ف")} | heads


# What nearly every sentence has (في, من, على) is looked for at the rarer word behind it: في رأي.
_BEGINS = Watched(lambda: (word for word, head in formula_heads().items() if not _is_common(word, head)))
_BEHIND_COMMON = Watched(
    lambda: {word for first, head in formula_heads().items() if _is_common(first, head) for word in head.seconds or ()}
)


def _is_common(word: str, head: Head) -> bool:
    return head.seconds is not None and (word in words_of("preposition") or word[1:] in words_of("preposition"))


def where_formulas_may_begin(stream: Stream, first: int, last: int) -> list[int]:
    """The tokens from `first` to `last` that may be the first of a formula."""
    places = stream.places(_BEGINS, first, last)
    behind = stream.places(_BEHIND_COMMON, first + 1, last)
    if not behind:
        return places
    words = stream.words
    return sorted({*places, *(i - 1 for i in behind if words[i - 1] in formula_heads())})


def _seconds(word: str, known: list[tuple[tuple[str, ...], str]]) -> frozenset[str] | None:
    seconds = {second for phrase, _ in known for second in phrase[1:2] or ("ل",)}
    if "ل" in seconds:  # which may be written together with its noun
        return None
    return frozenset(seconds) | (words_of("view_with_pronoun") if word == "في" else frozenset())


def begins_formula(word: str) -> bool:
    """Whether a folded word, conjunction and all, is the first of a formula: وفق, but not وبحسب."""
    return word in _heads()
