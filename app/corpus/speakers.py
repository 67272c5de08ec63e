"""Reading speakers: the questions to Postgres about them, each with what was counted of their statements."""

# ruff: noqa: S608 - only our own words are put together; every value is a numbered parameter

from typing import NamedTuple

import asyncpg

from app.corpus.filters import SpeakerFilter, name_key
from app.corpus.questions import Conditions, Connection, count, utc

# What is counted of a speaker: every statement once, headlines and pull quotes that repeat one left out.
_COUNTED = """
    count(*) AS statements, count(DISTINCT c.article_id) AS articles,
    min(c.published_at) AS first_at, max(c.published_at) AS last_at
    FROM statement c WHERE c.duplicate_of IS NULL"""

_ROW = f"""json_build_object(
    'id', p.id, 'name', p.name, 'kind', p.kind, 'aliases', to_json(p.aliases), 'romanised', to_json(p.romanised),
    'party_id', p.party_id, 'statement_count', n.statements, 'article_count', n.articles,
    'first_said_at', {utc("n.first_at")}, 'last_said_at', {utc("n.last_at")},
    'links', json_build_object('self', '/v1/speakers/' || p.id, 'statements', '/v1/speakers/' || p.id || '/statements')
    )::text AS json"""

_PAGE = f"SELECT p.key, n.statements, {_ROW} FROM speaker p"
# By name, only the speakers of the page are counted; by number, all have to be.
_COUNTED_EACH = f"CROSS JOIN LATERAL (SELECT {_COUNTED} AND c.speaker_id = p.id) n"
_COUNTED_ALL = """CROSS JOIN LATERAL (SELECT coalesce(m.statements, 0) AS statements,
    coalesce(m.articles, 0) AS articles, m.first_at, m.last_at) n"""
_ALL = f"LEFT JOIN (SELECT c.speaker_id, {_COUNTED} GROUP BY c.speaker_id) m ON m.speaker_id = p.id {_COUNTED_ALL}"


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
    if wanted.sort == "name":
        if after:
            where.add(f"p.key > {where.value(after.key)}")
        question = f"{_PAGE} {_COUNTED_EACH} {where} ORDER BY p.key"
    else:
        if after:
            most, key = where.value(after.statements), where.value(after.key)
            where.add(f"(n.statements < {most} OR (n.statements = {most} AND p.key > {key}))")
        question = f"{_PAGE} {_ALL} {where} ORDER BY n.statements DESC, p.key"
    return list(await connection.fetch(f"{question} LIMIT {where.value(limit)}", *where.values))


async def count_speakers(connection: Connection, wanted: SpeakerFilter) -> int:
    """How many speakers match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "speaker p", _matching(wanted))


async def get_speaker(connection: Connection, speaker_id: str) -> asyncpg.Record | None:
    """(merged_into, json) of one speaker."""
    return await connection.fetchrow(
        f"SELECT p.merged_into, {_ROW} FROM speaker p {_COUNTED_EACH} WHERE p.id = $1",
        speaker_id,
    )
