"""Statements about statements: one inside another, and a headline or pull quote that says again what the body has."""

import re

import msgspec

from app.arabic.fold import folded
from app.arabic.stem import stem
from app.corpus.fields import Statement

_WORD = re.compile(r"[^\W_]+")
_SHARED = 0.6


def link_nested(statements: list[Statement]) -> list[Statement]:
    """The same list (in the order of the text), with `nested_in` set where one's content holds the other whole."""
    linked: list[Statement] = []
    holders: list[int] = []
    for position, statement in enumerate(statements):
        content = statement.content
        while holders and linked[holders[-1]].content.end <= content.start:
            holders.pop()
        outer = next((h for h in reversed(holders) if _holds(linked[h], statement)), None)
        if outer is not None:
            statement = msgspec.structs.replace(statement, nested_in=outer)
        linked.append(statement)
        holders.append(position)
    return linked


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether one's content holds the other's whole, where an earlier cue may open a later content."""
    return outer.content.start <= inner.content.start and outer.content.end >= inner.content.end


def link_duplicates(statements: list[Statement]) -> list[Statement]:
    """The same list, with `duplicate_of` set on title and pull-quote statements that repeat a body statement.

    Repeating means that most of the shorter one's words (stemmed) stand in the longer one. A headline of the shape
    «تونس: …» that repeats nothing, and before whose colon nobody stands whom the body knows, names its topic and
    reports nothing: it is left out.
    """
    if all(s.zone == "body" for s in statements):
        return statements
    body = [(i, _stems(s.content.text)) for i, s in enumerate(statements) if s.zone == "body"]
    originals = [None if s.zone == "body" else _original(_stems(s.content.text), body) for s in statements]
    kept = [i for i, s in enumerate(statements) if originals[i] is not None or not _names_topic(s)]
    place = {old: new for new, old in enumerate(kept)}
    linked = []
    for old in kept:
        statement, original = statements[old], originals[old]
        if original is not None:
            statement = _as_repetition(statement, statements[original], place[original])
        if statement.nested_in is not None:
            statement = msgspec.structs.replace(statement, nested_in=place.get(statement.nested_in))
        linked.append(statement)
    return linked


def _names_topic(statement: Statement) -> bool:
    """Whether what stands before a headline's colon is nobody known to speak."""
    if statement.zone != "title" or statement.rule != "name_colon":
        return False
    speaker = statement.speaker
    return speaker is None or speaker.kind != "person" or speaker.resolution in ("explicit", "unresolved")


def _as_repetition(statement: Statement, original: Statement, position: int) -> Statement:
    """Who speaks is known from the body where the headline or pull quote does not name them."""
    speaker = statement.speaker
    if speaker is None or speaker.name is None or statement.zone == "pull_quote":
        known = original.speaker
        if known is not None and speaker is not None:
            known = msgspec.structs.replace(
                known, start=speaker.start, end=speaker.end, text=speaker.text, reason="as in the body"
            )
        speaker = known
    return msgspec.structs.replace(statement, duplicate_of=position, speaker=speaker)


def _original(words: set[str], body: list[tuple[int, set[str]]]) -> int | None:
    best, share = None, _SHARED
    for position, other in body:
        smaller = min(len(words), len(other))
        if smaller >= 2:
            overlap = len(words & other) / smaller
            if overlap > share or (overlap == share and best is None):
                best, share = position, overlap
    return best


def _stems(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(folded(text)) if len(word) > 2}
