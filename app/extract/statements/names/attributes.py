"""Attributes with a complement: المشرفة على إعادة التأهيل، المدعومة من الدولة belong to their noun."""

from functools import cache

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.extract.statements.text.lexicon import rows, words_of
from app.extract.statements.text.stream import Stream

_ENDINGS = ("", "ه", "ون", "ين", "ات", "ان")


def takes_complement(stream: Stream, k: int) -> bool:
    """Whether token `k` is, or begins with, the preposition that the attribute right before it asks for."""
    if k < 2:
        return False
    asked = _prepositions(stream.words[k - 1])
    if not asked:
        return False
    word = stream.words[k]
    if word in asked:
        return stream.words[k + 1 : k + 2] != [] and stream.words[k + 1] not in words_of("complementizer")
    return word[0] in asked and len(word) > 3


def asks_for_complement(word: str) -> bool:
    """Whether a folded word is such an attribute: المكلف, الحائز."""
    return bool(_prepositions(word))


@kept
def _prepositions(word: str) -> frozenset[str]:
    """The prepositions of a folded attribute, with or without article: مشرفة takes على."""
    return _attributes().get(word.removeprefix("ال"), frozenset())


@cache
def _attributes() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for preposition, attributes in rows("attributes.tsv"):
        for attribute in folded(attributes).split():
            for ending in _ENDINGS:
                table.setdefault(attribute + ending, set()).add(folded(preposition))
    return {word: frozenset(asked) for word, asked in table.items()}
