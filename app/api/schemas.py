"""The shapes of answers, as the OpenAPI document promises them; tests hold real answers against them.

Rows are not built through these models: Postgres writes the JSON.
"""

from datetime import date, datetime
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from app.arabic.places import PlaceKind
from app.corpus.fields import (
    DatePrecision,
    Polarity,
    Resolution,
    SpeakerKind,
    StatementKind,
    StatementZone,
    ZoneKind,
)

START = "offset of the first code point in the article's `text`"
END = "offset after the last code point"


def vocabulary(values: Any, description: str, *, nullable: bool = False) -> Any:
    """A word from a list that may grow: a string to clients, so that a new word breaks none of them."""
    words = list(get_args(values))
    return Field(
        description=f"{description}; one of {', '.join(words)}; more may come",
        examples=[words[0], *([None] if nullable else [])],
        json_schema_extra={"x-extensible-enum": words},
    )


class Answer(BaseModel):
    """What is always there is required, so that clients need not ask."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Total(Answer):
    """How many there are in all."""

    value: int = Field(description="the number, or the least it can be", examples=[17], ge=0)
    relation: str = Field(
        description="`eq`: exactly so many; `gte`: at least so many",
        examples=["eq"],
        json_schema_extra={"x-extensible-enum": ["eq", "gte"]},
    )


class Page(Answer):
    """One page of a list; its `items` stand in the class that inherits."""

    next_cursor: str | None = Field(
        description="give it as `cursor`, with the same filters, for the next page; null on the last one"
    )
    total: Total


class TextSpan(Answer):
    """A stretch of the article's `text`, in Unicode code points, with the words that stand there."""

    start: int = Field(description=START, examples=[813], ge=0)
    end: int = Field(description=END, examples=[834], ge=0)
    text: str = Field(description="`text[start:end]`, as written", examples=["قوات سوريا الديمقراطية"])


class Zone(Answer):
    """A stretch of the article's `text` with one purpose. Zones are in order and never overlap."""

    kind: str = vocabulary(ZoneKind, "what the stretch is for")
    start: int = Field(description=START, examples=[808], ge=0)
    end: int = Field(description=END, examples=[979], ge=0)


class SourceBrief(Answer):
    """An outlet, named."""

    id: str = Field(examples=["anapress.net"])
    name: str = Field(examples=["أنا برس"])


class Source(SourceBrief):
    """An outlet: who published."""

    name_ar: str | None = Field(examples=["أنا برس"])
    name_en: str | None = Field(examples=["AnaPress"])
    domain: str | None = Field(examples=["anapress.net"])
    country: str | None = Field(description="ISO 3166-1 alpha-2", examples=["SY"])
    kind: str | None = Field(description="newspaper, agency, broadcaster, site …", examples=["site"])
    article_count: int = Field(examples=[120], ge=0)


class SourcePage(Page):
    """Outlets."""

    items: list[Source]


class ArticleRow(Answer):
    """An article as in lists: without its text."""

    id: str = Field(examples=["a3f1c09be2d47785"])
    source: SourceBrief | None
    url: str | None = Field(description="as printed or given", examples=["http://anapress.net/a/291111897751641"])
    canonical_url: str | None = Field(
        description="the same, made comparable", examples=["https://anapress.net/a/291111897751641"]
    )
    title: str | None = Field(examples=["بعد خسائرها الأخيرة.. قسد تتهم تركيا"])
    author: str | None
    published_at: datetime | None = Field(
        description="UTC; null where the page gives no date: none is ever guessed", examples=["2018-10-30T00:00:00Z"]
    )
    published_precision: str = vocabulary(DatePrecision, "how exactly `published_at` is known")
    time_printed: str | None = Field(description="the time of day as the page prints it", examples=["11:09"])
    views: int | None = Field(description="the view count as the page prints it", examples=[548])
    caption: str | None = Field(description="of the picture", examples=["قسد- أرشيفية"])
    language: str = Field(description="BCP 47", examples=["ar"])
    word_count: int = Field(description="words of the body", examples=[412], ge=0)
    statement_count: int = Field(description="each statement once, repetitions left out", examples=[17], ge=0)
    near_duplicate_group: str = Field(
        description="the same for articles that say nearly the same words: id of the one that came first, its own id "
        "for that one and for an article that has no near duplicates",
        examples=["a3f1c09be2d47785"],
    )
    near_duplicate_count: int = Field(description="the other articles of its `near_duplicate_group`", ge=0)
    created_at: datetime
    updated_at: datetime
    revision: int = Field(description="grows with every change of any article", examples=[42])


class ArticlePage(Page):
    """Articles, without their texts."""

    items: list[ArticleRow]


class ArticleLinks(Answer):
    """Where to go on from an article."""

    self: str = Field(examples=["/v1/articles/a3f1c09be2d47785"])
    statements: str = Field(examples=["/v1/articles/a3f1c09be2d47785/statements"])
    similar: str = Field(examples=["/v1/articles/a3f1c09be2d47785/similar"])


class SimilarArticle(Answer):
    """An article that says nearly the same as the one asked about."""

    containment: float = Field(
        description="the part of the shorter text that stands in the longer one as well, by runs of four words",
        ge=0,
        le=1,
        examples=[0.91],
    )
    article: ArticleRow


class SimilarPage(Page):
    """Articles that say nearly the same."""

    items: list[SimilarArticle]


class Article(ArticleRow):
    """An article, whole. All offsets in it and in its statements count Unicode code points of `text`, end exclusive:
    in Python `text[start:end]`, in JavaScript `Array.from(text).slice(start, end).join("")`.
    """

    published_evidence: list[str] = Field(description="each text that speaks of a date, and the rule that read it")
    text: str | None = Field(
        description="what all offsets point into: the page as it came, never normalised; null where whole texts need "
        "an API key of the scope `read_text` and none was given"
    )
    zones: list[Zone] = Field(description="what each stretch of `text` is for")
    body: str | None = Field(
        description="the paragraphs, joined: for reading, no offset points here; null where `text` is"
    )
    near_duplicates: list[str] = Field(description="ids of the other articles of its `near_duplicate_group`")
    also_at: list[str] = Field(
        description="addresses of pages of exactly the same words that came later and are no articles of their own",
        examples=[["https://naqil.example/2018/10/4711"]],
    )
    reader_version: str
    extractor_version: str
    links: ArticleLinks


class ArticleBrief(Answer):
    """The article that a statement stands in."""

    id: str = Field(examples=["a3f1c09be2d47785"])
    title: str | None = Field(examples=["بعد خسائرها الأخيرة.. قسد تتهم تركيا"])
    url: str | None = Field(examples=["http://anapress.net/a/291111897751641"])
    source: SourceBrief | None
    published_at: datetime | None = Field(description="UTC; null where the page gives no date")
    published_precision: str = vocabulary(DatePrecision, "how exactly `published_at` is known")


class Segment(TextSpan):
    """A part of what was said: quoted or reported. Holds no outer quotation marks."""

    direct: bool = Field(description="true: quoted, false: reported")


class Cue(TextSpan):
    """The verb, participle or phrase that says that something was said."""

    lemma: str = Field(examples=["اتهم"])
    stance: str = Field(description="what the cue does: assert, deny, accuse, demand …", examples=["accuse"])


class SpeakerBrief(Answer):
    """A speaker, named."""

    id: str = Field(examples=["9d2c5f30aa1b6e44"])
    name: str = Field(examples=["قوات سوريا الديمقراطية"])
    kind: str = vocabulary(SpeakerKind, "what the speaker is")


class SpeakerMention(Answer):
    """Who says it here, and how that was found. `id`, `name` and `kind` are null when there is no ground for one."""

    id: str | None = Field(examples=["9d2c5f30aa1b6e44"])
    name: str | None = Field(examples=["قوات سوريا الديمقراطية"])
    kind: str | None = vocabulary(SpeakerKind, "what the speaker is", nullable=True)
    mention: TextSpan | None = Field(description="where the speaker stands; null for a dropped subject")
    resolution: str = vocabulary(Resolution, "how the speaker was found")
    reason: str | None = Field(description="the same, for a person to read")


class Channel(Answer):
    """Through what a statement became known. Offsets are null where it is carried on from before."""

    kind: str = Field(description="agency, broadcaster, written statement, post …", examples=["written_statement"])
    name: str = Field(examples=["بيان"])
    start: int | None = Field(description=START)
    end: int | None = Field(description=END)


class Statement(Answer):
    """Who said what, where. All offsets are Unicode code points into the `text` of the article, end exclusive."""

    id: str = Field(examples=["5b0e7d9914c2fa60"])
    article: ArticleBrief
    ordinal: int = Field(description="place in the article, from 0", examples=[0], ge=0)
    zone: str = vocabulary(StatementZone, "where in the article")
    kind: str = vocabulary(StatementKind, "quoted, reported or both")
    content: TextSpan = Field(description="what was said; a direct quotation without its marks")
    segments: list[Segment]
    cue: Cue | None
    polarity: str = vocabulary(Polarity, "affirmed, or denied by the speaker")
    speaker: SpeakerMention | None
    utterer: SpeakerBrief | None = Field(description="the person who spoke for the speaker")
    role: TextSpan | None = Field(description="the speaker's role as printed")
    affiliation: str | None
    addressee: TextSpan | None
    channel: Channel | None
    said_on: TextSpan | None = Field(description="when it was said, as printed")
    said_on_date: date | None = Field(description="that day, where the article's is known")
    duplicate_of: str | None = Field(description="id of the statement that this headline or pull quote repeats")
    duplicates: list[str] = Field(description="ids of the headlines and pull quotes that repeat this statement")
    copy_of: str | None = Field(
        description="id of the statement that this one repeats: of the same words, in the article of the "
        "`near_duplicate_group` that had it first"
    )
    copies: list[str] = Field(description="ids of the statements of other articles that repeat this one")
    nested_in: str | None = Field(description="id of the statement in whose content this one stands")
    confidence: float = Field(description="0 to 1", ge=0, le=1, examples=[0.93])
    rule: str = Field(description="the pattern that found it")
    reasons: list[str] = Field(description="what speaks for and against it")
    extractor_version: str
    review_state: str = Field(
        description="whether a person has looked at it; so far nobody has", examples=["unreviewed"]
    )


class StatementPage(Page):
    """Statements."""

    items: list[Statement]


class SpeakerLinks(Answer):
    """Where to go on from a speaker."""

    self: str = Field(examples=["/v1/speakers/9d2c5f30aa1b6e44"])
    statements: str = Field(examples=["/v1/speakers/9d2c5f30aa1b6e44/statements"])


class Speaker(SpeakerBrief):
    """Someone who speaks: a person, an organisation, a document, an anonymous source."""

    aliases: list[str] = Field(examples=[["قسد"]])
    romanised: list[str] = Field(
        description="the name in Latin letters, for searching: no spelling is official", examples=[["Haqi Kobani"]]
    )
    party_id: str | None = Field(
        description="id of the organisation that this one belongs to, its own for one that others belong to; null "
        "where the list of actors does not say"
    )
    statement_count: int = Field(description="each statement once, repetitions left out", examples=[6], ge=0)
    article_count: int = Field(examples=[2], ge=0)
    first_said_at: datetime | None = Field(description="publication of the first dated statement, UTC")
    last_said_at: datetime | None = Field(description="publication of the last dated statement, UTC")
    links: SpeakerLinks


class SpeakerPage(Page):
    """Speakers."""

    items: list[Speaker]


class PlaceBrief(Answer):
    """A place, named."""

    pcode: str = Field(description="OCHA P-code", examples=["SY02"])
    kind: str = vocabulary(PlaceKind, "what the place is")
    name_ar: str = Field(examples=["حلب"])
    name_en: str = Field(examples=["Aleppo"])


class PlaceLinks(Answer):
    """Where to go on from a place."""

    self: str = Field(examples=["/v1/places/C1767"])
    articles: str = Field(examples=["/v1/articles?place=C1767"])
    statements: str = Field(examples=["/v1/statements?place=C1767"])


class Place(PlaceBrief):
    """A place in Syria. Coordinates are WGS 84 degrees; areas have none."""

    variants: list[str] = Field(description="other names, in Arabic and in Latin letters", examples=[["Manbij"]])
    within: list[PlaceBrief] = Field(description="what it lies in, the governorate first")
    lon: float | None = Field(examples=[37.95111])
    lat: float | None = Field(examples=[36.52588])
    population: int | None = Field(description="before 2011, of towns; null where it is not known", examples=[99497])
    article_count: int = Field(description="articles that name it, or a place in it", examples=[12], ge=0)
    links: PlaceLinks


class PlacePage(Page):
    """Places."""

    items: list[Place]
