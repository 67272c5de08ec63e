"""Reading speakers: the questions to Postgres about them, each with what was counted of their statements."""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from app.arabic.names import name_key
from app.corpus.filters import SpeakerFilter, SpeakerNarrowing, speaker_keys
from app.corpus.questions import Conditions, Connection, count, json_object, like, utc

# What else is counted of a speaker: every statement once, headlines and pull quotes that repeat one left out.
_COUNTED = """CROSS JOIN LATERAL (
    SELECT count(DISTINCT c.article_id) AS articles, min(c.published_at) AS first_at, max(c.published_at) AS last_at
    FROM statement c WHERE c.duplicate_of IS NULL AND c.speaker_id = p.id) n"""
_LINKS = "'/v1/speakers/' || p.id AS self, '/v1/speakers/' || p.id || '/statements' AS statements"
_ROW = json_object(
    f"""p.id, p.name, p.kind, p.aliases, p.romanised, p.party_id, p.statement_count, n.articles AS article_count,
    {utc("n.first_at")} AS first_said_at, {utc("n.last_at")} AS last_said_at, {json_object(_LINKS)} AS links"""
)
ROWS = f"SELECT p.id, p.key, p.statement_count, {_ROW}::text AS json FROM speaker p"

_NAMED = """
    SELECT DISTINCT coalesce(p.merged_into, p.id) AS id FROM speaker p
    WHERE p.id = ANY($1::text[]) OR p.key = ANY($2::text[]) OR p.aliases && $1::text[]
"""


class SpeakerPlace(NamedTuple):
    """Where in a list of speakers a row stands; `statement_count` counts only in the order by number."""

    statement_count: int
    key: str


async def matching(connection: Connection, wanted: SpeakerNarrowing, table: str = "p") -> Conditions:
    """The conditions that these filters mean, on `speaker` under this name."""
    where = Conditions(f"{table}.merged_into IS NULL")
    if wanted.kind:
        where.add(f"{table}.kind = ANY({where.value(list(wanted.kind))})")
    if wanted.party:
        where.one_of(f"{table}.party_id", await speaker_ids(connection, wanted.party))
    return where


async def _listed(connection: Connection, wanted: SpeakerFilter) -> Conditions:
    where = await matching(connection, wanted)
    if wanted.q:
        key = where.value(like(name_key(wanted.q)))
        where.add(f"p.id IN (SELECT n.speaker_id FROM speaker_name n WHERE n.key LIKE {key})")
    return where


async def list_speakers(
    connection: Connection, wanted: SpeakerFilter, *, after: SpeakerPlace | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (id, key, statement_count, json): most statements first, or by folded name.

    Both orders are a stretch of an index; what else is told of a speaker is found out for the page alone.
    """
    where = await _listed(connection, wanted)
    if after and wanted.sort == "name":
        where.add(f"p.key > {where.value(after.key)}")
    elif after:
        most, key = where.value(after.statement_count), where.value(after.key)
        where.add(f"(p.statement_count < {most} OR (p.statement_count = {most} AND p.key > {key}))")
    order = "ORDER BY p.key" if wanted.sort == "name" else "ORDER BY p.statement_count DESC, p.key"
    page = f"SELECT p.id FROM speaker p {where} {order} LIMIT {where.value(limit)}"
    return list(await connection.fetch(f"{ROWS} JOIN ({page}) page USING (id) {_COUNTED} {order}", *where.values))


async def speaker_hits(connection: Connection, ids: Sequence[str]) -> dict[str, asyncpg.Record]:
    """The same rows of these speakers, by id."""
    rows = await connection.fetch(f"{ROWS} {_COUNTED} WHERE p.id = ANY($1::text[])", list(ids))
    return {row["id"]: row for row in rows}


async def speaker_ids(connection: Connection, names: Sequence[str]) -> list[str]:
    """The ids of the speakers that are named by id, name or alias in any spelling; merged ones are followed."""
    rows = await connection.fetch(_NAMED, list(names), speaker_keys(names))
    return [row["id"] for row in rows]


async def count_speakers(connection: Connection, wanted: SpeakerFilter) -> int:
    """How many speakers match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "speaker p", await _listed(connection, wanted))


async def get_speaker(connection: Connection, speaker_id: str) -> asyncpg.Record | None:
    """(merged_into, json) of one speaker."""
    return await connection.fetchrow(
        f"SELECT p.merged_into, {_ROW}::text AS json FROM speaker p {_COUNTED} WHERE p.id = $1", speaker_id
    )
