"""Suggestions while a name or a word is typed: speakers, places, outlets and words of the corpus, from Postgres.

What was typed is the beginning of a name from any of its words on: folded, with or without the article, in Arabic or
Latin letters; Latin letters also by ear (Kamishly for القامشلي). A name that is typed whole comes first, then what was
spoken of most.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.arabic.fold import folded
from app.arabic.names import name_key
from app.arabic.romanise import is_latin, sounds
from app.arabic.words import words
from app.corpus import speakers
from app.corpus.filters import SpeakerNarrowing
from app.corpus.name_keys import BY_EAR, FROM_SOUNDS, SHORTEST_SOUNDS
from app.corpus.questions import COUNTED_UP_TO, Conditions, Connection
from app.search.highlights import Mark

Kind = Literal["speaker", "place", "source", "word"]
# After every letter that a key may go on with, in the order of code points.
_LAST = "\U0010ffff"
# How the name was met; the first of these comes first.
_WHOLE, _BEGINS, _SOUNDS = range(3)
# Of words only the shortest are weighed: in how many articles each stands, counted no further than this.
_WORDS_WEIGHED, _ARTICLES_COUNTED = 12, 100


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


def _tiers(table: str, owner: str, typed: str, where: Conditions) -> str:
    """A SELECT of the owners of names that begin so, each with its best tier and the name that has it."""
    key = name_key(typed)
    whole = where.value(key)
    ranges = [f"n.key ~>=~ {whole} AND n.key ~<~ {where.value(key + _LAST)}"]
    heard = sounds(typed).replace(" ", "") if is_latin(typed) else ""
    if len(heard) >= SHORTEST_SOUNDS:
        low, high = where.value(BY_EAR + heard), where.value(BY_EAR + heard + _LAST)
        ranges.append(f"n.key ~>=~ {low} AND n.key ~<~ {high}")
    tier = f"CASE WHEN n.rank = {FROM_SOUNDS} THEN {_SOUNDS} WHEN n.key = {whole} THEN {_WHOLE} ELSE {_BEGINS} END"
    rows = " UNION ALL ".join(f"SELECT n.{owner}, n.name, {tier} AS tier FROM {table} n WHERE {one}" for one in ranges)
    return f"SELECT DISTINCT ON ({owner}) {owner}, name, tier FROM ({rows}) AS met ORDER BY {owner}, tier, name"


async def find_speakers(
    connection: Connection, q: str, wanted: SpeakerNarrowing, *, after: SpeakerRank | None, limit: int
) -> list[SpeakerMatch]:
    """The speakers with a name that begins so and that the filters let through, in order; all of them for no `q`."""
    where, found = await _found(connection, q, wanted)
    if after:
        tier, most, key = (where.value(value) for value in after)
        where.add(
            f"(found.tier > {tier} OR found.tier = {tier} AND (p.statement_count < {most} "
            f"OR p.statement_count = {most} AND p.key > {key}))"
        )
    rows = await connection.fetch(
        f"""SELECT p.id, coalesce(found.name, p.name), found.tier, p.statement_count, p.key FROM {found} {where}
        ORDER BY found.tier, p.statement_count DESC, p.key LIMIT {where.value(limit)}""",
        *where.values,
    )
    return [SpeakerMatch(*row) for row in rows]


async def count_found(connection: Connection, q: str, wanted: SpeakerNarrowing) -> int:
    """How many there are; `COUNTED_UP_TO + 1` for that many or more."""
    where, found = await _found(connection, q, wanted)
    some = f"SELECT FROM {found} {where} LIMIT {COUNTED_UP_TO + 1}"
    counted: int = await connection.fetchval(f"SELECT count(*) FROM ({some}) AS counted", *where.values)
    return counted


async def _found(connection: Connection, q: str, wanted: SpeakerNarrowing) -> tuple[Conditions, str]:
    where = await speakers.matching(connection, wanted)
    if not q.strip():
        return where, f"speaker p CROSS JOIN (SELECT {_BEGINS} AS tier, NULL AS name) found"
    named = _tiers("speaker_name", "speaker_id", q, where)
    return where, f"({named}) found JOIN speaker p ON p.id = found.speaker_id"


async def suggest(connection: Connection, q: str, kinds: Sequence[Kind], *, limit: int) -> list[Suggestion]:
    """At most `limit` suggestions of each kind, kind after kind in the order asked for."""
    found: list[Suggestion] = []
    for kind in kinds:
        found += await _BY_KIND[kind](connection, q, limit)
    return found


async def _speakers(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    where, found = await _found(connection, q, SpeakerNarrowing())
    rows = await connection.fetch(
        f"""SELECT p.id, found.name, p.name AS label, p.statement_count FROM {found} {where}
        ORDER BY found.tier, p.statement_count DESC, p.key LIMIT {where.value(limit)}""",
        *where.values,
    )
    return [Suggestion("speaker", *row) for row in rows]


async def _places(connection: Connection, q: str, limit: int) -> list[Suggestion]:
    where = Conditions()
    rows = await connection.fetch(
        f"""SELECT p.pcode, found.name, p.name_ar FROM ({_tiers("place_name", "pcode", q, where)}) found
        JOIN place p USING (pcode)
        ORDER BY found.tier, p.kind <> 'governorate', p.population DESC, p.kind, p.pcode LIMIT {where.value(limit)}""",
        *where.values,
    )
    return [Suggestion("place", pcode, name, label, None) for pcode, name, label in rows]


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
    rows = await connection.fetch(_WORDS, typed[-1], typed[-1] + _LAST, _WORDS_WEIGHED, _ARTICLES_COUNTED, limit)
    before = " ".join([*typed[:-1], ""])
    return [Suggestion("word", before + word, before + word, word, number) for word, number in rows]


_WORDS = """
    SELECT v.word, least(n.articles, $4) FROM (
        SELECT word FROM vocabulary WHERE word ~>=~ $1 AND word ~<~ $2 ORDER BY length(word), word LIMIT $3
    ) AS v CROSS JOIN LATERAL (
        SELECT count(*) AS articles FROM (
            SELECT FROM article_words w WHERE w.folded @@ ('''' || v.word || '''')::tsquery LIMIT $4) AS some
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
