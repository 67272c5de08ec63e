"""What a search engine is asked and what it answers, whichever engine it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

import msgspec

from app.search.parameters import Facet, Part, Sort
from app.search.query import Query

Entity = Literal["article", "statement"]
Relation = Literal["eq", "gte"]


class Filters(msgspec.Struct, frozen=True):
    """What must hold beside the words: values of one filter are alternatives; an empty tuple asks nothing.

    `speakers` and `parties` are ids, found before; None asks nothing, an empty tuple fits no one. `roles` are the
    stems of a role's words. Of each of `places`, one P-code must be there.
    """

    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    roles: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    polarity: str | None = None
    min_confidence: float | None = None
    duplicates: bool = True
    copies: bool = True
    published_from: datetime | None = None
    published_to: datetime | None = None


class Place(msgspec.Struct, frozen=True):
    """Where the answer before ended: `offset` by relevance, else the date (None: undated) and id of its last hit."""

    offset: int | None = None
    published_at: datetime | None = None
    id: str | None = None


class Question(msgspec.Struct, frozen=True):
    """One question to an engine."""

    entity: Entity
    query: Query
    filters: Filters = Filters()
    parts: tuple[Part, ...] = ("content", "speaker", "role")
    sort: Sort = "relevance"
    facets: tuple[Facet, ...] = ()
    limit: int = 20
    after: Place | None = None


class Hit(NamedTuple):
    """What was found; a score is in 0..1 and compares hits of one answer only."""

    id: str
    score: float


class Hits(msgspec.Struct, frozen=True):
    """An engine's answer. `next` is where to go on, None at the end; facets count values by facet."""

    hits: Sequence[Hit]
    total: int
    relation: Relation
    facets: Mapping[Facet, Mapping[str, int]]
    next: Place | None


class Engine(Protocol):
    """A search engine. `search` raises Unavailable when the engine cannot answer now."""

    @property
    def name(self) -> str: ...

    async def search(self, question: Question) -> Hits: ...
