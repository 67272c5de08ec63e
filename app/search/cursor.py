"""Where a search goes on: a place in its answer, and the engine that gave it."""

from typing import NamedTuple

from app.corpus.cursors import opened, scope_of, sealed
from app.errors import InvalidRequest
from app.search.engine import Place
from app.search.parameters import SearchParameters

# What may change from one answer to the next without losing the place.
_PASSING = {"cursor", "limit", "facets", "snippet_length", "snippet_count"}


class _Held(NamedTuple):
    engine: str
    place: Place


def write_cursor(parameters: SearchParameters, engine: str, place: Place) -> str:
    """The cursor of `place` in the answer of `engine` to this search."""
    return sealed(_Held(engine, place), _scope(parameters))


def read_cursor(parameters: SearchParameters) -> Place | None:
    """The place in the cursor of these parameters, if there is one. Raises InvalidRequest when it does not fit."""
    return opened(parameters.cursor, _scope(parameters), _Held).place if parameters.cursor else None


def check_engine(parameters: SearchParameters, engine: str) -> None:
    """Raise InvalidRequest where another engine answers than gave the cursor: each has its own order of relevance.

    In order of date a place is one and the same to both.
    """
    if parameters.cursor is None or parameters.order != "relevance":
        return
    before = opened(parameters.cursor, _scope(parameters), _Held).engine
    if before != engine:
        raise InvalidRequest(
            f"this list was begun by {before}, and {engine} answers now, in another order: ask for the first page again"
        )


def _scope(parameters: SearchParameters) -> bytes:
    return scope_of(type(parameters).__name__, parameters, _PASSING)
