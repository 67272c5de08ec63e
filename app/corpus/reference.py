"""What is known before any article comes: the gazetteer, and of speakers their names' beginnings and parties.

It follows from data files and code alone, so a migration brings it up to date where these have changed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, text

import app.arabic
from app.arabic.places import lineage, places
from app.corpus.name_keys import NameKey, name_keys
from app.corpus.records import speaker_named, with_parties

Row = dict[str, Any]

# The table of indexes remembers of these rows, too, by which rules they were made.
_MADE_BY = text("SELECT settings_hash FROM search_index WHERE name = :name")
_NOW_MADE_BY = text("""
    INSERT INTO search_index (name, uid, settings_hash) VALUES (:name, :name, :version)
    ON CONFLICT (name) DO UPDATE SET settings_hash = excluded.settings_hash, built_at = now()
""")
_PLACES = text("""
    INSERT INTO place (pcode, kind, name_ar, name_en, variants, lineage, lon, lat, population)
    SELECT pcode, kind, name_ar, name_en, variants, lineage, lon, lat, population
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(pcode text, kind text, name_ar text, name_en text,
        variants text[], lineage text[], lon float8, lat float8, population int)
    ON CONFLICT (pcode) DO UPDATE SET kind = excluded.kind, name_ar = excluded.name_ar, name_en = excluded.name_en,
        variants = excluded.variants, lineage = excluded.lineage, lon = excluded.lon, lat = excluded.lat,
        population = excluded.population
""")
_SPEAKERS = text("SELECT id, name, kind, aliases FROM speaker ORDER BY id")
_PARTY_SPEAKERS = text("""
    INSERT INTO speaker (id, name, key, kind, aliases, romanised)
    SELECT id, name, key, kind, aliases, romanised FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given(id text, name text, key text, kind text, aliases text[], romanised text[])
    ORDER BY id ON CONFLICT DO NOTHING
""")
_KNOWN_OF_SPEAKERS = text("""
    UPDATE speaker SET romanised = given.romanised, party_id = given.party_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(id text, romanised text[], party_id text)
    WHERE speaker.id = given.id
      AND (speaker.romanised, speaker.party_id) IS DISTINCT FROM (given.romanised, given.party_id)
""")


def fill(connection: Connection) -> None:
    """Bring the gazetteer and the names of speakers up to date, if what they follow from has changed."""
    now = {"name": "reference", "version": _version()}
    if connection.scalar(_MADE_BY, now) == now["version"]:
        return
    _fill_places(connection)
    _fill_speakers(connection)
    connection.execute(_NOW_MADE_BY, now)


def _version() -> str:
    """Changes with the language's data and code, and with how keys are made of names."""
    arabic = Path(app.arabic.__file__).parent
    hashed = hashlib.sha256()
    for file in (
        *sorted(arabic.rglob("*.py")),
        *sorted((arabic / "data").iterdir()),
        Path(__file__).with_name("name_keys.py"),
    ):
        hashed.update(file.read_bytes())
    return hashed.hexdigest()[:16]


def _fill_places(connection: Connection) -> None:
    rows = [{**place._asdict(), "lineage": lineage(place.pcode)} for place in places().values()]
    connection.execute(_PLACES, {"rows": _json(rows)})
    _replace_names(connection, "place", "pcode", {place.pcode: name_keys(place.names) for place in places().values()})


def _fill_speakers(connection: Connection) -> None:
    speakers = {row.id: speaker_named(row.name, row.kind, row.aliases) for row in connection.execute(_SPEAKERS)}
    parties = {one.id: one for one in with_parties(speakers.values()) if one.id == one.party_id}
    connection.execute(_PARTY_SPEAKERS, {"rows": _json(msgspec.to_builtins(one) for one in parties.values())})
    known = {**parties, **speakers}
    rows = [{"id": id, "romanised": one.romanised, "party_id": one.party_id} for id, one in known.items()]
    connection.execute(_KNOWN_OF_SPEAKERS, {"rows": _json(rows)})
    _replace_names(connection, "speaker", "speaker_id", {id: name_keys(one.names) for id, one in known.items()})


def _replace_names(connection: Connection, table: str, column: str, names: Mapping[str, Sequence[NameKey]]) -> None:
    rows: Iterable[Row] = [{"owner": owner, **key._asdict()} for owner, keys in names.items() for key in keys]
    connection.execute(text(f"DELETE FROM {table}_name"))
    insert = f"""
        INSERT INTO {table}_name ({column}, key, name, rank)
        SELECT owner, key, name, rank FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS given(owner text, key text, name text, rank int)
    """
    connection.execute(text(insert), {"rows": _json(rows)})


def _json(rows: Iterable[Row]) -> str:
    return msgspec.json.encode(list(rows)).decode()
