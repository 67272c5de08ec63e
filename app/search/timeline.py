"""Counts over time: how many articles or statements of each day, week or month words and filters let through.

Beside each count stands that of all articles or statements of the time, so that what grows with the corpus alone can
be told from what grows in it. A day is one of UTC; a week begins on Monday.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec
from pydantic import Field
from typing_extensions import TypeAliasType

from app.corpus.filters import ArticleFilter, Published
from app.corpus.questions import Conditions, Connection
from app.errors import InvalidValue
from app.search.documents import GOVERNORATE_CODE
from app.search.parameters import Wording
from app.search.searcher import LABELS
from app.search.selection import ArticleSelection, StatementSelection, selected

Counted = Literal["statements", "articles"]
Interval = Literal["day", "week", "month"]
Split = Literal["source", "speaker", "party", "stance", "governorate"]
CountedName = TypeAliasType("CountedName", Counted)
IntervalName = TypeAliasType("IntervalName", Interval)
SplitName = TypeAliasType("SplitName", Split)


class TimelineQuestion(StatementSelection):
    """What to count, in which steps."""

    of: CountedName = Field("statements", description="what to count")
    interval: IntervalName = Field("month", description="days and weeks are those of UTC; a week begins on Monday")
    split: SplitName | None = Field(None, description="count also by this; an article counts for each value it has")
    split_limit: Annotated[int, Field(ge=1, le=50, description="values with the highest counts, at most")] = 10


class ValueCount(msgspec.Struct, frozen=True):
    """How many have one value."""

    value: str
    label: str | None
    count: int


class Step(msgspec.Struct, frozen=True):
    """One step of time, from `start` until before `end`."""

    start: date
    end: date
    count: int
    total: int
    values: list[ValueCount] | None


class Timeline(msgspec.Struct, frozen=True):
    """The steps in order, each in which there is anything at all; what has no date is counted apart."""

    items: list[Step]
    undated: dict[str, int]


_TABLES: Mapping[Counted, str] = {
    "articles": "article a",
    "statements": "statement s JOIN article a ON a.id = s.article_id",
}
_ALIAS: Mapping[Counted, str] = {"articles": "a", "statements": "s"}
_OF_STATEMENT: Mapping[Split, str] = {
    "speaker": "v.speaker_id",
    "party": "(SELECT p.party_id FROM speaker p WHERE p.id = v.speaker_id)",
    "stance": "v.stance",
}


async def timeline(connection: Connection, wanted: TimelineQuestion) -> Timeline:
    """Count. Raises InvalidValue where articles are to be counted by what only statements have."""
    where = await selected(connection, _selection(wanted))
    counting = where.copy()
    rows = await connection.fetch(_counts(wanted, counting), *counting.values)
    values = await _values(connection, wanted, where) if wanted.split else None
    dated = [row for row in rows if row["start"] is not None]
    steps = [
        Step(row["start"], _end(row["start"], wanted.interval), row["count"], row["total"], _of(values, row["start"]))
        for row in dated
    ]
    undated = next((row for row in rows if row["start"] is None), {"count": 0, "total": 0})
    return Timeline(steps, {"count": undated["count"], "total": undated["total"]})


def _of(values: Mapping[date, list[ValueCount]] | None, start: date) -> list[ValueCount] | None:
    return None if values is None else values.get(start, [])


def _selection(wanted: TimelineQuestion) -> ArticleSelection | StatementSelection:
    if wanted.of == "statements":
        return wanted
    known = ArticleFilter.model_fields.keys() | Wording.model_fields.keys()
    own = TimelineQuestion.model_fields.keys() - StatementSelection.model_fields.keys()
    if unfit := sorted(wanted.model_fields_set - known - own):
        names = ", ".join("in" if name == "parts" else name for name in unfit)
        raise InvalidValue(f"only statements have this: {names}; leave it out, or ask with of=statements")
    return ArticleSelection.model_validate(wanted.model_dump(include=set(known)))


def _step(wanted: TimelineQuestion, alias: str) -> str:
    return f"date_trunc('{wanted.interval}', {alias}.published_at)::date AS start"


def _counts(wanted: TimelineQuestion, where: Conditions) -> str:
    """The question for count and total of each step; a NULL step is that of no date."""
    alias, tables = _ALIAS[wanted.of], _TABLES[wanted.of]
    everything = where.nested()
    everything.add("a.deleted_at IS NULL")
    everything.published(alias, Published(published_from=wanted.published_from, published_to=wanted.published_to))
    if wanted.of == "statements" and not wanted.duplicates:
        everything.add("s.duplicate_of IS NULL")
    if wanted.of == "statements" and not wanted.copies:
        everything.add("s.copy_of IS NULL")
    step = _step(wanted, alias)
    return f"""
        WITH found AS (SELECT {step}, count(*) AS count FROM {tables} {where} GROUP BY 1),
             everything AS (SELECT {step}, count(*) AS total FROM {tables} {everything} GROUP BY 1)
        SELECT e.start, coalesce(f.count, 0) AS count, e.total
        FROM everything e LEFT JOIN found f ON f.start IS NOT DISTINCT FROM e.start ORDER BY e.start
    """


async def _values(connection: Connection, wanted: TimelineQuestion, where: Conditions) -> dict[date, list[ValueCount]]:
    assert wanted.split
    alias = _ALIAS[wanted.of]
    columns = f"{alias}.id, {alias}.source_id, {alias}.places, {_step(wanted, alias)}"
    found = f"SELECT {columns} FROM {_TABLES[wanted.of]} {where}"
    each = f"WITH found AS MATERIALIZED ({found}), each AS ({_each(wanted.of, wanted.split)})"
    rows = await connection.fetch(
        f"""{each}, top AS (
            SELECT value FROM each WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value
            LIMIT {where.value(wanted.split_limit)})
        SELECT start, value, count(*) AS n FROM each JOIN top USING (value) WHERE start IS NOT NULL
        GROUP BY start, value ORDER BY start, n DESC, value""",
        *where.values,
    )
    labels = await _labels(connection, wanted.split, sorted({row["value"] for row in rows}))
    counted: dict[date, list[ValueCount]] = {}
    for row in rows:
        one = ValueCount(row["value"], labels.get(row["value"]), row["n"])
        counted.setdefault(row["start"], []).append(one)
    return counted


def _each(of: Counted, split: Split) -> str:
    """A SELECT of (start, value) for each value that each of the found has, every value once."""
    if split == "source":
        return "SELECT start, source_id AS value FROM found"
    if split == "governorate":
        return f"SELECT start, code AS value FROM found, unnest(places) AS code WHERE length(code) = {GOVERNORATE_CODE}"
    key = "article_id" if of == "articles" else "id"
    values = f"SELECT DISTINCT f.id, f.start, {_OF_STATEMENT[split]} AS value"
    return f"SELECT start, value FROM ({values} FROM found f JOIN statement v ON v.{key} = f.id) AS distinctly"


async def _labels(connection: Connection, split: Split, values: Sequence[str]) -> dict[str, str]:
    question = LABELS.get(split)
    return {row["id"]: row["name"] for row in await connection.fetch(question, values)} if question else {}


def _end(start: date, interval: Interval) -> date:
    if interval == "month":
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=7 if interval == "week" else 1)
