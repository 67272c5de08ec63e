"""A small invented corpus, written straight into the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.arabic.names import name_key
from app.arabic.words import forms
from app.search import refresh_words


@dataclass
class Said:
    """A statement in an article; all its words follow each other in the article's text."""

    id: str
    content: str
    speaker: str | None = None
    role: str | None = None
    kind: str = "indirect"
    stance: str = "assert"
    channel: str | None = None
    confidence: float = 0.9
    repeats: str | None = None
    party: str | None = None
    places: list[str] = field(default_factory=list)


@dataclass
class Page:
    """An article."""

    id: str
    title: str = ""
    body: str = ""
    caption: str = ""
    source: str = "one.example"
    published: str | None = "2018-11-25"
    statements: list[Said] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


async def write_pages(connection: AsyncConnection, pages: Iterable[Page]) -> None:
    """Write new articles with their statements, their words, and an outbox row for each."""
    pages = list(pages)
    for page in pages:
        await _write(connection, page)
    await refresh_words(connection, [page.id for page in pages])


async def _write(connection: AsyncConnection, page: Page) -> None:
    parts = [part for said in page.statements for part in (said.content, said.role) if part]
    text_of_page = "\n\n".join([page.body, *parts])
    published = datetime.fromisoformat(page.published).replace(tzinfo=UTC) if page.published else None
    await connection.execute(_SOURCE, {"id": page.source})
    await connection.execute(_CAPTURE, {"id": page.id})
    await connection.execute(
        _ARTICLE,
        {
            "id": page.id,
            "capture": page.id,
            "hash": page.id,
            "source": page.source,
            "title": page.title or None,
            "caption": page.caption or None,
            "text": text_of_page,
            "body": page.body,
            "words": len(forms(page.body, "plain")),
            "published": published,
            "precision": "day" if published else "unknown",
            "places": page.places,
        },
    )
    for place, said in enumerate(page.statements):
        speaker = f"sp-{said.speaker}" if said.speaker else None
        party = f"sp-{said.party}" if said.party else None
        for name in (said.party, said.speaker):
            if name:
                row = {"id": f"sp-{name}", "name": name, "key": name_key(name), "party": party}
                await connection.execute(_SPEAKER, row)
        start = text_of_page.index(said.content)
        await connection.execute(
            _STATEMENT,
            {
                "id": said.id,
                "article": page.id,
                "source": page.source,
                "published": published,
                "ordinal": place,
                "kind": said.kind,
                "content": said.content,
                "start": start,
                "end": start + len(said.content),
                "stance": said.stance,
                "speaker": speaker,
                "role": said.role,
                "role_start": text_of_page.index(said.role) if said.role else None,
                "role_end": text_of_page.index(said.role) + len(said.role) if said.role else None,
                "channel": said.channel,
                "confidence": said.confidence,
                "repeats": said.repeats,
                "places": said.places,
            },
        )
    await connection.execute(_OUTBOX, {"id": page.id})


_SOURCE = text("INSERT INTO source (id) VALUES (:id) ON CONFLICT DO NOTHING")
_CAPTURE = text("INSERT INTO capture (id, content, content_length) VALUES (:id, '', 0)")
_ARTICLE = text("""
    INSERT INTO article (id, source_id, capture_id, title, caption, text, body, zones, published_at,
                         published_precision, published_evidence, language, word_count, content_hash, reader_version,
                         extractor_version, places)
    VALUES (:id, :source, :capture, :title, :caption, :text, :body, '[]', :published, :precision, '{}', 'ar', :words,
            :hash, '1', '1', :places)
""")
_SPEAKER = text("""
    INSERT INTO speaker (id, name, key, kind, aliases, romanised, party_id)
    VALUES (:id, :name, :key, 'person', '{}', '{}', :party) ON CONFLICT DO NOTHING
""")
_STATEMENT = text("""
    INSERT INTO statement (id, article_id, source_id, published_at, ordinal, zone, kind, content, content_start,
                           content_end, segments, stance, polarity, speaker_id, role, role_start, role_end,
                           channel_kind, confidence, rule, reasons, extractor_version, review_state, duplicate_of,
                           places)
    VALUES (:id, :article, :source, :published, :ordinal, 'body', :kind, :content, :start, :end, '[]', :stance,
            'affirmed', :speaker, :role, :role_start, :role_end, :channel, :confidence, 'test', '{}', '1',
            'unreviewed', :repeats, :places)
""")
_OUTBOX = text("INSERT INTO outbox (entity, entity_id, operation) VALUES ('article', :id, 'upsert')")


async def clear(connection: AsyncConnection) -> None:
    """Take everything out of the corpus again."""
    await connection.execute(
        text("TRUNCATE article, capture, source, speaker, outbox, vocabulary, search_index CASCADE")
    )
