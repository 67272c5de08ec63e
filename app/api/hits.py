"""The shapes of what a search answers."""

from datetime import date

from pydantic import Field

from app.api.schemas import Answer, ArticleRow, Page, Speaker, Statement


class Highlight(Answer):
    """Where a word was found: Unicode code points into the field named, end exclusive."""

    field: str = Field(description="which text the offsets point into; see the operation", examples=["content"])
    start: int = Field(examples=[0], ge=0)
    end: int = Field(examples=[4], ge=0)


class Offsets(Answer):
    """A stretch of the text beside it, in Unicode code points, end exclusive."""

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


class TimelineCounts(Answer):
    """How many were found, and how many there are."""

    count: int = Field(examples=[12], ge=0)
    total: int = Field(description="of all, whatever they say", examples=[340], ge=0)


class TimelineStep(TimelineCounts):
    """One day, week or month."""

    start: date = Field(description="its first day, UTC", examples=["2018-10-01"])
    end: date = Field(description="the day after its last", examples=["2018-11-01"])
    values: list[FacetValue] | None = Field(description="counts by `split`, highest first; null without one")


class TimelineAnswer(Answer):
    """Counts over time: each step in which there is anything at all, in order."""

    of: str = Field(description="statements or articles", examples=["statements"])
    interval: str = Field(description="day, week or month", examples=["month"])
    split: str | None = Field(examples=["speaker"])
    items: list[TimelineStep]
    undated: TimelineCounts = Field(description="what has no known date")


class SuggestedName(Answer):
    """Something that may be meant by what was typed so far."""

    type: str = Field(
        description="speaker, place, source, word; more may come",
        examples=["speaker"],
        json_schema_extra={"x-extensible-enum": ["speaker", "place", "source", "word"]},
    )
    id: str = Field(
        description="what to filter by: id of the speaker or outlet, P-code of the place; of words, what to search for",
        examples=["9d2c5f30aa1b6e44"],
    )
    text: str = Field(description="the name that begins so", examples=["قسد"])
    label: str = Field(description="the name by which it is known", examples=["قوات سوريا الديمقراطية"])
    count: int | None = Field(
        description="statements of the speaker; articles with the word, counted up to 100; else null", examples=[6]
    )
    highlights: list[Offsets] = Field(description="in `text`: the words that were typed, whole")


class Suggestions(Answer):
    """What may be meant, type after type in the order asked for, the likeliest of each first."""

    items: list[SuggestedName]
    took_ms: float = Field(description="milliseconds in the server", examples=[2.1], ge=0)


class SpeakerHit(Answer):
    """A speaker who was found, and by which name."""

    speaker: Speaker
    matched: str = Field(description="the name, alias or romanised form that was found", examples=["حقي كوباني"])
    highlights: list[Offsets] = Field(description="in `matched`: the words that were typed, whole")


class SpeakerHits(Page):
    """Speakers who were found, best first."""

    items: list[SpeakerHit]


class ArticleHits(Hits):
    """Articles that were found, best first or by date."""

    items: list[ArticleHit]


class StatementHits(Hits):
    """Statements that were found, best first or by date."""

    items: list[StatementHit]
