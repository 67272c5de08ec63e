"""`qawl search`: find statements or articles and print them for reading, or as JSON."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer
from pydantic import ValidationError

from app.errors import InvalidValue
from app.settings import settings

if TYPE_CHECKING:
    from app.search import Answer, ArticleSearch, Snippet, StatementSearch


class Found(msgspec.Struct):
    """One hit, as printed. `snippets` have their marks in code points of their own text."""

    id: str
    score: float
    heading: str
    where: str
    snippets: "list[dict[str, Any]]"


def search(
    q: Annotated[str, typer.Argument(help='Words to find; "…" is a phrase, -word excludes.')],
    where: Annotated[Literal["statements", "articles"], typer.Option("--in", help="What to search.")] = "statements",
    match: Annotated[Literal["exact", "normal", "stem"], typer.Option(help="How alike words must be.")] = "stem",
    sort: Annotated[Literal["relevance", "newest", "oldest"], typer.Option()] = "relevance",
    source: Annotated[list[str] | None, typer.Option(help="Id of an outlet.")] = None,
    speaker: Annotated[list[str] | None, typer.Option(help="Id or name of a speaker.")] = None,
    published_from: Annotated[str | None, typer.Option(metavar="DAY", help="On this day or later.")] = None,
    published_to: Annotated[str | None, typer.Option(metavar="DAY", help="Before this day.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    cursor: Annotated[str | None, typer.Option(help="Go on where the answer before ended.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Search the corpus of a running instance, or of the one that the settings name."""
    from app.cli.serve import use
    from app.embedded import servers
    from app.search import ArticleSearch, StatementSearch

    given = {
        "q": q,
        "match": match,
        "sort": sort,
        "source": source or [],
        "speaker": speaker or [],
        "published_from": published_from,
        "published_to": published_to,
        "limit": limit,
        "cursor": cursor,
    }
    try:
        wanted = (StatementSearch if where == "statements" else ArticleSearch).model_validate(given)
    except ValidationError as failure:
        raise InvalidValue("; ".join(f"{error['loc'][0]}: {error['msg']}" for error in failure.errors())) from None
    with servers(settings()) as running:
        use(running.environment())
        answer, found = asyncio.run(_search(wanted))
    if as_json:
        typer.echo(msgspec.json.encode(_as_json(answer, found)))
    else:
        _tell(answer, found)


async def _search(wanted: "ArticleSearch | StatementSearch") -> "tuple[Answer, list[Found]]":
    from app.corpus.database import open_pool
    from app.search import ArticleSearch, open_searcher

    database_url = settings().database_url
    assert database_url is not None
    pool = await open_pool(database_url.get_secret_value(), size=4)
    try:
        async with open_searcher(settings(), pool) as searcher:
            answer = await searcher.search(wanted)
        question = _ARTICLES if isinstance(wanted, ArticleSearch) else _STATEMENTS
        rows = {row["id"]: row for row in await pool.fetch(question, [hit.id for hit in answer.hits])}
    finally:
        await pool.close()
    return answer, [_found(rows[hit.id], hit.score, answer) for hit in answer.hits if hit.id in rows]


_ARTICLES = """
    SELECT id, coalesce(title, url, id) AS heading, source_id, published_at, body AS text
    FROM article WHERE id = ANY($1::text[]) AND deleted_at IS NULL
"""
_STATEMENTS = """
    SELECT s.id, coalesce(p.name, s.speaker_text, '؟') || coalesce('، ' || s.role, '') AS heading, s.source_id,
           s.published_at, s.content AS text
    FROM statement s LEFT JOIN speaker p ON p.id = s.speaker_id WHERE s.id = ANY($1::text[])
"""


def _found(row: Any, score: float, answer: "Answer") -> Found:
    from app.search import highlights, snippets

    day: datetime | None = row["published_at"]
    where = ", ".join(part for part in (row["source_id"], f"{day:%Y-%m-%d}" if day else None, row["id"]) if part)
    cut = snippets(row["text"], highlights(row["text"], answer.query), length=240, count=2)
    return Found(row["id"], score, row["heading"], where, [_snippet(one) for one in cut])


def _snippet(snippet: "Snippet") -> dict[str, Any]:
    return {"text": snippet.text, "highlights": [{"start": mark.start, "end": mark.end} for mark in snippet.marks]}


def _as_json(answer: "Answer", found: list[Found]) -> dict[str, Any]:
    return {
        "items": found,
        "next_cursor": answer.next_cursor,
        "total": {"value": answer.total, "relation": answer.relation},
        "engine": answer.engine,
        "degraded": answer.degraded,
    }


def _tell(answer: "Answer", found: list[Found]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for one in found:
        console.print(Text(one.heading, style="bold"))
        for snippet in one.snippets:
            line = Text(" ".join(snippet["text"].split()) if not snippet["highlights"] else snippet["text"])
            for mark in snippet["highlights"]:
                line.stylize("bold yellow", mark["start"], mark["end"])
            console.print(line)
        console.print(Text(one.where, style="dim"))
        console.print()
    more = "" if answer.relation == "eq" else "at least "
    standing_in = ", standing in for Meilisearch" if answer.degraded else ""
    console.print(Text(f"{more}{answer.total} found, by {answer.engine}{standing_in}", style="dim"))
    if answer.next_cursor:
        console.print(Text(f"go on with --cursor {answer.next_cursor}", style="dim"))
