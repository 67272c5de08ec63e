"""`qawl reread`: stored pages read again by today's program."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from app.settings import settings

if TYPE_CHECKING:
    from app.reread import Progress, RereadReport


def reread(
    since_version: Annotated[
        str | None, typer.Option(help="Only what was read by a reader or extractor older than this version.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Reading processes; default: one a CPU.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read again what an older version of this program read, and what it rejected. Ids of what is the same stay.

    May be stopped at any moment; the next run goes on with what is left.
    """
    from app.embedded import servers
    from app.reread import reread as read_again

    with servers(settings(), search=False) as running, _bar(quiet=as_json) as progress:
        report = asyncio.run(
            read_again(running.database_url, since_version=since_version, workers=workers, progress=progress)
        )
    if as_json:
        typer.echo(msgspec.json.encode(report))
    else:
        _tell(report)


def _tell(report: "RereadReport") -> None:
    pages = sum(report.verdicts.values())
    typer.echo(f"{pages} pages read again in {report.seconds:.1f} s")
    for verdict, number in report.verdicts.items():
        typer.echo(f"  {verdict:<20}{number:>8}")
    for what, number in report.statements.items():
        typer.echo(f"  statements {what:<9}{number:>8}")


@contextmanager
def _bar(*, quiet: bool) -> "Iterator[Progress]":
    """A bar on standard error, with the rate and the time that is left; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
