"""Words as the engines keep and compare them, for texts and for queries alike.

A text has one word at each place; in stem form the last word of a name has the name's key beside it.
A query is a list of clauses that must all hold; a clause is a list of alternatives; an alternative is one word or
the words of a phrase.
"""

from typing import NamedTuple

from app.arabic.stem import stem
from app.arabic.words import Form, forms
from app.search.entities import Entity, entities
from app.search.query import Match, Phrase, Query, Term

Alternative = tuple[str, ...]
Clause = tuple[Alternative, ...]

FORM_OF: dict[Match, Form] = {"exact": "plain", "normal": "folded", "stem": "stem"}


class Lexemes(NamedTuple):
    """The words of a text in order, and by place the keys of the names that end there."""

    words: list[str]
    keys: dict[int, str]

    def in_line(self) -> list[str]:
        """The words, each key after the word where its name ends."""
        words = self.words.copy()
        for at in sorted(self.keys, reverse=True):
            words.insert(at + 1, self.keys[at])
        return words


def lexemes(text: str, form: Form) -> Lexemes:
    """The words of a text as an engine keeps them in one form; only stems have the keys of names beside them."""
    if form != "stem":
        return Lexemes(forms(text, form), {})
    alike = forms(text, "folded")
    stems = [stem(word) for word in alike]
    keys = {one.end - 1: one.key for one in entities(alike)}
    return Lexemes(stems, {at: key for at, key in keys.items() if key != stems[at]})


def clauses(query: Query, form: Form) -> list[Clause]:
    """What must hold: the words, in stem form with names as their keys, then the phrases."""
    keys = query.entities if form == "stem" else []
    named = {at for entity in keys for at in range(entity.start, entity.end)}
    words = [_word(term, form, query) for at, term in enumerate(query.words) if at not in named]
    # The unfinished word stays last, which is where an engine completes it.
    names = [_name(entity, query) for entity in keys]
    return [*names, *((_written(phrase, form),) for phrase in query.phrases), *words]


def excluded(query: Query) -> list[Alternative]:
    """What must not hold, in the kindest form that the query compares by."""
    form = FORM_OF[query.match]
    return [_excluded(phrase, form) for phrase in query.excluded]


def _word(term: Term, form: Form, query: Query) -> Clause:
    meant = query.corrections.get(term.folded, ())
    return tuple(dict.fromkeys((getattr(one, form),) for one in (term, *meant)))


def _name(entity: Entity, query: Query) -> Clause:
    """A name of one word is found by its stem too: what is derived from it (American) has no other names."""
    words = query.words[entity.start : entity.end]
    return tuple(dict.fromkeys(((entity.key,), *((word.stem,) for word in words if len(words) == 1))))


def _written(phrase: Phrase, form: Form) -> Alternative:
    return tuple(getattr(term, form) for term in phrase)


def _excluded(phrase: Phrase, form: Form) -> Alternative:
    if form == "stem":
        found = entities([term.folded for term in phrase])
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(phrase)):
            return (found[0].key,)
    return _written(phrase, form)
