"""Is the corpus whole? What no constraint of the database can promise, looked at row by row."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import msgspec

from app.corpus.fields import Segment, Zone

SHOWN_OF_EACH = 20
# After so many attempts, or so long, the search engine does not merely lag.
ATTEMPTS_ALLOWED = 5
LAG_ALLOWED = "1 hour"

_SPANS = ("content", "cue", "speaker", "role", "addressee", "said_on")
_segments = msgspec.json.Decoder(list[Segment])
_zones = msgspec.json.Decoder(list[Zone])


class Finding(msgspec.Struct, frozen=True):
    """One thing that is not as it should be."""

    kind: str
    id: str
    detail: str


class Check(msgspec.Struct):
    """What was looked at, and what is wrong; of each kind of finding the first `SHOWN_OF_EACH` are listed."""

    articles: int = 0
    statements: int = 0
    mentions: int = 0
    spans: int = 0
    outbox_pending: int = 0
    outbox_oldest_seconds: float | None = None
    counts: dict[str, int] = {}
    findings: list[Finding] = []

    def add(self, finding: Finding) -> None:
        """One finding more."""
        self.counts[finding.kind] = self.counts.get(finding.kind, 0) + 1
        if self.counts[finding.kind] <= SHOWN_OF_EACH:
            self.findings.append(finding)


async def check_corpus(connection: asyncpg.Connection) -> Check:
    """Slice every span back out of its text, by Python's own counting of code points, and look for orphans."""
    check = Check()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        async for article, statements, mentions in _articles(connection):
            check.articles += 1
            check.statements += len(statements)
            check.mentions += len(mentions)
            for finding in _misplaced(article, statements, mentions, check):
                check.add(finding)
        for kind, question, detail in ORPHANS:
            for row in await connection.fetch(question):
                check.add(Finding(kind, str(row["id"]), detail))
        await _look_at_outbox(connection, check)
    return check


async def _articles(connection: asyncpg.Connection) -> AsyncIterator[tuple[Any, list[Any], list[Any]]]:
    """Every article with its statements and mentions, one at a time, however many there are."""
    articles = connection.cursor("SELECT id, text, zones, body FROM article ORDER BY id", prefetch=200)
    statements = await connection.prepare("SELECT * FROM statement WHERE article_id = $1 ORDER BY ordinal")
    mentions = await connection.prepare('SELECT id, text, start, "end" FROM mention WHERE article_id = $1')
    async for article in articles:
        yield article, await statements.fetch(article["id"]), await mentions.fetch(article["id"])


def _misplaced(article: Any, statements: list[Any], mentions: list[Any], check: Check) -> Iterator[Finding]:
    text = article["text"]
    for row in statements:
        for part, words, start, end in _stretches(row):
            check.spans += 1
            if text[start:end] != words or not 0 <= start < end:
                yield Finding("span", row["id"], f"its {part} is not what article {article['id']} says there")
    for row in mentions:
        check.spans += 1
        if text[row["start"] : row["end"]] != row["text"]:
            yield Finding("span", str(row["id"]), f"a mention is not what article {article['id']} says there")
    before = 0
    for zone in _zones.decode(article["zones"]):
        if not before <= zone.start < zone.end <= len(text):
            yield Finding(
                "zone", article["id"], f"the {zone.kind} zone at {zone.start} is outside the text or overlaps"
            )
        before = zone.end


def _stretches(row: Any) -> Iterator[tuple[str, str, int, int]]:
    """The parts of a statement that name a stretch of the text: which, the words, from, to."""
    for part in _SPANS:
        start = row[f"{part}_start"]
        if start is not None:
            yield part, row["speaker_text" if part == "speaker" else part], start, row[f"{part}_end"]
    for segment in _segments.decode(row["segments"]):
        yield "segment", segment.text, segment.start, segment.end


# Of each kind: what it is called, the question whose rows are wrong, what is wrong with them.
ORPHANS = (
    (
        "capture",
        "SELECT id FROM capture c WHERE NOT EXISTS (SELECT FROM article WHERE capture_id = c.id) "
        "AND NOT EXISTS (SELECT FROM import_item WHERE capture_id = c.id)",
        "bytes that no article was read from and no import brought",
    ),
    (
        "duplicate",
        "SELECT s.id FROM statement s JOIN statement o ON o.id IN (s.duplicate_of, s.nested_in) "
        "WHERE o.article_id <> s.article_id",
        "it repeats, or stands inside, a statement of another article",
    ),
    (
        "statement",
        "SELECT s.id FROM statement s JOIN article a ON a.id = s.article_id "
        "WHERE s.source_id IS DISTINCT FROM a.source_id",
        "its outlet is not that of its article",
    ),
    (
        "speaker name",
        "SELECT DISTINCT speaker_id AS id FROM speaker_name n "
        "WHERE NOT EXISTS (SELECT FROM speaker WHERE id = n.speaker_id)",
        "a name leads to a speaker who is not there",
    ),
    (
        "group",
        "SELECT a.id FROM article a LEFT JOIN article f ON f.id = a.near_duplicate_group AND f.deleted_at IS NULL "
        "WHERE a.deleted_at IS NULL AND f.near_duplicate_group = f.id IS NOT TRUE",
        "its group of near duplicates has no first article",
    ),
    (
        "words",
        "SELECT id FROM article a WHERE deleted_at IS NULL "
        "AND NOT EXISTS (SELECT FROM article_words WHERE article_id = a.id) UNION ALL "
        "SELECT s.id FROM statement s JOIN article a ON a.id = s.article_id AND a.deleted_at IS NULL "
        "WHERE NOT EXISTS (SELECT FROM statement_words WHERE statement_id = s.id)",
        "Postgres' own search does not know it",
    ),
    (
        "outbox",
        f"SELECT entity || ' ' || entity_id AS id FROM outbox WHERE attempts >= {ATTEMPTS_ALLOWED} "
        f"OR created_at < now() - interval '{LAG_ALLOWED}' AND EXISTS (SELECT FROM search_index WHERE name <> 'words')",
        "the search engine has not learnt it",
    ),
)


async def _look_at_outbox(connection: asyncpg.Connection, check: Check) -> None:
    row = await connection.fetchrow(
        "SELECT count(*) AS pending, extract(epoch FROM now() - min(created_at))::float AS oldest FROM outbox"
    )
    assert row is not None
    check.outbox_pending, check.outbox_oldest_seconds = row["pending"], row["oldest"]
