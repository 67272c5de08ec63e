"""Reading speakers: the questions to Postgres about them, each with what was counted of their statements."""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from app.arabic.names import name_key
from app.corpus.filters import SpeakerFilter, speaker_keys
from app.corpus.questions import Conditions, Connection, count, json_object, utc

# What is counted of a speaker: every statement once, headlines and pull quotes that repeat one left out.
_COUNTED = """
    count(*) AS statements, count(DISTINCT c.article_id) AS articles,
    min(c.published_at) AS first_at, max(c.published_at) AS last_at
    FROM statement c WHERE c.duplicate_of IS NULL"""

_LINKS = "'/v1/speakers/' || p.id AS self, '/v1/speakers/' || p.id || '/statements' AS statements"
_ROW = json_object(
    f"""p.id, p.name, p.kind, p.aliases, p.romanised, p.party_id, n.statements AS statement_count,
    n.articles AS article_count, {utc("n.first_at")} AS first_said_at, {utc("n.last_at")} AS last_said_at,
    {json_object(_LINKS)} AS links"""
)

_PAGE = f"SELECT p.key, n.statements, {_ROW}::text AS json FROM speaker p"
# By name, the page is a stretch of an index; by number, all statements have to be counted for it. What else is told
# of a speaker is found out for the page alone.
_BY_NAME = "SELECT p.id, p.key, NULL::bigint AS said FROM speaker p"
_SAID = "SELECT c.speaker_id, count(*) AS said FROM statement c WHERE c.duplicate_of IS NULL"
_BY_NUMBER = f"""SELECT p.id, p.key, coalesce(m.said, 0) AS said FROM speaker p
    LEFT JOIN ({_SAID} GROUP BY c.speaker_id) m ON m.speaker_id = p.id"""
# Of the few that a name fits, each is counted by itself.
_FEW_BY_NUMBER = f"""SELECT p.id, p.key, coalesce(m.said, 0) AS said FROM speaker p
    LEFT JOIN LATERAL ({_SAID} AND c.speaker_id = p.id GROUP BY c.speaker_id) m ON true"""
_COUNTED_EACH = f"CROSS JOIN LATERAL (SELECT {_COUNTED} AND c.speaker_id = p.id) n"

_NAMED = """
    SELECT DISTINCT coalesce(p.merged_into, p.id) AS id FROM speaker p
    WHERE p.id = ANY($1::text[]) OR p.key = ANY($2::text[]) OR p.aliases && $1::text[]
"""


class SpeakerPlace(NamedTuple):
    """Where in a list of speakers a row stands; `statements` counts only in the order by number."""

    statements: int
    key: str


def _matching(wanted: SpeakerFilter) -> Conditions:
    where = Conditions("p.merged_into IS NULL")
    if wanted.kind:
        where.add(f"p.kind = ANY({where.value(list(wanted.kind))})")
    if wanted.q:
        key, written = where.value(_like(name_key(wanted.q))), where.value(_like(wanted.q))
        others = f"SELECT FROM unnest(p.aliases || p.romanised) AS other(name) WHERE other.name ILIKE {written}"
        where.add(f"(p.key LIKE {key} OR EXISTS ({others}))")
    return where


def _like(part: str) -> str:
    """`part` anywhere; its own % and _ mean themselves."""
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def list_speakers(
    connection: Connection, wanted: SpeakerFilter, *, after: SpeakerPlace | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (key, statements, json): most statements first, or by folded name."""
    where = _matching(wanted)
    by_name = wanted.sort == "name"
    if after and by_name:
        where.add(f"p.key > {where.value(after.key)}")
    elif after:
        most, key = where.value(after.statements), where.value(after.key)
        said = "coalesce(m.said, 0)"
        where.add(f"({said} < {most} OR ({said} = {most} AND p.key > {key}))")
    order = "ORDER BY p.key" if by_name else "ORDER BY coalesce(m.said, 0) DESC, p.key"
    rows = _BY_NAME if by_name else _FEW_BY_NUMBER if wanted.q else _BY_NUMBER
    page = f"{rows} {where} {order} LIMIT {where.value(limit)}"
    again = "page.key" if by_name else "page.said DESC, page.key"
    question = f"{_PAGE} JOIN ({page}) page ON page.id = p.id {_COUNTED_EACH} ORDER BY {again}"
    return list(await connection.fetch(question, *where.values))


async def speaker_ids(connection: Connection, names: Sequence[str]) -> list[str]:
    """The ids of the speakers that are named by id, name or alias in any spelling; merged ones are followed."""
    rows = await connection.fetch(_NAMED, list(names), speaker_keys(names))
    return [row["id"] for row in rows]


async def count_speakers(connection: Connection, wanted: SpeakerFilter) -> int:
    """How many speakers match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "speaker p", _matching(wanted))


async def get_speaker(connection: Connection, speaker_id: str) -> asyncpg.Record | None:
    """(merged_into, json) of one speaker."""
    return await connection.fetchrow(
        f"SELECT p.merged_into, {_ROW}::text AS json FROM speaker p {_COUNTED_EACH} WHERE p.id = $1",
        speaker_id,
    )
