"""`qawl search`: find statements or articles and print them for reading, or exactly as the API answers."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer
from pydantic import ValidationError

from app.errors import InvalidValue
from app.settings import settings

if TYPE_CHECKING:
    from rich.text import Text

    from app.search import ArticleSearch, StatementSearch


def search(
    q: Annotated[str, typer.Argument(help='Words to find; "…" is a phrase, -word excludes.')] = "",
    where: Annotated[Literal["statements", "articles"], typer.Option("--in", help="What to search.")] = "statements",
    match: Annotated[Literal["exact", "normal", "stem"], typer.Option(help="How alike words must be.")] = "stem",
    sort: Annotated[Literal["relevance", "newest", "oldest"], typer.Option()] = "relevance",
    source: Annotated[list[str] | None, typer.Option(help="Id of an outlet.")] = None,
    speaker: Annotated[list[str] | None, typer.Option(help="Id or name of a speaker.")] = None,
    party: Annotated[list[str] | None, typer.Option(help="Id or name of what the speaker belongs to.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="P-code or name of a place.")] = None,
    governorate: Annotated[list[str] | None, typer.Option(help="P-code or name of a governorate.")] = None,
    role: Annotated[list[str] | None, typer.Option(help="Words of the speaker's role (statements).")] = None,
    stance: Annotated[list[str] | None, typer.Option(help="Stance of the cue (statements).")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="direct, indirect, mixed (statements).")] = None,
    published_from: Annotated[str | None, typer.Option(metavar="DAY", help="On this day or later.")] = None,
    published_to: Annotated[str | None, typer.Option(metavar="DAY", help="Before this day.")] = None,
    facets: Annotated[list[str] | None, typer.Option("--facet", help="Count the hits by this.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    cursor: Annotated[str | None, typer.Option(help="Go on where the answer before ended.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False,
) -> None:
    """Search the corpus of a running instance, or of the one that the settings name."""
    from app.cli.serve import use
    from app.embedded import servers

    given = {
        "q": q,
        "match": match,
        "sort": sort,
        "source": source,
        "speaker": speaker,
        "party": party,
        "place": place,
        "governorate": governorate,
        "role": role,
        "stance": stance,
        "kind": kind,
        "published_from": published_from,
        "published_to": published_to,
        "facets": facets,
        "limit": limit,
        "cursor": cursor,
    }
    wanted = _parameters(where, {name: value for name, value in given.items() if value is not None})
    with servers(settings()) as running:
        use(running.environment())
        body = asyncio.run(_search(wanted))
    if as_json:
        typer.echo(msgspec.json.encode(body))
    else:
        _tell(msgspec.json.decode(msgspec.json.encode(body)))


def _parameters(where: str, given: dict[str, Any]) -> "ArticleSearch | StatementSearch":
    """The same model as the API's. Raises InvalidValue with what is wrong."""
    from app.search import ArticleSearch, StatementSearch

    try:
        return (StatementSearch if where == "statements" else ArticleSearch).model_validate(given)
    except ValidationError as failure:
        raise InvalidValue("; ".join(f"{error['loc'][0]}: {error['msg']}" for error in failure.errors())) from None


async def _search(wanted: "ArticleSearch | StatementSearch") -> dict[str, Any]:
    from app.api.found import found_by
    from app.corpus.database import open_pool
    from app.search import open_searcher

    database_url = settings().database_url
    assert database_url is not None
    pool = await open_pool(database_url.get_secret_value(), size=4)
    try:
        async with open_searcher(settings(), pool) as searcher:
            return (await found_by(wanted, searcher, pool)).body
    finally:
        await pool.close()


def _tell(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for hit in found["items"]:
        console.print(Text(_heading(hit), style="bold"))
        for snippet in hit["snippets"]:
            console.print(_marked(snippet))
        console.print(Text(_where(hit), style="dim"))
        console.print()
    for name, values in found["facets"].items():
        if values:
            told = ", ".join(f"{one['label'] or one['value']} ({one['count']})" for one in values)
            console.print(Text(f"{name}: {told}", style="dim"))
    total = found["total"]
    more = "" if total["relation"] == "eq" else "at least "
    standing_in = ", standing in for Meilisearch" if found["degraded"] else ""
    console.print(Text(f"{more}{total['value']} found, by {found['engine']}{standing_in}", style="dim"))
    if found["next_cursor"]:
        console.print(Text(f"go on with --cursor {found['next_cursor']}", style="dim"))


def _heading(hit: dict[str, Any]) -> str:
    if article := hit.get("article"):
        return str(article["title"] or article["url"] or article["id"])
    statement = hit["statement"]
    name = (statement["speaker"] or {}).get("name") or "؟"
    return f"{name}، {statement['role']['text']}" if statement["role"] else name


def _where(hit: dict[str, Any]) -> str:
    article = hit.get("article") or hit["statement"]["article"]
    one = hit.get("article") or hit["statement"]
    day = (article["published_at"] or "")[:10]
    return ", ".join(part for part in ((article["source"] or {}).get("id"), day, one["id"]) if part)


def _marked(snippet: dict[str, Any]) -> "Text":
    from rich.text import Text

    # A line break in a snippet takes the place of one letter: the marks stay where they are.
    line = Text(snippet["text"].replace("\n", " "))
    for mark in snippet["highlights"]:
        line.stylize("bold yellow", mark["start"], mark["end"])
    return line
