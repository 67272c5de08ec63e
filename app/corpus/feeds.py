"""What came into the corpus last: the rows of feeds, the latest arrival first.

By arrival, not by date of publication: an article of last year that comes today, or one whose page gives no date, is
news to whoever follows a feed.
"""

import asyncpg

from app.corpus import articles, statements
from app.corpus.questions import Conditions, Connection

_SOURCE = "o.id AS source_id, coalesce(o.name_ar, o.name_en, o.id) AS source_name"
_ARTICLE = f"""
    SELECT a.id, a.title, a.caption, a.url, a.author, a.language, left(a.body, :longest) AS body, a.published_at,
        a.updated_at, {_SOURCE}
    FROM {articles.TABLES}"""
_STATEMENT = f"""
    SELECT s.id, s.content, s.kind, s.stance, s.role, p.name AS speaker, s.speaker_text, a.id AS article_id,
        a.title AS article_title, a.url, a.language, s.published_at,
        greatest(s.updated_at, a.updated_at) AS updated_at, {_SOURCE}
    FROM {statements.TABLES}"""


async def latest_articles(
    connection: Connection, where: Conditions, *, limit: int, longest: int
) -> list[asyncpg.Record]:
    """The articles that came last, each with at most `longest` code points of its body."""
    cut, most = where.value(longest), where.value(limit)
    return await _latest(connection, _ARTICLE.replace(":longest", cut), where, "a", most)


async def latest_statements(connection: Connection, where: Conditions, *, limit: int) -> list[asyncpg.Record]:
    """The statements that came last."""
    return await _latest(connection, _STATEMENT, where, "s", where.value(limit))


async def _latest(
    connection: Connection, select: str, where: Conditions, table: str, limit: str
) -> list[asyncpg.Record]:
    question = f"{select} {where} ORDER BY {table}.created_at DESC, {table}.id DESC LIMIT {limit}"
    return list(await connection.fetch(question, *where.values))
