"""What can be asked of the corpus: the filters of each list, as typed parameters with limits and examples."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from typing_extensions import TypeAliasType

from app.arabic.fold import INVISIBLE, folded
from app.arabic.names import canonical_name, name_key
from app.arabic.places import PlaceKind
from app.corpus.fields import Polarity, SpeakerKind, StatementKind, StatementZone

# Values of one filter at most, and code points of one value.
MANY = 50
LONGEST_VALUE = 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STRAY = re.compile(f"[{INVISIBLE}]")

# Named, so that the API's document names them too.
StatementKindName = TypeAliasType("StatementKindName", StatementKind)
StatementZoneName = TypeAliasType("StatementZoneName", StatementZone)
SpeakerKindName = TypeAliasType("SpeakerKindName", SpeakerKind)
PlaceKindName = TypeAliasType("PlaceKindName", PlaceKind)
PolarityName = TypeAliasType("PolarityName", Polarity)
SpeakerOrder = TypeAliasType("SpeakerOrder", Literal["name", "-statement_count"])


def _day(value: Any) -> Any:
    """Only `YYYY-MM-DD`, in any digits: pydantic alone would take 0 for the first of January 1970."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(folded(value)):
        raise ValueError("a day is written YYYY-MM-DD")
    return folded(value)


def _readable(value: str) -> str:
    """Without the invisible characters that come along when a name is copied."""
    if not (bare := _STRAY.sub("", value).strip()):
        raise ValueError("nothing that can be read remains of this value")
    return bare


Word = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE), AfterValidator(_readable)]
Day = Annotated[date, BeforeValidator(_day)]

_PARTY = "what the speaker belongs to, or the speaker itself where others belong to it: id or name"
_PLACE = "a place, with all that lies in it: a P-code (`SY02`, `C1007`), or a name in any spelling, Arabic or English"
_GOVERNORATE = "a governorate: P-code or name"
_SPEAKER = "speaker: an id, or a name or alias in any spelling (folded: hamza, tashkeel, ة/ه, ى/ي do not matter)"


class Filter(BaseModel):
    """Named parameters: values of one parameter are alternatives, different parameters all have to hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Published(Filter):
    """From whom and when: a half-open range of days, UTC. Articles without a known date are in no range."""

    source: list[Word] = Field([], max_length=MANY, description="source: its id", examples=[["anapress.net"]])
    published_from: Day | None = Field(
        None, description="published on this day (UTC) or later", examples=["2018-10-01"]
    )
    published_to: Day | None = Field(None, description="published before this day (UTC)", examples=["2018-12-01"])


class ArticleFilter(Published):
    """Which articles."""

    speaker: list[Word] = Field(
        [],
        max_length=MANY,
        description=f"articles with a statement of this {_SPEAKER}",
        examples=[["قوات سوريا الديمقراطية"]],
    )
    party: list[Word] = Field(
        [], max_length=MANY, description=f"articles with a statement of {_PARTY}", examples=[["الحكومة السورية"]]
    )
    place: list[Word] = Field(
        [], max_length=MANY, description=f"articles whose paragraphs name {_PLACE}", examples=[["منبج"]]
    )
    governorate: list[Word] = Field(
        [], max_length=MANY, description=f"articles that name a place in {_GOVERNORATE}", examples=[["SY02"]]
    )


class StatementFilter(Published):
    """Which statements."""

    speaker: list[Word] = Field([], max_length=MANY, description=_SPEAKER, examples=[["قوات سوريا الديمقراطية"]])
    party: list[Word] = Field([], max_length=MANY, description=_PARTY, examples=[["الحكومة السورية"]])
    role: list[Word] = Field(
        [],
        max_length=MANY,
        description="words of the role or affiliation as printed; all words of one value, in any form of the word",
        examples=[["الناطق"]],
    )
    place: list[Word] = Field(
        [],
        max_length=MANY,
        description=f"statements in whose words (`content`) there is {_PLACE}. Places elsewhere in the article do not "
        "count: for these, filter articles",
        examples=[["منبج"]],
    )
    governorate: list[Word] = Field(
        [], max_length=MANY, description=f"statements that name a place in {_GOVERNORATE}", examples=[["SY02"]]
    )
    kind: list[StatementKindName] = Field([], max_length=MANY, description="quoted, reported or both")
    zone: list[StatementZoneName] = Field([], max_length=MANY, description="where in the article")
    stance: list[Word] = Field([], max_length=MANY, description="stance of the cue", examples=[["accuse"]])
    polarity: PolarityName | None = Field(None, description="affirmed, or denied by the speaker")
    channel: list[Word] = Field([], max_length=MANY, description="kind of channel", examples=[["written_statement"]])
    min_confidence: float | None = Field(None, ge=0, le=1, description="confidence of at least this")
    duplicates: bool = Field(
        False,
        description="true: also the mentions in headlines and pull quotes that repeat a statement of the body "
        "(`duplicate_of`); false: every statement once",
    )
    copies: bool = Field(
        True,
        description="true: every outlet's report of a statement; false: what several articles of nearly the same "
        "words report only once, as in the first of them (`copy_of`)",
    )


class SpeakerNarrowing(Filter):
    """Which speakers."""

    kind: list[SpeakerKindName] = Field([], max_length=MANY, description="person, organisation, document, anonymous")
    party: list[Word] = Field([], max_length=MANY, description=_PARTY, examples=[["الحكومة السورية"]])


class SpeakerFilter(SpeakerNarrowing):
    """Which speakers, and in which order."""

    q: Word | None = Field(
        None, description="part of a name, an alias or a romanised form, in any spelling", examples=["كوباني"]
    )
    sort: SpeakerOrder = Field("-statement_count", description="most statements first, or by folded name")


class PlaceFilter(Filter):
    """Which places."""

    q: Word | None = Field(None, description="part of a name, in any spelling, Arabic or English", examples=["شيخون"])
    kind: list[PlaceKindName] = Field([], max_length=MANY, description="governorate, district, subdistrict, community")
    within: list[Word] = Field([], max_length=MANY, description=f"what lies in {_PLACE}", examples=[["SY07"]])
    mentioned: bool | None = Field(None, description="true: only places that articles name; false: only others")


def speaker_keys(names: Sequence[str]) -> list[str]:
    """The keys to look these names up by: their own, and that of the actor they are another name of."""
    known = (canonical_name(name) for name in names)
    return sorted({name_key(name) for name in [*names, *filter(None, known)]})
