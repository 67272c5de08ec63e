"""The words of articles and statements in Postgres, for its own search: vectors written, the vocabulary completed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.arabic.words import FORMS
from app.corpus.bulk import copy
from app.search.engine import Entity
from app.search.index_settings import words_hash
from app.search.rows import article_rows, statement_rows
from app.search.vectors import Vectors, article_fields, statement_fields, vectors

# Under this name the table of indexes remembers by which rules the words were made.
WORDS = "words"
_PARTS = (*FORMS, "line", "length")
_FORGET = text("""
    DELETE FROM article_words w USING article a
    WHERE a.id = w.article_id AND w.article_id = ANY(CAST(:ids AS text[])) AND a.deleted_at IS NOT NULL
""")
_FORGET_STATEMENTS = text("""
    DELETE FROM statement_words w USING statement s JOIN article a ON a.id = s.article_id
    WHERE s.id = w.statement_id AND s.article_id = ANY(CAST(:ids AS text[])) AND a.deleted_at IS NOT NULL
""")


def _upsert(entity: Entity) -> str:
    """Write words, with the date of what they are of."""
    return f"""
        INSERT INTO {entity}_words ({entity}_id, plain, folded, stem, line, length, published_at)
        SELECT id, plain, folded, stem, line, length, written.published_at
        FROM unnest(CAST(:ids AS text[]), CAST(:plain AS tsvector[]), CAST(:folded AS tsvector[]),
                    CAST(:stem AS tsvector[]), CAST(:line AS text[]), CAST(:length AS integer[]))
                    AS given(id, plain, folded, stem, line, length)
        JOIN {entity} written USING (id) ORDER BY id
        ON CONFLICT ({entity}_id) DO UPDATE
        SET plain = excluded.plain, folded = excluded.folded, stem = excluded.stem, line = excluded.line,
            length = excluded.length, published_at = excluded.published_at
    """


_UPSERT_ARTICLES = text(_upsert("article"))
_UPSERT_STATEMENTS = text(_upsert("statement"))
# Each word is looked up in the index. Asked which are lacking, Postgres would rather read the whole vocabulary. In one
# line, for words hold no space: an array takes the driver eight times as long.
_NEW_WORDS = text("""
    INSERT INTO vocabulary (word)
    SELECT given.word FROM string_to_table(CAST(:words AS text), ' ') WITH ORDINALITY AS given(word, place)
    ORDER BY given.place
    ON CONFLICT DO NOTHING
""")

# Only their owner may: for another role the lists stay until they are full, or Postgres tidies up.
_SORT_IN = text("""
    SELECT gin_clean_pending_list(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin'
    WHERE i.indrelid IN ('article_words'::regclass, 'statement_words'::regclass) AND pg_has_role(c.relowner, 'USAGE')
""")

# The first words of a corpus are made by today's rules; later ones never change what is remembered.
_FIRST_WORDS = text(
    "INSERT INTO search_index (name, uid, settings_hash) VALUES (:name, :name, :hash) ON CONFLICT DO NOTHING"
)


class KnownWords:
    """Words that stand in the vocabulary for good, so that they need not be looked up in it again.

    Nothing ever takes a word out of the vocabulary, and one is noted only when its transaction has been committed.
    The first words that come are the commonest: when so many are known, the others are looked up each time.
    """

    MOST = 100_000  # some 15 MB

    def __init__(self) -> None:
        self._words: set[str] = set()

    def new_among(self, words: Iterable[str]) -> set[str]:
        """Those that have to be written, as far as is known."""
        return set(words) - self._words

    def committed(self, words: Iterable[str]) -> None:
        """Remember what is in the vocabulary now."""
        if len(self._words) < self.MOST:
            self._words.update(words)


async def refresh_words(connection: AsyncConnection, article_ids: Sequence[str]) -> None:
    """Write what Postgres' own search knows of these articles and their statements, in the caller's transaction.

    Call it once a transaction, after articles, speakers and statements are written (flushed). Rows and words go
    in sorted, so that transactions doing the same at once wait for each other in one order and never in a circle.
    A deleted article's words are removed; those of deleted statements go with them by their foreign key.
    """
    ids = sorted(set(article_ids))
    if not ids:
        return
    await connection.execute(_FORGET_STATEMENTS, {"ids": ids})
    await connection.execute(_FORGET, {"ids": ids})
    articles = {
        row.id: vectors(article_fields(row.title, row.caption, row.body)) for row in await article_rows(connection, ids)
    }
    statements = {
        row.id: vectors(statement_fields(row.content, row.speaker, row.role))
        for row in await statement_rows(connection, ids)
    }
    await write_words(connection, articles, statements)
    await complete_vocabulary(
        connection, {word for made in (*articles.values(), *statements.values()) for word in made.words}
    )


async def write_words(
    connection: AsyncConnection, articles: Mapping[str, Vectors], statements: Mapping[str, Vectors]
) -> None:
    """Write vectors over those that are there, by the ids of what they are of."""
    if articles:
        await connection.execute(_UPSERT_ARTICLES, _columns(articles))
    if statements:
        await connection.execute(_UPSERT_STATEMENTS, _columns(statements))


class NewWords(NamedTuple):
    """The vectors of an article that has none yet, with its date, and those of its statements by their ids."""

    article_id: str
    published_at: datetime | None
    article: Vectors
    statements: Mapping[str, Vectors]


async def add_words(connection: AsyncConnection, new: Sequence[NewWords]) -> None:
    """Write the vectors of articles and statements that this transaction brings into the corpus."""
    articles = [(one.article_id, one.published_at, one.article) for one in new]
    statements = [(id, one.published_at, made) for one in new for id, made in one.statements.items()]
    for entity, rows in (("article", articles), ("statement", statements)):
        columns = (f"{entity}_id", "published_at", *_PARTS)
        values = ((id, published, *(getattr(made, part) for part in _PARTS)) for id, published, made in rows)
        if rows:
            await copy(connection, f"{entity}_words", columns, values)


async def complete_vocabulary(connection: AsyncConnection, words: Collection[str]) -> None:
    """Write the words that the vocabulary may lack, and by which rules the corpus' first words were made."""
    if words:
        await connection.execute(_NEW_WORDS, {"words": " ".join(sorted(words))})
    await connection.execute(_FIRST_WORDS, {"name": WORDS, "hash": words_hash()})


async def sort_in(connection: AsyncConnection) -> None:
    """Empty the lists in which words wait to be sorted into their indexes: searches would read through them."""
    await connection.execute(_SORT_IN)


def _columns(made: Mapping[str, Vectors]) -> dict[str, list[Any]]:
    """Rows in the order of their ids, column by column."""
    rows = sorted(made.items())
    return {
        "ids": [id for id, _ in rows],
        **{part: [getattr(vectors, part) for _, vectors in rows] for part in _PARTS},
    }
