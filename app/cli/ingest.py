"""`qawl ingest`: pages from files and folders into the corpus, with one counted verdict a page."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from app.errors import InvalidValue
from app.settings import settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from app.ingest import ImportReport

REJECTED_SHOWN = 20
INTERRUPTED = 130


class Format(StrEnum):
    """What a file holds, where its name does not say it."""

    page = "page"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    warc = "warc"


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files or folders: text dumps, HTML, JSON, JSON Lines, CSV, WARC, WET; also as .gz, .zst, .zip, .tar."
            " `-` reads standard input."
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="The outlet's id, where it is not the host of the page's address.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option(help="What the files hold, where their names do not say it; needed for `-`.")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="A feed's name for a field, as in text=content or url=data.link."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Reading processes; default: one a CPU.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything, keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Bring pages into the corpus. What is there already stays as it is; rejected pages are reported, not an error."""
    from app.embedded import servers
    from app.ingest import ingest_paths
    from app.intake.inputs import How, files_in, size_of

    how = How(format.value if format else None, _names(field or []))
    size = size_of(files_in(paths, how))
    over = Event()
    with servers(settings(), search=False) as running, _progress(size, quiet=as_json) as bar:
        work = ingest_paths(
            running.database_url,
            paths,
            source=source,
            how=replace(how, on_bytes=bar.bytes, is_over=over.is_set),
            workers=workers,
            on_progress=bar.page,
            dry_run=dry_run,
        )
        try:
            report = asyncio.run(_until_over(work, over))
        except KeyboardInterrupt:
            kept = "nothing was kept" if dry_run else "they stay, and the same command brings in the rest"
            typer.echo(f"qawl: ended after {bar.pages} pages: {kept}", err=True)
            raise typer.Exit(INTERRUPTED) from None
    if as_json:
        typer.echo(msgspec.json.encode({"pages": report.pages, **msgspec.structs.asdict(report)}))
    else:
        _tell(report, dry_run=dry_run)


async def _until_over(work: "Coroutine[Any, Any, ImportReport]", over: Event) -> "ImportReport":
    """Do the work; `over` is set when it ends, be it by Ctrl-C: who waits for standard input then waits no more."""
    try:
        return await work
    finally:
        over.set()


def _names(fields: list[str]) -> dict[str, str]:
    """`text=content` as a field and the feed's name for it."""
    pairs = {field: field.partition("=") for field in fields}
    for field, (name, equals, theirs) in pairs.items():
        if not (name and equals and theirs):
            raise InvalidValue(f"--field expects FIELD=NAME as in text=content, got {field}")
    return {name.strip(): theirs.strip() for name, _, theirs in pairs.values()}


class _Bar:
    """How far it has come: in bytes of the input, for nobody knows how many pages a file holds. Shown by `progress`."""

    def __init__(self, progress: "Progress | None" = None, total: int | None = None) -> None:
        self._progress = progress
        if progress:
            self._task = progress.tasks[progress.add_task("", total=total, pages=0, rate="-")]
        self.pages = 0

    def page(self, _: object) -> None:
        """One page more is in the corpus."""
        self.pages += 1
        if self._progress:
            rate = f"{self.pages / self._task.elapsed:.0f}" if self._task.elapsed else "-"
            self._progress.update(self._task.id, pages=self.pages, rate=rate)

    def bytes(self, count: int) -> None:
        """So many bytes more were read."""
        if self._progress:
            self._progress.update(self._task.id, advance=count)


@contextmanager
def _progress(total: int | None, *, quiet: bool) -> Iterator[_Bar]:
    """A bar on standard error, with the rate and the time that is left; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield _Bar()
        return
    pages = TextColumn("{task.fields[pages]} pages, {task.fields[rate]} a second")
    with Progress(
        BarColumn(), DownloadColumn(), pages, TimeRemainingColumn(), console=console, transient=True
    ) as progress:
        yield _Bar(progress, total)


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
