"""What the index is made of: the rows of articles and statements that search needs, asked of Postgres."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


class ArticleRow(NamedTuple):
    """One living article, as search sees it."""

    id: str
    source_id: str | None
    published_at: datetime | None
    title: str
    caption: str
    body: str
    places: list[str]


class StatementRow(NamedTuple):
    """One statement of a living article, as search sees it; `speaker` holds all of the speaker's names."""

    id: str
    article_id: str
    source_id: str | None
    published_at: datetime | None
    speaker_id: str | None
    kind: str
    stance: str | None
    channel: str | None
    zone: str
    polarity: str
    confidence: float
    duplicate: bool
    copy: bool
    content: str
    speaker: str
    role: str
    party_id: str | None
    places: list[str]


_ARTICLES = text("""
    SELECT id, source_id, published_at, coalesce(title, ''), coalesce(caption, ''), body, places
    FROM article WHERE id = ANY(CAST(:ids AS text[])) AND deleted_at IS NULL ORDER BY id
""")

_STATEMENTS = text("""
    SELECT s.id, s.article_id, s.source_id, s.published_at, s.speaker_id, s.kind, s.stance, s.channel_kind, s.zone,
           s.polarity, s.confidence, s.duplicate_of IS NOT NULL, s.copy_of IS NOT NULL,
           s.content,
           concat_ws(' . ', p.name, s.speaker_text, array_to_string(p.aliases || p.romanised, ' . ')),
           concat_ws(' . ', s.role, s.affiliation), p.party_id, s.places
    FROM statement s JOIN article a ON a.id = s.article_id LEFT JOIN speaker p ON p.id = s.speaker_id
    WHERE s.article_id = ANY(CAST(:ids AS text[])) AND a.deleted_at IS NULL ORDER BY s.id
""")


async def article_rows(connection: AsyncConnection, article_ids: Sequence[str]) -> list[ArticleRow]:
    """The living ones among these articles, by id."""
    return [ArticleRow(*row) for row in await connection.execute(_ARTICLES, {"ids": list(article_ids)})]


async def statement_rows(connection: AsyncConnection, article_ids: Sequence[str]) -> list[StatementRow]:
    """All statements of the living ones among these articles, by id."""
    return [StatementRow(*row) for row in await connection.execute(_STATEMENTS, {"ids": list(article_ids)})]
