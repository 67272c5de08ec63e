"""What a search answers, whoever asks: the hits with their rows, places and snippets, facets and the total."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

import asyncpg
import msgspec

from app.api.dependencies import WAIT_SECONDS
from app.corpus import articles, statements
from app.corpus.fields import Zone
from app.search import (
    Answer,
    ArticleSearch,
    Mark,
    Searcher,
    SearchParameters,
    Snippet,
    StatementSearch,
    highlights,
    snippets,
)
from app.search.parameters import Facet

PARAGRAPHS = ("body", "subheading")
FACETS: tuple[Facet, ...] = get_args(Facet)


class Found(msgspec.Struct, frozen=True):
    """The members of the answer, JSON in `items` as Postgres built it."""

    body: dict[str, Any]
    next_cursor: str | None
    degraded: bool


class Field(msgspec.Struct, frozen=True):
    """A text in which words were searched; `start` is where it stands in the field that clients know."""

    name: str
    text: str
    start: int = 0


async def found_by(question: ArticleSearch | StatementSearch, searcher: Searcher, pool: asyncpg.Pool) -> Found:
    """Ask the engine, then Postgres for the rows. No connection is held while the engine is waited for."""
    answer = await searcher.search(question)
    ids = [hit.id for hit in answer.hits]
    async with pool.acquire(timeout=WAIT_SECONDS) as connection:
        if isinstance(question, ArticleSearch):
            hits = _hits("article", answer, await articles.article_hits(connection, ids), article_fields, question)
        else:
            rows = await statements.statement_hits(connection, ids)
            hits = _hits("statement", answer, rows, statement_fields, question)
    body = {
        "items": hits,
        "next_cursor": answer.next_cursor,
        "total": {"value": answer.total, "relation": answer.relation},
        "facets": {name: answer.facets.get(name) for name in FACETS},
        "query_used": question.q.strip(),
        "corrections": [
            {"word": word, "meant": [term.plain for term in terms]} for word, terms in answer.query.corrections.items()
        ],
        "match": question.match,
        "engine": answer.engine,
        "degraded": answer.degraded,
    }
    return Found(body, answer.next_cursor, answer.degraded)


def article_fields(row: asyncpg.Record) -> Iterator[Field]:
    """The texts of an article that are searched; paragraphs at their places in `text`."""
    for zone in msgspec.json.decode(row["zones"], type=list[Zone]):
        if zone.kind in PARAGRAPHS:
            yield Field("text", row["text"][zone.start : zone.end], zone.start)
    yield Field("title", row["title"] or "")
    yield Field("caption", row["caption"] or "")


def statement_fields(row: asyncpg.Record) -> Iterator[Field]:
    """The texts of a statement that are searched."""
    yield Field("content", row["content"])
    yield Field("speaker", row["speaker"] or "")
    yield Field("role", row["role"] or "")


def _hits(
    name: str,
    found: Answer,
    rows: Mapping[str, asyncpg.Record],
    fields: Callable[[asyncpg.Record], Iterator[Field]],
    question: SearchParameters,
) -> list[dict[str, Any]]:
    """The rows with their scores and places; one that was deleted since it was indexed is left out."""
    hits = []
    for hit in found.hits:
        if row := rows.get(hit.id):
            marked = [(field, highlights(field.text, found.query)) for field in fields(row)]
            hits.append(
                {
                    "score": hit.score,
                    name: msgspec.Raw(row["json"].encode()),
                    "highlights": [_placed(field, mark) for field, marks in marks_in(marked) for mark in marks],
                    "snippets": _snippets(marked, question),
                }
            )
    return hits


def marks_in(marked: Sequence[tuple[Field, list[Mark]]]) -> Iterator[tuple[Field, list[Mark]]]:
    """Only the texts in which something was found."""
    return ((field, marks) for field, marks in marked if marks)


def _placed(field: Field, mark: Mark) -> dict[str, Any]:
    return {"field": field.name, "start": field.start + mark.start, "end": field.start + mark.end}


def _snippets(marked: Sequence[tuple[Field, list[Mark]]], question: SearchParameters) -> list[dict[str, Any]]:
    """Stretches of the main text, from where most is marked; its beginning where nothing is. In order of place."""
    chosen: list[dict[str, Any]] = []
    main = [(field, marks) for field, marks in marked if field.name == marked[0][0].name]
    richest = sorted(marks_in(main), key=lambda one: -len(one[1]))
    for field, marks in richest[: question.snippet_count] or main[:1]:
        wanted = question.snippet_count - len(chosen)
        found = snippets(field.text, marks, length=question.snippet_length, count=wanted)
        chosen.extend(_snippet(field, snippet) for snippet in found)
    return sorted(chosen, key=lambda snippet: snippet["start"])


def _snippet(field: Field, snippet: Snippet) -> dict[str, Any]:
    return {
        "field": field.name,
        "text": snippet.text,
        "start": field.start + snippet.start,
        "end": field.start + snippet.end,
        "highlights": [{"start": mark.start, "end": mark.end} for mark in snippet.marks],
    }
