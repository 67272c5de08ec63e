"""Pages into the corpus: what is there is compared with what came, and only the difference is written.

A transaction takes its locks in one order, so that any number of them can run side by side without a deadlock:
first the one that keeps speakers from being merged meanwhile; then the advisory locks of all its articles (by id and by
content), sorted; then the rows of captures, sources and speakers, each table sorted by id; then what belongs to the
locked articles alone; last the words of Postgres' own search, sorted as well. Whoever holds an article's lock sees its
last committed state and nobody else changes it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.corpus.bulk import Bulk, keep, overwrite
from app.corpus.fields import SpeakerFields, Verdict
from app.corpus.name_keys import name_keys
from app.corpus.records import Record, Row, merged
from app.corpus.tables.articles import Article, Capture, Mention, Source, Statement
from app.corpus.tables.names import Speaker, SpeakerName
from app.corpus.tables.search import Outbox
from app.corpus.tables.work import ImportItem


def _table(model: Any) -> Table:
    return cast(Table, model.__table__)


ARTICLE, STATEMENT, MENTION = _table(Article), _table(Statement), _table(Mention)
CAPTURE, SOURCE, SPEAKER = _table(Capture), _table(Source), _table(Speaker)
SPEAKER_NAME, IMPORT_ITEM, OUTBOX = _table(SpeakerName), _table(ImportItem), _table(Outbox)

# Which program read a page, and from which copy of it, is no news of the article.
PROVENANCE = frozenset({"capture_id", "reader_version", "extractor_version"})
# The key of the lock that whoever merges speakers holds alone, and all writers hold together.
MERGING = 0x6D65726765


class KnownPage(NamedTuple):
    """A page that was read before, to the byte, by the reader and extractor of today."""

    article_id: str
    source_id: str | None
    canonical_url: str | None
    media_type: str | None
    deleted: bool


class Change(NamedTuple):
    """What one page means for the corpus, and for how many statements."""

    verdict: Verdict
    article_id: str
    detail: str | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class Stored:
    """What the corpus holds of the articles at hand; kept up to date while the pages of a batch are decided."""

    articles: dict[str, Row]
    statements: dict[str, dict[str, Row]]
    first_with_content: dict[str, str]
    merged_speakers: dict[str, str]


@dataclass
class Changes:
    """What a batch writes, gathered page by page."""

    created: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    reread: list[Row] = field(default_factory=list)
    statements: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    speakers: list[SpeakerFields] = field(default_factory=list)
    met_anew: set[str] = field(default_factory=set)
    mentions: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def new(self) -> set[str]:
        """The articles of which the corpus holds nothing yet."""
        return {row["id"] for row in self.created}

    @property
    def touched(self) -> list[str]:
        """The articles that search has to learn anew, sorted."""
        return sorted({row["id"] for row in (*self.created, *self.updated)})


async def known_pages(
    connection: AsyncConnection, captures: Collection[str], *, reader_version: str, extractor_version: str
) -> dict[str, KnownPage]:
    """Which of these captures were read into articles already, by today's reader and extractor."""
    columns = ("id", "source_id", "canonical_url", "deleted_at")
    question = (
        select(CAPTURE.c.id, CAPTURE.c.media_type, *(ARTICLE.c[name] for name in columns))
        .join_from(ARTICLE, CAPTURE, ARTICLE.c.capture_id == CAPTURE.c.id)
        .where(
            ARTICLE.c.capture_id.in_(captures),
            ARTICLE.c.reader_version == reader_version,
            ARTICLE.c.extractor_version == extractor_version,
        )
    )
    rows = await connection.execute(question)
    return {
        capture: KnownPage(article, source, url, media_type, deleted is not None)
        for capture, media_type, article, source, url, deleted in rows
    }


async def lock_articles(connection: AsyncConnection, records: Iterable[Record], *others: str) -> None:
    """Wait until this transaction alone may write these articles, any other of the same content, and `others`."""
    await connection.execute(_NO_MERGING)
    names = {name for one in records for name in (f"article:{one.id}", f"content:{one.content_hash}")}
    names |= {f"article:{id}" for id in others}
    await connection.execute(_LOCK, {"names": list(names)})


_NO_MERGING = text(f"SELECT pg_advisory_xact_lock_shared({MERGING})")
_LOCK = text("""
    SELECT pg_advisory_xact_lock(key)
    FROM (
        SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(CAST(:names AS text[])) AS name ORDER BY key
    ) AS sorted
""")


async def stored(connection: AsyncConnection, records: Sequence[Record]) -> Stored:
    """What the corpus holds of these articles. To be asked after their locks are held."""
    ids = [one.id for one in records]
    articles = await connection.execute(select(ARTICLE).where(ARTICLE.c.id.in_(ids)))
    statements = await connection.execute(select(STATEMENT).where(STATEMENT.c.article_id.in_(ids)))
    twins = await connection.execute(
        select(ARTICLE.c.content_hash, ARTICLE.c.id)
        .where(ARTICLE.c.content_hash.in_([one.content_hash for one in records]), ARTICLE.c.deleted_at.is_(None))
        .order_by(ARTICLE.c.created_at.desc(), ARTICLE.c.id.desc())
    )
    first = {row.content_hash: row.id for row in twins}  # the oldest comes last and stays
    merged_speakers = {row.id: row.merged_into for row in await connection.execute(_MERGED_SPEAKERS)}
    found = Stored({row["id"]: dict(row) for row in articles.mappings()}, {}, first, merged_speakers)
    for row in statements.mappings():
        found.statements.setdefault(row["article_id"], {})[row["id"]] = dict(row)
    return found


_MERGED_SPEAKERS = select(SPEAKER.c.id, SPEAKER.c.merged_into).where(SPEAKER.c.merged_into.is_not(None))


def decide(one: Record, stored: Stored, changes: Changes) -> Change:
    """What a page means for the corpus as it is; notes in `changes` what to write, in `stored` what will be there."""
    one = one.of_speakers(stored.merged_speakers)
    before = stored.articles.get(one.id)
    if before is None:
        first = stored.first_with_content.setdefault(one.content_hash, one.id)
        if first != one.id:
            return Change("duplicate", first, "the same words at another address")
        changes.created.append(one.article)
        _note(one, {row["id"]: row for row in one.statements}, stored, changes)
        return Change("created", one.id, added=len(one.statements))
    if before.get("deleted_at") is not None:
        return unchanged(one.id, deleted=True)
    return _compared(one, before, stored, changes)


def unchanged(article_id: str, *, deleted: bool = False) -> Change:
    """Nothing is new; an article that was deleted stays so, whoever brings it again."""
    return Change("unchanged", article_id, "the article was deleted and stays so" if deleted else None)


def _compared(one: Record, before: Row, stored: Stored, changes: Changes) -> Change:
    old = stored.statements.get(one.id, {})
    moved = {row["id"]: row for row in one.statements if _differs(row, old.get(row["id"]))}
    gone = old.keys() - {row["id"] for row in one.statements}
    if not _differs(one.article, before) and not moved and not gone:
        if any(one.article[name] != before[name] for name in ("reader_version", "extractor_version")):
            changes.reread.append({"key": one.id, **{name: one.article[name] for name in PROVENANCE}})
            before.update(one.article)
        return unchanged(one.id)
    changes.updated.append(one.article)
    changes.gone |= gone
    for id in gone:  # written a moment ago by another version of the page in the same batch
        changes.statements.pop(id, None)
    _note(one, moved, stored, changes)
    added = len(moved.keys() - old.keys())
    return Change("updated", one.id, added=added, changed=len(moved) - added, removed=len(gone))


def _note(one: Record, written: dict[str, Row], stored: Stored, changes: Changes) -> None:
    changes.statements |= written
    changes.gone -= written.keys()
    changes.speakers += one.speakers
    changes.met_anew |= {stored.merged_speakers[met.id] for met in one.speakers if met.id in stored.merged_speakers}
    changes.mentions[one.id] = one.mentions
    stored.first_with_content.setdefault(one.content_hash, one.id)
    stored.articles[one.id] = one.article
    stored.statements[one.id] = {row["id"]: row for row in one.statements}


def _differs(row: Row, before: Row | None) -> bool:
    return before is None or any(before[name] != value for name, value in row.items() if name not in PROVENANCE)


async def write(connection: AsyncConnection, changes: Changes) -> None:
    """Write what was decided, and for the search engine what it has to learn."""
    new = changes.new
    await _write_sources(connection, (*changes.created, *changes.updated))
    await _write_speakers(connection, merged(changes.speakers), changes.met_anew)
    # The last word on an article counts; one that was created and changed in the same batch is both.
    articles = {row["id"]: row for row in (*changes.created, *changes.updated)}
    await _ARTICLES.add(connection, [row for row in articles.values() if row["id"] in new])
    await _ARTICLES.insert(connection, [row for row in articles.values() if row["id"] not in new])
    if changes.reread:
        await connection.execute(_REREAD, changes.reread)
    statements = changes.statements.values()
    await _STATEMENTS.add(connection, [row for row in statements if row["article_id"] in new])
    await _STATEMENTS.insert(connection, [row for row in statements if row["article_id"] not in new])
    if changes.gone:
        await connection.execute(delete(STATEMENT).where(STATEMENT.c.id.in_(changes.gone)))
    if updated := changes.mentions.keys() & {row["id"] for row in changes.updated}:
        await connection.execute(delete(MENTION).where(MENTION.c.article_id.in_(updated)))
    await _MENTIONS.add(connection, [row for rows in changes.mentions.values() for row in rows])
    await _LESSONS.add(connection, _lessons(changes))


def _lessons(changes: Changes) -> list[Row]:
    upserts = [{"entity": "article", "entity_id": id, "operation": "upsert"} for id in changes.touched]
    deletes = [{"entity": "statement", "entity_id": id, "operation": "delete"} for id in sorted(changes.gone)]
    return upserts + deletes


async def write_captures(connection: AsyncConnection, captures: Iterable[Row]) -> None:
    """Keep the bytes; those that are kept already stay as they are, but a feed's record that was read by other names
    of its fields is read by the new ones from now on.
    """
    rows = {row["id"]: row for row in captures}
    await _CAPTURES.insert(connection, [rows[id] for id in sorted(rows)])


async def write_items(connection: AsyncConnection, items: Sequence[Row]) -> None:
    """Note the verdicts of an import's pages.

    A verdict that stands already stays: it was committed by an attempt whose answer was lost on the way.
    """
    await _ITEMS.insert(connection, items)


async def _write_sources(connection: AsyncConnection, articles: Iterable[Row]) -> None:
    names = sorted({str(row["source_id"]) for row in articles if row["source_id"]})
    await _SOURCES.insert(connection, [{"id": name, "domain": name if "." in name else None} for name in names])


async def _write_speakers(connection: AsyncConnection, speakers: Sequence[SpeakerFields], met_anew: set[str]) -> None:
    """Keep these speakers, sorted by id. Search has to learn anew what a speaker said who gained an alias, or was met
    (`met_anew`) by the name of one who was merged into him.
    """
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "key": one.key,
            "kind": one.kind,
            "aliases": one.aliases,
            "romanised": one.romanised,
            "party_id": one.party_id,
        }
        for one in speakers
    ]
    written = dict(await _SPEAKERS.insert(connection, rows))
    await _SPEAKER_NAMES.add(connection, _names(one for one in speakers if written.get(one.id) is True))
    await _SPEAKER_NAMES.insert(connection, _names(one for one in speakers if written.get(one.id) is False))
    gained = sorted({*met_anew, *(id for id, is_new in written.items() if not is_new)})
    await _LESSONS.add(connection, [{"entity": "speaker", "entity_id": id, "operation": "upsert"} for id in gained])


def _names(speakers: Iterable[SpeakerFields]) -> list[Row]:
    return [
        {"speaker_id": one.id, "key": key, "name": name, "rank": rank}
        for one in speakers
        for key, name, rank in name_keys(one.names)
    ]


# Only a speaker who gains an alias is written again; the name and kind first met stay.
_ONE_MORE_ALIAS = """
    ON CONFLICT (id) DO UPDATE SET aliases = ARRAY(
        SELECT DISTINCT alias FROM unnest(speaker.aliases || excluded.aliases || excluded.name::text) AS alias
        WHERE alias <> speaker.name ORDER BY alias)
    WHERE NOT speaker.aliases || speaker.name::text @> (excluded.aliases || excluded.name::text)
    RETURNING id, xmax = 0
"""
_REREAD = update(ARTICLE).where(ARTICLE.c.id == bindparam("key")).values({name: bindparam(name) for name in PROVENANCE})
_ARTICLES, _STATEMENTS = Bulk(ARTICLE, overwrite()), Bulk(STATEMENT, overwrite("article_id"))
# Only what was read has a charset that was found.
_OTHER_NAMES = """
    ON CONFLICT (id) DO UPDATE SET media_type = excluded.media_type
    WHERE capture.media_type <> excluded.media_type AND excluded.detected_charset IS NOT NULL
    AND split_part(capture.media_type, ';', 1) = split_part(excluded.media_type, ';', 1)
"""
_CAPTURES, _SOURCES, _ITEMS = Bulk(CAPTURE, lambda names: _OTHER_NAMES), Bulk(SOURCE, keep), Bulk(IMPORT_ITEM, keep)
_MENTIONS, _LESSONS, _SPEAKER_NAMES = Bulk(MENTION), Bulk(OUTBOX), Bulk(SPEAKER_NAME, keep)
_SPEAKERS = Bulk(SPEAKER, lambda names: _ONE_MORE_ALIAS)
