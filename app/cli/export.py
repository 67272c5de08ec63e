"""`qawl export`: whole results into a file or to standard output, by the same questions as over HTTP."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal, get_origin

import typer
from pydantic import ValidationError

from app.errors import InvalidValue
from app.settings import settings

if TYPE_CHECKING:
    from app.export import ArticleExport, Format, StatementExport

Named = Literal["articles", "statements"]


def export(
    what: Annotated[Named, typer.Argument(help="What to take out.")],
    filters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]...",
            help="Which of them, as in the API: speaker=… kind=direct published_from=2018-10-01",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to write; its ending names the format. Default: standard output."),
    ] = None,
    form: Annotated[
        Literal["ndjson", "csv", "parquet"] | None,
        typer.Option("--format", help="Default: the file's ending, else ndjson."),
    ] = None,
) -> None:
    """Write everything that the filters let through, newest first, from one snapshot of the corpus.

    A file appears under its name when it is whole. To go on after a row give cursor=ID, the id of that row.
    """
    from app.cli.serve import use
    from app.embedded import servers

    wanted = _wanted(what, filters or [])
    chosen = wanted.format or form or _format_of(out)
    with servers(settings(), search=False) as running, _written(out) as file:
        use(running.environment())
        asyncio.run(_export(running.database_url, wanted, chosen, file, quiet=out is None))


def _wanted(what: Named, filters: list[str]) -> "ArticleExport | StatementExport":
    """The question. Raises InvalidValue where a filter is none, or its value."""
    from app.export import ArticleExport, StatementExport

    model: Any = StatementExport if what == "statements" else ArticleExport
    many = {field.alias or name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    given: dict[str, Any] = {}
    for one in filters:
        name, sign, value = one.partition("=")
        if not sign:
            raise InvalidValue(f"a filter is written NAME=VALUE, not {one!r}")
        if name in many:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise InvalidValue(f"{name} was given twice; it has one value")
        else:
            given[name] = value
    try:
        question: ArticleExport | StatementExport = model.model_validate(given)
    except ValidationError as failure:
        known = ", ".join(field.alias or name for name, field in model.model_fields.items())
        said = "; ".join(f"{error['loc'][0]}: {error['msg']}" for error in failure.errors())
        raise InvalidValue(f"{said} (known: {known})") from None
    return question


def _format_of(out: Path | None) -> "Format":
    from app.export import FORMATS

    if out is None:
        return "ndjson"
    ending = out.suffix.removeprefix(".")
    if ending not in FORMATS:
        raise InvalidValue(f"{out.name} names no format by its ending: give --format, one of {', '.join(FORMATS)}")
    return ending


@contextmanager
def _written(out: Path | None) -> Iterator[IO[bytes]]:
    """The file to write; it takes its name when nothing went wrong."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = out.with_name(f"{out.name}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


async def _export(
    database_url: str, wanted: "ArticleExport | StatementExport", form: "Format", file: IO[bytes], *, quiet: bool
) -> None:
    from app.export import connected
    from app.export import export as exported

    async with connected(database_url) as connection, _bar(quiet=quiet) as bar:
        chunks = exported(connection, wanted, form, on_counted=bar.count, on_rows=bar.advance)
        async with aclosing(chunks):
            async for chunk in chunks:
                file.write(chunk)


class _Bar:
    """A bar on standard error that knows its end from the count."""

    def __init__(self, count: Callable[[int], Awaitable[None]] | None, advance: Callable[[int], None] | None) -> None:
        self.count, self.advance = count, advance


@asynccontextmanager
async def _bar(*, quiet: bool) -> AsyncIterator[_Bar]:
    """Nothing where nobody looks: then the rows are not counted either."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield _Bar(None, None)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("rows"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        async def count(total: int) -> None:
            progress.update(task, total=total)

        yield _Bar(count, lambda rows: progress.advance(task, rows))
