"""Search: what is found, where its words stand in the texts as written, and how much more there is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Annotated, Any, get_args

import asyncpg
import msgspec
from fastapi import Query, Request
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import database
from app.api.hits import ArticleHits, StatementHits
from app.api.paging import link_to_next
from app.api.routes import resource
from app.corpus import articles, statements
from app.corpus.fields import Zone
from app.search import Answer, ArticleSearch, Mark, SearchParameters, Snippet, StatementSearch, highlights, snippets
from app.search.parameters import Facet

router = resource("/v1/search", tag="search")

PARAGRAPHS = ("body", "subheading")
FACETS: tuple[Facet, ...] = get_args(Facet)


class Field(msgspec.Struct, frozen=True):
    """A text in which words were searched; `start` is where it stands in the field that clients know."""

    name: str
    text: str
    start: int = 0


@router.get("/articles", response_model=ArticleHits)
async def search_articles(request: Request, question: Annotated[ArticleSearch, Query()]) -> Response:
    """Articles in which these words stand: in the title, the caption of the picture or the body.

    Highlights in `text` point into the article's `text`, those in `title` and `caption` into these.
    """
    began = perf_counter()
    found = await request.app.state.searcher.search(question)
    async with database(request) as connection:
        rows = await articles.article_hits(connection, [hit.id for hit in found.hits])
    hits = _hits("article", found, rows, article_fields, question)
    return _answer(request, question, found, hits, began)


@router.get("/statements", response_model=StatementHits)
async def search_statements(request: Request, question: Annotated[StatementSearch, Query()]) -> Response:
    """Statements in which these words stand: in what was said, in the speaker's names, in the role.

    Highlights point into `content.text`, `speaker.name` and `role.text` of the statement: add `content.start` for
    the place in the article. `in` says where to look. Repetitions in headlines and pull quotes are left out unless
    `duplicates=true`.
    """
    began = perf_counter()
    found = await request.app.state.searcher.search(question)
    async with database(request) as connection:
        rows = await statements.statement_hits(connection, [hit.id for hit in found.hits])
    hits = _hits("statement", found, rows, statement_fields, question)
    return _answer(request, question, found, hits, began)


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


def _answer(
    request: Request, question: SearchParameters, found: Answer, hits: list[dict[str, Any]], began: float
) -> Response:
    body = {
        "items": hits,
        "next_cursor": found.next_cursor,
        "total": {"value": found.total, "relation": found.relation},
        "facets": {name: found.facets.get(name) for name in FACETS},
        "query_used": question.q.strip(),
        "corrections": [
            {"word": word, "meant": [term.plain for term in terms]} for word, terms in found.query.corrections.items()
        ],
        "match": question.match,
        "engine": found.engine,
        "degraded": found.degraded,
    }
    content = msgspec.json.encode(body)
    timed = content[:-1] + b',"took_ms":%.1f}' % ((perf_counter() - began) * 1000)
    headers = link_to_next(request, found.next_cursor)
    return answer(request, timed, tag_of=content, headers=headers, fresh=not found.degraded)
