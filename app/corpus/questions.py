"""What questions to Postgres are made of: numbered conditions, the order newest first, counting up to a limit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from app.corpus.filters import Published

Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy

# Beyond this many a total is given as "at least": counting further costs more than the list itself.
COUNTED_UP_TO = 1_000


class Place(NamedTuple):
    """Where in the order newest first a row stands: undated rows come last, the id breaks ties."""

    published_at: datetime | None
    id: str


class Conditions:
    """The conditions of one question, with their values in the order of their numbers."""

    def __init__(self, *always: str) -> None:
        self.values: list[object] = []
        self._clauses = list(always)

    def value(self, value: object) -> str:
        """The placeholder that stands for `value`."""
        self.values.append(value)
        return f"${len(self.values)}"

    def add(self, clause: str) -> None:
        """One more condition that has to hold."""
        self._clauses.append(clause)

    def published(self, table: str, wanted: Published) -> None:
        """From these sources, in this range of days."""
        if wanted.source:
            self.one_of(f"{table}.source_id", wanted.source)
        if wanted.published_from:
            self.add(f"{table}.published_at >= {self.value(midnight(wanted.published_from))}")
        if wanted.published_to:
            self.add(f"{table}.published_at < {self.value(midnight(wanted.published_to))}")

    def places(self, column: str, codes: Sequence[Sequence[str]]) -> None:
        """For each filter, one of these P-codes is among those in `column`."""
        for some in codes:
            self.add(f"{column} && {self.value(list(some))}::text[]")

    def roles(self, column: str, roles: Sequence[Sequence[str]]) -> None:
        """All stems of one of these roles are among those of a role in the vector `column`."""
        asked = [" & ".join(f"'{stem}':C" for stem in stems) for stems in roles if stems]
        self.add(f"{column} @@ {self.value(' | '.join(f'({one})' for one in asked))}::tsquery")

    def one_of(self, column: str, values: Sequence[str]) -> None:
        """`column` has one of these values. One value alone is compared plainly: then an index gives the order too."""
        if len(values) == 1:
            self.add(f"{column} = {self.value(values[0])}")
        else:
            self.add(f"{column} = ANY({self.value(list(values))})")

    def copy(self) -> "Conditions":
        """The same conditions, to be narrowed further."""
        other = Conditions(*self._clauses)
        other.values = list(self.values)
        return other

    def nested(self) -> "Conditions":
        """Conditions of a question inside this one: none yet, and their values are numbered along with these."""
        other = Conditions()
        other.values = self.values
        return other

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self._clauses)}" if self._clauses else ""


def like(part: str) -> str:
    """A pattern for `part` anywhere; its own % and _ mean themselves."""
    return f"%{beginning(part)}"


def beginning(part: str) -> str:
    """A pattern for what begins with `part`; its own % and _ mean themselves."""
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{escaped}%"


def midnight(day: date) -> datetime:
    """The moment at which a day begins, UTC."""
    return datetime.combine(day, time.min, UTC)


async def newest_first(
    connection: Connection, rows: str, where: Conditions, *, table: str, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """At most `limit` rows after a place. `rows` is a SELECT up to its FROM, `table` the alias with the order.

    Dated and undated rows are asked for apart: one comparison of (date, id) that an index answers, instead of an OR
    that would walk all rows before the place.
    """
    found: list[asyncpg.Record] = []
    for leg in legs(where, table, after):
        order = f"ORDER BY {newest(table)} LIMIT {leg.value(limit - len(found))}"
        found += await connection.fetch(f"{rows} {leg} {order}", *leg.values)
        if len(found) == limit:
            break
    return found


def newest(table: str) -> str:
    """The order newest first."""
    return f"{table}.published_at DESC NULLS LAST, {table}.id DESC"


def legs(where: Conditions, table: str, after: Place | None) -> list[Conditions]:
    """The conditions, narrowed to what comes after a place: the dated rows, then the undated ones."""
    if after is None:
        return [where.copy()]
    undated = where.copy()
    undated.add(f"{table}.published_at IS NULL")
    if after.published_at is None:
        undated.add(f"{table}.id < {undated.value(after.id)}")
        return [undated]
    dated = where.copy()
    place = f"({dated.value(after.published_at)}, {dated.value(after.id)})"
    dated.add(f"({table}.published_at, {table}.id) < {place}")
    return [dated, undated]


async def count(connection: Connection, tables: str, where: Conditions) -> int:
    """How many rows; `COUNTED_UP_TO + 1` for that many or more. `tables` is what stands after FROM."""
    some = f"SELECT FROM {tables} {where} LIMIT {COUNTED_UP_TO + 1}"
    found: int = await connection.fetchval(f"SELECT count(*) FROM ({some}) AS counted", *where.values)
    return found


def utc(column: str) -> str:
    """A timestamp as the API writes it: RFC 3339, UTC, whole seconds."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


def json_object(members: str) -> str:
    """These columns as one JSON object, each under its name; without blanks, which `json_build_object` would write."""
    return f"(SELECT to_json(made) FROM (SELECT {members}) AS made)"


def span(table: str, name: str, words: str | None = None) -> str:
    """A stretch of text with the words that stand there, or null; from columns `name`_start, `name`_end, `words`."""
    start = f"{table}.{name}_start"
    members = f'{start} AS start, {table}.{name}_end AS "end", {table}.{words or name} AS text'
    return when(f"{start} IS NOT NULL", json_object(members))


def when(condition: str, expression: str) -> str:
    """`expression` where `condition` holds, else null."""
    return f"CASE WHEN {condition} THEN {expression} END"
