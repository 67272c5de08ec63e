"""What was typed, read: words, phrases and exclusions, each in the three forms of a word."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from app.arabic.words import forms
from app.search.entities import Entity, entities

Match = Literal["exact", "normal", "stem"]


class Term(NamedTuple):
    """One word of a query in its three forms."""

    plain: str
    folded: str
    stem: str


Phrase = tuple[Term, ...]


class Query(msgspec.Struct, frozen=True):
    """What to find: all `words` and all `phrases`, none of what is `excluded`.

    `may_go_on`: the query ends with a word that may be the beginning of a longer one; `unfinished`: it is taken for
    one. `corrections`: what a misspelt word, by its folded form, may have meant.
    """

    match: Match
    words: tuple[Term, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    may_go_on: bool = False
    unfinished: bool = False
    corrections: Mapping[str, tuple[Term, ...]] = {}

    @property
    def empty(self) -> bool:
        """Nothing is asked for, so everything fits (but for what is excluded)."""
        return not self.words and not self.phrases

    @property
    def entities(self) -> list[Entity]:
        """The names among the words that are known under other names too; none but in stem mode."""
        return entities([word.folded for word in self.words]) if self.match == "stem" else []


# A phrase stands in a pair of marks; a mark without its fellow only separates words.
_PART = re.compile(
    r"""(?P<minus>(?<!\S)[-−])?(?:"(?P<a>[^"]*)"|«(?P<b>[^«»]*)»|»(?P<c>[^«»]*)«|[“”„](?P<d>[^“”„]*)[“”]"""
    r"""|''(?P<e>.*?)''|(?P<word>[^\s"«»“”„]+)|(?P<mark>["«»“”„]))""",
    re.DOTALL,
)
# Shorter beginnings fit half the corpus.
SHORTEST_BEGINNING = 3
# So many words are a sentence; where most stand outside of quotation marks, the others are a part of it like any.
SENTENCE_WORDS = 8


@lru_cache(maxsize=1_000)
def parse(q: str, match: Match) -> Query:
    """Read what was typed. Never fails: what is neither word nor phrase is passed over."""
    words: list[Term] = []
    sentence: list[Term] = []
    phrases: list[Phrase] = []
    excluded: list[Phrase] = []
    last: re.Match[str] | None = None
    for part in _PART.finditer(q):
        terms = terms_of(part["word"] or part["a"] or part["b"] or part["c"] or part["d"] or part["e"] or "")
        if not terms:
            continue
        last = part
        if part["minus"]:
            excluded.append(terms)
            continue
        sentence.extend(terms)
        if part["word"]:
            words.extend(terms)
        else:
            phrases.append(terms)
    if match != "exact" and len(sentence) >= SENTENCE_WORDS and len(words) > len(sentence) / 2:
        words, phrases = sentence, []
    typing = last is not None and bool(last["word"]) and not last["minus"]
    return Query(
        match=match,
        words=tuple(words),
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        may_go_on=typing and match != "exact" and len(words[-1].folded) >= SHORTEST_BEGINNING,
    )


def terms_of(text: str) -> Phrase:
    """The words of a text in their three forms."""
    return tuple(map(Term, forms(text, "plain"), forms(text, "folded"), forms(text, "stem")))


def unfinished(query: Query) -> Query:
    """The query with its last word taken for the beginning of a longer one."""
    return msgspec.structs.replace(query, unfinished=True)


def corrected(query: Query, meant: Mapping[str, Sequence[str]]) -> Query:
    """The query, with what its misspelt words (folded) may have meant."""
    corrections = {word: tuple(term for one in words for term in terms_of(one)) for word, words in meant.items()}
    return msgspec.structs.replace(query, corrections=corrections)
