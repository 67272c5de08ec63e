"""`qawl serve`: the servers, the corpus, the index worker and the API as one tree of processes, stopped together."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from app import __version__
from app.errors import InvalidValue
from app.settings import settings

NAME_WIDTH = 12


def serve(
    seed: Annotated[
        Path | None, typer.Option(help="Ingest the pages below this folder first; what is there stays as it is.")
    ] = None,
    worker: Annotated[bool, typer.Option("--worker", help="Keep an index worker running beside the API.")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Bring the database to the newest schema first.")] = False,
) -> None:
    """Serve the API, with embedded Postgres and Meilisearch where no others are set."""
    from app.cli.http_server import Server, listen
    from app.embedded import servers

    if seed is not None and not seed.is_dir():
        raise InvalidValue(f"--seed names {seed}, which is not a folder")
    listening = listen(settings().host, settings().port)
    with ended_by_signals() as leave_if_asked, listening, servers(settings(), lasting=True) as running:
        use(running.environment())
        tell("Qawl", __version__)
        for note in running.notes:
            tell(*note.split(": ", 1))
        if migrate:
            bring_up_to_date(running.database_url)
        if seed is not None:
            ingest_seed(running.database_url, seed)
        from app.main import create_app

        with index_worker() if worker else nullcontext():
            server = Server(create_app(), on_ready=tell_where, trusted_proxies=settings().trusted_proxies)
            leave_if_asked()
            server.serve_on(listening)
    typer.echo("Stopped.")


@contextmanager
def ended_by_signals() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C, SIGTERM and a closed terminal end this process through every `finally` on the way out.

    What is yielded ends it too, if a signal came before: an exception raised by a signal is lost when it happens to
    strike inside a destructor.
    """
    came: list[int] = []

    def leave(number: int, frame: FrameType | None = None) -> NoReturn:
        came.append(number)
        raise SystemExit(128 + number)

    def leave_if_asked() -> None:
        if came:
            leave(came[0])

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield leave_if_asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def use(environment: dict[str, str]) -> None:
    """Point this process, and the children it starts from now on, at the servers."""
    os.environ.update(environment)
    settings.cache_clear()


def bring_up_to_date(database_url: str) -> None:
    from app.corpus.migrations import migrate

    migrate(database_url)


def ingest_seed(database_url: str, folder: Path) -> None:
    """Bring the seed pages into the corpus; pages that are there already change nothing."""
    from app.ingest import ingest_paths

    report = asyncio.run(ingest_paths(database_url, [folder], workers=1, label="seed"))
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in report.verdicts.items() if number)
    tell("Seed", f"{report.pages} pages in {folder}: {verdicts or 'nothing to do'}")


@contextmanager
def index_worker() -> Iterator[None]:
    """A child process `qawl worker`, started again when it ends, stopped with us."""
    from app.embedded.processes import tied_to_us
    from app.embedded.supervision import kept_running

    def start() -> subprocess.Popen[bytes]:
        command = [*tied_to_us("TERM"), sys.executable, "-m", "app.cli", "worker"]
        # A session of its own: Ctrl-C in the terminal reaches us, and we stop the worker before its servers.
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    with kept_running("index worker", start, signal.SIGTERM):
        tell("Index worker", "running")
        yield


def tell_where() -> None:
    """Say what to open, once it can be opened."""
    host = settings().host
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (read, not listened on)
    shown = everywhere.get(host, host)
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{settings().port}"
    tell("Open", f"{address} (search page), {address}/docs (API)")
    tell("Stop", "Ctrl-C")


def tell(name: str, what: str) -> None:
    """One calm line for whoever started this."""
    typer.echo(f"{name:<{NAME_WIDTH}}  {what}")
    sys.stdout.flush()
