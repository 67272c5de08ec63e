"""`qawl ingest`: pages from files and folders into the corpus, with one counted verdict a page."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from app.settings import settings

if TYPE_CHECKING:
    from app.ingest import ImportReport, OnProgress

REJECTED_SHOWN = 20


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Pages, or folders of pages: text dumps and HTML.")],
    source: Annotated[
        str | None, typer.Option(help="The outlet's id, where it is not the host of the page's address.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Reading processes; default: one a CPU.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything, keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Bring pages into the corpus. What is there already stays as it is; rejected pages are reported, not an error."""
    from app.embedded import servers
    from app.ingest import ingest_paths
    from app.intake.inputs import files_in

    with servers(settings(), search=False) as running, _progress(len(files_in(paths)), quiet=as_json) as on_progress:
        report = asyncio.run(
            ingest_paths(
                running.database_url, paths, source=source, workers=workers, on_progress=on_progress, dry_run=dry_run
            )
        )
    if as_json:
        typer.echo(msgspec.json.encode({"pages": report.pages, **msgspec.structs.asdict(report)}))
    else:
        _tell(report, dry_run=dry_run)


@contextmanager
def _progress(total: int, *, quiet: bool) -> "Iterator[OnProgress | None]":
    """A bar on standard error, with the rate and the time that is left; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]} pages/s"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.tasks[progress.add_task("", total=total, rate="-")]

        def one_more(_: object) -> None:
            rate = f"{(task.completed + 1) / task.elapsed:.0f}" if task.elapsed else "-"
            progress.update(task.id, advance=1, rate=rate)

        yield one_more


def _tell(report: "ImportReport", *, dry_run: bool) -> None:
    rate = report.pages / report.seconds if report.seconds else 0.0
    kept = " (a dry run: nothing was kept)" if dry_run else ""
    typer.echo(f"{report.pages} pages in {report.seconds:.1f} s, {rate:.0f} a second{kept}")
    for verdict, number in report.verdicts.items():
        typer.echo(f"  {verdict:<15}{number:>8}")
    typer.echo(f"  {'statements':<15}{report.statements:>8}")
    for page in report.rejected[:REJECTED_SHOWN]:
        typer.echo(f"rejected {page.name}: {page.reason}, {page.detail}", err=True)
    if len(report.rejected) > REJECTED_SHOWN:
        typer.echo(f"… and {len(report.rejected) - REJECTED_SHOWN} more; --json lists them all", err=True)
