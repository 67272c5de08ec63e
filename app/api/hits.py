"""The shapes of what a search answers."""

from pydantic import Field

from app.api.schemas import Answer, ArticleRow, Page, Statement


class Highlight(Answer):
    """Where a word was found: Unicode code points into the field named, end exclusive."""

    field: str = Field(description="which text the offsets point into; see the operation", examples=["content"])
    start: int = Field(examples=[0], ge=0)
    end: int = Field(examples=[4], ge=0)


class Offsets(Answer):
    """A stretch of the snippet's own text, in Unicode code points, end exclusive."""

    start: int = Field(examples=[0], ge=0)
    end: int = Field(examples=[4], ge=0)


class Snippet(Answer):
    """A stretch of a field with what was found in it. `start` and `end` point into the field, `highlights` into
    `text` of the snippet.
    """

    field: str = Field(description="which text `start` and `end` point into; see the operation", examples=["content"])
    text: str = Field(examples=["قسد تتهم تركيا"])
    start: int = Field(examples=[0], ge=0)
    end: int = Field(examples=[14], ge=0)
    highlights: list[Offsets]


class FacetValue(Answer):
    """How many hits have a value."""

    value: str = Field(description="what to filter by", examples=["anapress.net"])
    label: str | None = Field(description="a name for people, where the value has one", examples=["أنا برس"])
    count: int = Field(examples=[12], ge=0)


class Facets(Answer):
    """Counts of the values among all hits; null for what was not asked for."""

    source: list[FacetValue] | None
    speaker: list[FacetValue] | None
    party: list[FacetValue] | None
    kind: list[FacetValue] | None
    stance: list[FacetValue] | None
    year: list[FacetValue] | None
    month: list[FacetValue] | None
    governorate: list[FacetValue] | None


class Correction(Answer):
    """A word that nothing was found for, and what it may have meant: that was searched too."""

    word: str = Field(description="folded", examples=["منبح"])
    meant: list[str] = Field(examples=[["منبج"]])


class Hits(Page):
    """What a search found; its `items` stand in the class that inherits."""

    facets: Facets
    query_used: str = Field(description="the words as they were searched", examples=["قوات سوريا الديمقراطية"])
    corrections: list[Correction]
    match: str = Field(examples=["stem"])
    engine: str = Field(description="who answered", examples=["meilisearch"])
    degraded: bool = Field(description="true: the engine of choice is away and another one answered")
    took_ms: float = Field(description="milliseconds in the server", examples=[7.4], ge=0)


class Hit(Answer):
    """What all hits have."""

    score: float = Field(description="compares hits of one answer only", examples=[0.98], ge=0, le=1)
    highlights: list[Highlight]
    snippets: list[Snippet]


class ArticleHit(Hit):
    """An article that was found."""

    article: ArticleRow


class StatementHit(Hit):
    """A statement that was found."""

    statement: Statement


class ArticleHits(Hits):
    """Articles that were found, best first or by date."""

    items: list[ArticleHit]


class StatementHits(Hits):
    """Statements that were found, best first or by date."""

    items: list[StatementHit]
