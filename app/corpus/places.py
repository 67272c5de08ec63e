"""Reading places: the gazetteer, and how many articles name each."""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from app.arabic.names import name_key
from app.corpus.filters import PlaceFilter
from app.corpus.name_keys import FROM_FIRST_WORD
from app.corpus.questions import Conditions, Connection, count, json_object, like

_ARTICLES = "SELECT count(*) FROM article a WHERE a.places @> ARRAY[p.pcode::text] AND a.deleted_at IS NULL"
_WITHIN = f"""
    SELECT coalesce(json_agg({json_object("w.pcode, w.kind, w.name_ar, w.name_en")} ORDER BY at), '[]')
    FROM unnest(p.lineage) WITH ORDINALITY AS around(code, at) JOIN place w ON w.pcode = code AND code <> p.pcode"""
_LINKS = json_object(
    """'/v1/places/' || p.pcode AS self, '/v1/articles?place=' || p.pcode AS articles,
    '/v1/statements?place=' || p.pcode AS statements"""
)
_ROW = json_object(
    f"""p.pcode, p.kind, p.name_ar, p.name_en, p.variants, ({_WITHIN}) AS within, p.lon, p.lat,
    nullif(p.population, 0) AS population, ({_ARTICLES}) AS article_count, {_LINKS} AS links"""
)
_NAMED = f"""
    SELECT p.pcode FROM place p WHERE p.pcode = ANY($1::text[])
    UNION SELECT n.pcode FROM place_name n WHERE n.key = ANY($2::text[]) AND n.rank = {FROM_FIRST_WORD}
"""
_GOVERNORATES = "SELECT pcode FROM place WHERE kind = 'governorate' AND pcode = ANY($1::text[])"


class PlacePlace(NamedTuple):
    """Where in the list of places a row stands."""

    pcode: str


async def place_codes(connection: Connection, names: Sequence[str]) -> list[str]:
    """The P-codes of the places that are named by P-code, or by any of their names in any spelling."""
    rows = await connection.fetch(_NAMED, [name.upper() for name in names], [name_key(name) for name in names])
    return [row["pcode"] for row in rows]


async def governorate_codes(connection: Connection, names: Sequence[str]) -> list[str]:
    """The same for governorates alone: "Aleppo" is the city too."""
    rows = await connection.fetch(_GOVERNORATES, await place_codes(connection, names))
    return [row["pcode"] for row in rows]


async def wanted_codes(connection: Connection, place: Sequence[str], governorate: Sequence[str]) -> list[list[str]]:
    """What the filters `place` and `governorate` ask for: of each that is given, P-codes of which one must be there."""
    codes = []
    if place:
        codes.append(await place_codes(connection, place))
    if governorate:
        codes.append(await governorate_codes(connection, governorate))
    return codes


async def _matching(connection: Connection, wanted: PlaceFilter) -> Conditions:
    where = Conditions()
    if wanted.q:
        key = where.value(like(name_key(wanted.q)))
        where.add(f"p.pcode IN (SELECT n.pcode FROM place_name n WHERE n.key LIKE {key})")
    if wanted.kind:
        where.one_of("p.kind", wanted.kind)
    where.places("p.lineage", await wanted_codes(connection, wanted.within, []))
    if wanted.mentioned is not None:
        known = "EXISTS (SELECT FROM mention m WHERE m.place_id = p.pcode)"
        where.add(known if wanted.mentioned else f"NOT {known}")
    return where


async def list_places(
    connection: Connection, wanted: PlaceFilter, *, after: PlacePlace | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (pcode, json), by P-code."""
    where = await _matching(connection, wanted)
    if after:
        where.add(f"p.pcode > {where.value(after.pcode)}")
    question = f"SELECT p.pcode, {_ROW}::text AS json FROM place p {where} ORDER BY p.pcode LIMIT {where.value(limit)}"
    return list(await connection.fetch(question, *where.values))


async def count_places(connection: Connection, wanted: PlaceFilter) -> int:
    """How many places match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "place p", await _matching(connection, wanted))


async def get_place(connection: Connection, pcode: str) -> str | None:
    """The JSON of one place."""
    found: str | None = await connection.fetchval(f"SELECT {_ROW}::text FROM place p WHERE p.pcode = $1", pcode.upper())
    return found
