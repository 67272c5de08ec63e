"""The fields of the corpus: what a page, a statement and a speaker are, before and beside any table.

All offsets are Unicode code points into an article's stored, unnormalised `text`, end exclusive:
`text[span.start : span.end] == span.text`, everywhere and always.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

ZoneKind = Literal[
    "nav",  # headlines and menus of the site
    "nav_title",  # the article's own headline, repeated inside the navigation
    "title",
    "author",
    "date",
    "time",
    "url",
    "view_count",
    "caption",
    "ui",  # words of the interface: font size, share, print
    "body",  # one zone a paragraph
    "subheading",
    "pull_quote",  # with its attribution line
    "related",  # "read also" and the links after it
    "comment",
    "other",
]
DatePrecision = Literal["second", "minute", "day", "month", "year", "unknown"]
StatementKind = Literal["direct", "indirect", "mixed"]
StatementZone = Literal["body", "title", "pull_quote"]
SpeakerKind = Literal["person", "organisation", "document", "anonymous"]
Resolution = Literal[
    "explicit",  # the name stands with the cue
    "dropped_subject",  # the verb's subject is carried on from before
    "participle",  # the speaker of the main verb
    "pronoun",
    "short_name",  # a part of a name given in full elsewhere
    "nominal",  # "the minister", "the latter", "the same source"
    "document",  # "the statement said": its author
    "alias",  # another name of the same speaker
    "unresolved",  # there is no ground for a guess
]
Polarity = Literal["affirmed", "denied"]
Verdict = Literal["created", "updated", "unchanged", "duplicate", "near_duplicate", "rejected"]
RejectReason = Literal[
    "empty", "too_large", "undecodable", "not_text", "not_arabic", "boilerplate_only", "no_body", "unreadable"
]


def storable(text: str) -> str:
    """`text` with U+FFFD in place of what Postgres and UTF-8 have no form for: NUL, halves of surrogate pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


class TextSpan(msgspec.Struct, frozen=True):
    """A stretch of an article's text, with the words that stand there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "TextSpan":
        """The stretch `text[start:end]`; ValueError when it is empty or outside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}..{end} is empty or outside a text of {len(text)} code points")
        return cls(start, end, text[start:end])


class Zone(msgspec.Struct, frozen=True):
    """A stretch of a page with one purpose. Zones are in order and never overlap."""

    kind: ZoneKind
    start: int
    end: int


class Decoded(msgspec.Struct, frozen=True):
    """Bytes become text: what was declared, what was found, and what was repaired."""

    text: str
    charset: str
    declared_charset: str | None
    repairs: list[str]


class PublishedAt(msgspec.Struct, frozen=True):
    """When an article was published, as far as the page says so; never guessed.

    `at` is UTC, or None. `evidence` names each text that speaks of a date and the rule that read it, also when
    nothing follows from it.
    """

    at: datetime | None = None
    precision: DatePrecision = "unknown"
    evidence: list[str] = []


class Page(msgspec.Struct, frozen=True):
    """One page, read: its whole text, the zones in it, and the article's fields.

    `text` is what every span of the article points into: the decoded dump as it came, or for HTML the page's
    readable blocks in order. `url` is as printed or given; `site` its host without `www.`.
    """

    text: str
    zones: list[Zone]
    title: str | None
    url: str | None
    site: str | None
    author: str | None
    published: PublishedAt
    time_printed: str | None
    views: int | None
    caption: str | None
    language: str
    charset: str
    declared_charset: str | None
    repairs: list[str]

    @property
    def body(self) -> str:
        """Paragraphs and subheadings, one blank line between two: for reading, not for offsets."""
        return "\n\n".join(self.text[z.start : z.end] for z in self.zones if z.kind in ("body", "subheading"))


class Segment(msgspec.Struct, frozen=True):
    """A part of a statement's content: quoted (`direct`) or reported. Holds no outer quotation marks."""

    start: int
    end: int
    text: str
    direct: bool


class Cue(msgspec.Struct, frozen=True):
    """The reporting verb, participle or phrase as printed, and what the lexicon knows of it."""

    start: int
    end: int
    text: str
    lemma: str
    stance: str


class SpeakerMention(msgspec.Struct, frozen=True):
    """Who speaks. `name` is the resolved, fullest name in the article; None when unresolved.

    `start`, `end`, `text` are where the speaker stands at this place; None when the subject is dropped.
    `reason` says why there is no name, or how it was found, for a person to read.
    """

    name: str | None
    kind: SpeakerKind | None
    resolution: Resolution
    start: int | None = None
    end: int | None = None
    text: str | None = None
    reason: str | None = None


class Channel(msgspec.Struct, frozen=True):
    """Through what a statement became known: an agency, a broadcaster, a written statement, a post.

    `start`, `end` are None where the channel is carried on from an earlier statement.
    """

    kind: str
    name: str
    start: int | None = None
    end: int | None = None


class Statement(msgspec.Struct, frozen=True):
    """Who said what. Statements of one article are in the order of the text; `duplicate_of` and `nested_in` are
    positions in that list. `confidence` is in 0..1; `rule` names the frame that found it. `said_on_date` is the day
    that `said_on` means, known where the article's day is.
    """

    content: TextSpan
    segments: list[Segment]
    kind: StatementKind
    zone: StatementZone
    cue: Cue | None
    speaker: SpeakerMention | None
    confidence: float
    rule: str
    polarity: Polarity = "affirmed"
    role: TextSpan | None = None
    affiliation: str | None = None
    utterer: SpeakerMention | None = None
    addressee: TextSpan | None = None
    channel: Channel | None = None
    said_on: TextSpan | None = None
    said_on_date: date | None = None
    duplicate_of: int | None = None
    nested_in: int | None = None
    reasons: list[str] = []


class PlaceMention(msgspec.Struct, frozen=True):
    """A place named in an article's text: its P-code, and where the name stands without particles before it."""

    start: int
    end: int
    text: str
    place: str


class SpeakerFields(msgspec.Struct, frozen=True):
    """A speaker as the corpus knows it: one record for all spellings of a name."""

    id: str
    name: str
    key: str
    kind: SpeakerKind
    aliases: list[str] = []
    romanised: list[str] = []
    party_id: str | None = None

    @property
    def names(self) -> list[str]:
        """All names, the one it is known by first."""
        return [self.name, *self.aliases, *self.romanised]
