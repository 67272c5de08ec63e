"""Suggestions while a name or a word is typed: speakers, places, outlets and words of the corpus, from Postgres.

What was typed is the beginning of a name from any of its words on: folded, with or without the article, in Arabic or
Latin letters; Latin letters also by ear (Kamishly for القامشلي). A name that is typed whole comes first, then what was
spoken of most.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import asyncpg

from app.arabic.fold import folded
from app.arabic.names import name_key
from app.arabic.romanise import is_latin, sounds
from app.arabic.words import words
from app.corpus import speakers
from app.corpus.filters import SpeakerNarrowing
from app.corpus.name_keys import BY_EAR, FROM_FIRST_WORD, SHORTEST_SOUNDS
from app.corpus.questions import Conditions, Connection, count
from app.search.documents import GOVERNORATE_CODE
from app.search.highlights import Mark

Kind = Literal["speaker", "place", "source", "word"]
# After every letter that a key may go on with, in the order of code points.
_LAST = "\U0010ffff"
# How a name was met, the best first: typed whole, begun from any of its words on, heard.
WHOLE, BEGUN, HEARD = range(3)
# Where more names than this begin so, their owners are looked through from the most spoken-of down, not all gathered.
MANY = 600
# Of words only the shortest are weighed: in how many articles each stands, counted no further than this.
_WORDS_LOOKED_AT, _WORDS_WEIGHED, _ARTICLES_COUNTED = 2_000, 12, 100


class Suggestion(NamedTuple):
    """Something that may be meant: `id` is what to filter by, `text` the name by which it was found.

    `number` counts a speaker's statements, or the articles that have a word.
    """

    kind: Kind
    id: str
    text: str
    label: str
    number: int | None


class SpeakerMatch(NamedTuple):
    """A speaker, the name by which it was found, and where in the order it stands."""

    speaker_id: str
    matched: str
    tier: int
    statement_count: int
    key: str


class SpeakerRank(NamedTuple):
    """Where in the answer of a search among speakers a row stands."""

    tier: int
    statement_count: int
    key: str


class _Names(NamedTuple):
    """A table whose rows have names: its alias is `t`, its own key `key`, in the order `order`."""

    table: str
    key: str
    names: str
    owner: str
    order: str


_SPEAKER = _Names("speaker t", "id", "speaker_name", "speaker_id", "t.statement_count DESC, t.key")
_PLACE = _Names("place t", "pcode", "place_name", "pcode", "t.population DESC, t.pcode")


async def find_speakers(
    connection: Connection, q: str, wanted: SpeakerNarrowing, *, after: SpeakerRank | None, limit: int
) -> list[SpeakerMatch]:
    """The speakers with a name that begins so and that the filters let through, in order; all of them for no `q`."""
    where = await speakers.matching(connection, wanted, table="t")
    columns = "t.statement_count, t.key"
    found: list[SpeakerMatch] = []
    for tier in _tiers(q) if name_key(q) else [BEGUN]:
        if after and tier < after.tier:
            continue
        leg = where.copy()
        if after and after.tier == tier:
            most, key = leg.value(after.statement_count), leg.value(after.key)
            leg.add(f"(t.statement_count < {most} OR t.statement_count = {most} AND t.key > {key})")
        rows = await _leg(connection, _SPEAKER, columns, q, tier, leg, limit - len(found))
        found += [SpeakerMatch(id, name, tier, count, key) for id, name, count, key in rows]
        if len(found) == limit:
            break
    return found


async def count_found(connection: Connection, q: str, wanted: SpeakerNarrowing) -> int:
    """How many there are; `COUNTED_UP_TO + 1` for that many or more."""
    where = await speakers.matching(connection, wanted, table="t")
    if name_key(q):
        tests = [_test(q, tier, where) for tier in _tiers(q) if tier != WHOLE]
        where.add(f"t.id IN (SELECT n.speaker_id FROM speaker_name n WHERE {' OR '.join(tests)})")
    return await count(connection, "speaker t", where)


async def _leg(
    connection: Connection, of: _Names, columns: str, q: str, tier: int, where: Conditions, limit: int
) -> list[asyncpg.Record]:
    """The key, the name met and these columns of those that were met so and no better, in order."""
    tables, name = of.table, "t.name"
    if name_key(q):
        tables, name = await _met(connection, of, q, tier, where), "met.name"
        for better in range(tier):
            other = _test(q, better, where)
            where.add(f"NOT EXISTS (SELECT FROM {of.names} n WHERE n.{of.owner} = t.{of.key} AND {other})")
    question = f"SELECT t.{of.key}, {name}, {columns} FROM {tables} {where} ORDER BY {of.order} LIMIT"
    return list(await connection.fetch(f"{question} {where.value(limit)}", *where.values))


async def _met(connection: Connection, of: _Names, q: str, tier: int, where: Conditions) -> str:
    """The owners with the name that was met: each asked for one where very many have, else gathered from the names."""
    test = _test(q, tier, where)
    if tier != WHOLE and await _are_many(connection, of, q, tier):
        first = f"SELECT n.name FROM {of.names} n WHERE n.{of.owner} = t.{of.key} AND {test} ORDER BY n.rank, n.name"
        return f"{of.table} CROSS JOIN LATERAL ({first} LIMIT 1) met"
    each = f"SELECT DISTINCT ON (n.{of.owner}) n.{of.owner} AS owner, n.name FROM {of.names} n WHERE {test}"
    return f"({each} ORDER BY n.{of.owner}, n.rank, n.name) met JOIN {of.table} ON t.{of.key} = met.owner"


async def _are_many(connection: Connection, of: _Names, q: str, tier: int) -> bool:
    alone = Conditions()
    alone.add(_test(q, tier, alone))
    some = f"SELECT FROM {of.names} n {alone} LIMIT {MANY + 1}"
    return bool(await connection.fetchval(f"SELECT count(*) > {MANY} FROM ({some}) AS counted", *alone.values))


def _tiers(q: str) -> list[int]:
    """How a name may be met by what was typed: by ear only in Latin letters, of which enough are heard."""
    return [WHOLE, BEGUN, HEARD] if len(_heard(q)) >= SHORTEST_SOUNDS else [WHOLE, BEGUN]


def _heard(q: str) -> str:
    return sounds(q).replace(" ", "") if is_latin(q) else ""


def _test(q: str, tier: int, where: Conditions) -> str:
    """The condition on a row `n` of names that it is met so."""
    if tier == WHOLE:
        return f"n.key = {where.value(name_key(q))} AND n.rank = {FROM_FIRST_WORD}"
    beginning = name_key(q) if tier == BEGUN else BY_EAR + _heard(q)
    return f"n.key >= {where.value(beginning)} AND n.key < {where.value(beginning + _LAST)}"


async def suggest(connection: Connection, q: str, kinds: Sequence[Kind], *, limit: int) -> list[Suggestion]:
    """At most `limit` suggestions of each kind, kind after kind in the order asked for."""
    found: list[Suggestion] = []
    for kind in kinds if name_key(q) else ():
        found += await _BY_KIND[kind](connection, q, limit)
    return found


async def _speakers(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    rows: list[asyncpg.Record] = []
    for tier in _tiers(q):
        if len(rows) < limit:
            where, columns = Conditions("t.merged_into IS NULL"), "t.name AS known_as, t.statement_count"
            rows += await _leg(connection, _SPEAKER, columns, q, tier, where, limit - len(rows))
    return [Suggestion("speaker", *row) for row in rows]


async def _places(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    """Governorates first: of these alone no population is known."""
    columns, rows = "t.name_ar", await _leg(connection, _PLACE, "t.name_ar", q, WHOLE, Conditions("true"), limit)
    rows.sort(key=lambda row: len(row["pcode"]) != GOVERNORATE_CODE)
    for tier in _tiers(q)[BEGUN:]:
        for kind in ("=", "<>"):
            if len(rows) < limit:
                where = Conditions(f"t.kind {kind} 'governorate'")
                rows += await _leg(connection, _PLACE, columns, q, tier, where, limit - len(rows))
    return [Suggestion("place", pcode, matched, name, None) for pcode, matched, name in rows]


async def _sources(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    """Outlets are few: all are looked at. By any part of the id or of a name."""
    rows = await connection.fetch("SELECT id, coalesce(name_ar, name_en, id), name_en FROM source ORDER BY id")
    typed = name_key(q)
    fitting = [row for row in rows if any(typed in folded(name or "") for name in row)]
    return [Suggestion("source", id, name, name, None) for id, name, _ in fitting[:limit]]


async def _words(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    """The last word that was typed, gone on with: folded, as search compares it."""
    typed = [word.folded for word in words(q)]
    if not typed:
        return []
    limits = (_WORDS_WEIGHED, _ARTICLES_COUNTED, limit, _WORDS_LOOKED_AT)
    rows = await connection.fetch(_WORDS, typed[-1], typed[-1] + _LAST, *limits)
    before = " ".join([*typed[:-1], ""])
    return [Suggestion("word", before + word, before + word, word, number) for word, number in rows]


_WORDS = """
    SELECT v.word, least(n.articles, $4) FROM (
        SELECT word FROM (SELECT word FROM vocabulary WHERE word >= $1 AND word < $2 LIMIT $6) AS beginning
        ORDER BY length(word), word LIMIT $3
    ) AS v CROSS JOIN LATERAL (
        SELECT count(*) AS articles FROM (
            SELECT FROM article_words w WHERE w.folded @@ ('''' || v.word || '''')::tsquery LIMIT $4) AS counted
    ) AS n
    WHERE n.articles > 0 ORDER BY n.articles DESC, v.word LIMIT $5
"""
_BY_KIND = {"speaker": _speakers, "place": _places, "source": _sources, "word": _words}


def marks_of(name: str, q: str) -> list[Mark]:
    """Where in a name stand the words that were typed, whole; the whole name where it was found by ear alone."""
    written, typed = list(words(name)), [word.folded for word in words(q)]
    for at in range(len(written)) if typed else ():
        rest = " ".join(word.folded for word in written[at:])
        if any(form.startswith(" ".join(typed)) for form in (rest, rest.removeprefix("ال"))):
            return [Mark(word.start, word.end) for word in written[at : at + len(typed)]]
    return [Mark(written[0].start, written[-1].end)] if written and typed else []
