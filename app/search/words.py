"""The words of articles and statements as Postgres' own search reads them: vectors built here, not by a parser."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.arabic.words import FORMS, Form, forms
from app.search.index_settings import words_hash
from app.search.lexemes import lexemes
from app.search.rows import ArticleRow, StatementRow, article_rows, statement_rows

# Under this name the table of indexes remembers by which rules the words were made.
WORDS = "words"
# Limits of tsvector: positions end at 16,383, a lexeme keeps 255 of them, all lexemes together 1 MB.
LAST_POSITION = 16_383
POSITIONS_KEPT = 255
VECTOR_BYTES = 1_000_000
# Words further apart than any phrase is long: no phrase may reach from one field into the next.
FIELD_GAP = 10
# Longer runs of letters are no words; they would only fill the vocabulary.
LONGEST_WORD = 30


class Field(NamedTuple):
    """One field of what is searched and its weight in Postgres' ranking: A, B, C or D."""

    text: str
    weight: str


def article_fields(row: ArticleRow) -> list[Field]:
    """What of an article is searched: the title above the caption above the body."""
    return [Field(row.title, "A"), Field(row.caption, "C"), Field(row.body, "D")]


def statement_fields(row: StatementRow) -> list[Field]:
    """What of a statement is searched: what was said, by whom, in which role."""
    return [Field(row.content, "A"), Field(row.speaker, "B"), Field(row.role, "C")]


def vector(fields: Iterable[Field], form: Form) -> str:
    """The fields as the text of a `tsvector`: each word with its positions and weight.

    Words hold letters and digits only, so nothing needs to be escaped.
    """
    places: dict[str, list[str]] = {}
    first = 1
    for field in fields:
        found = lexemes(field.text, form)
        marks = _marks(first, len(found.words), field.weight)
        for word, mark in zip(found.words, marks, strict=True):
            places.setdefault(word, []).append(mark)
        for at, key in found.keys.items():
            places.setdefault(key, []).append(marks[at])
        first += len(found.words) + FIELD_GAP
    written = _written(places.items())
    # Written out a vector is longer than kept, so most need no counting.
    return written if len(written) < VECTOR_BYTES // 2 else _written(_within_limit(places))


def _written(places: Iterable[tuple[str, list[str]]]) -> str:
    return " ".join([f"'{word}':{','.join(where[:POSITIONS_KEPT])}" for word, where in places])


def _marks(first: int, count: int, weight: str) -> list[str]:
    """Positions with their weight, as a vector writes them."""
    inside = max(0, min(count, LAST_POSITION - first + 1))
    return [f"{at}{weight}" for at in range(first, first + inside)] + [f"{LAST_POSITION}{weight}"] * (count - inside)


def _within_limit(places: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The words as they come, until they fill a vector; beyond the limit Postgres would refuse all of them."""
    size = 0
    for word, where in places.items():
        # A word's letters, and two bytes for each position and for their number.
        size += len(word.encode()) + 2 * min(len(where), POSITIONS_KEPT) + 4
        if size > VECTOR_BYTES:
            return
        yield word, where


_FORGET = text("""
    DELETE FROM article_words w USING article a
    WHERE a.id = w.article_id AND w.article_id = ANY(CAST(:ids AS text[])) AND a.deleted_at IS NOT NULL
""")
_FORGET_STATEMENTS = text("""
    DELETE FROM statement_words w USING statement s JOIN article a ON a.id = s.article_id
    WHERE s.id = w.statement_id AND s.article_id = ANY(CAST(:ids AS text[])) AND a.deleted_at IS NOT NULL
""")


def _upsert(table: str, key: str) -> str:
    return f"""
        INSERT INTO {table} ({key}, plain, folded, stem)
        SELECT id, plain::tsvector, folded::tsvector, stem::tsvector
        FROM unnest(CAST(:ids AS text[]), CAST(:plain AS text[]), CAST(:folded AS text[]), CAST(:stem AS text[]))
             AS given(id, plain, folded, stem)
        ON CONFLICT ({key}) DO UPDATE
        SET plain = excluded.plain, folded = excluded.folded, stem = excluded.stem
    """


_UPSERT_ARTICLES = text(_upsert("article_words", "article_id"))
_UPSERT_STATEMENTS = text(_upsert("statement_words", "statement_id"))
_NEW_WORDS = text("""
    INSERT INTO vocabulary (word)
    SELECT given.word FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS given(word, place)
    WHERE NOT EXISTS (SELECT FROM vocabulary v WHERE v.word = given.word)
    ORDER BY given.place
    ON CONFLICT DO NOTHING
""")

# The first words of a corpus are made by today's rules; later ones never change what is remembered.
_FIRST_WORDS = text(
    "INSERT INTO search_index (name, uid, settings_hash) VALUES (:name, :name, :hash) ON CONFLICT DO NOTHING"
)


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
    articles = [(row.id, article_fields(row)) for row in await article_rows(connection, ids)]
    statements = [(row.id, statement_fields(row)) for row in await statement_rows(connection, ids)]
    if articles:
        await connection.execute(_UPSERT_ARTICLES, _vectors(articles))
    if statements:
        await connection.execute(_UPSERT_STATEMENTS, _vectors(statements))
    new = vocabulary_of(field.text for _, fields in (*articles, *statements) for field in fields)
    if new:
        await connection.execute(_NEW_WORDS, {"words": new})
    await connection.execute(_FIRST_WORDS, {"name": WORDS, "hash": words_hash()})


def vocabulary_of(texts: Iterable[str]) -> list[str]:
    """The distinct folded words of these texts, sorted by code point."""
    return sorted({word for one in texts for word in forms(one, "folded") if len(word) <= LONGEST_WORD})


def _vectors(entities: Sequence[tuple[str, list[Field]]]) -> dict[str, list[str]]:
    vectors = {str(form): [vector(fields, form) for _, fields in entities] for form in FORMS}
    return {"ids": [id for id, _ in entities], **vectors}
