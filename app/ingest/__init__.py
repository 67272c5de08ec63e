"""The way of pages into the corpus: from files and folders to counted verdicts."""

import os
import re
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import msgspec

from app.corpus.database import check_database, writing_engine
from app.corpus.fields import Verdict
from app.corpus.imports import running_import
from app.errors import InvalidValue
from app.ingest.inputs import RawPage, files_in, pages_in
from app.ingest.readers import Readers
from app.ingest.story import Desk, Outcome, bring_in

__all__ = ["ImportReport", "OnProgress", "Outcome", "RawPage", "files_in", "ingest_paths"]

OnProgress = Callable[[Outcome], None]
SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class ImportReport(msgspec.Struct):
    """What became of all pages of one run. `statements` are those of the created and updated articles."""

    import_id: str | None
    verdicts: dict[Verdict, int]
    rejected: list[Outcome]
    statements: int
    seconds: float

    @property
    def pages(self) -> int:
        """How many pages came."""
        return sum(self.verdicts.values())

    def count(self, outcome: Outcome) -> None:
        """One page more."""
        self.verdicts[outcome.verdict] = self.verdicts.get(outcome.verdict, 0) + 1
        self.statements += outcome.statements
        if outcome.verdict == "rejected":
            self.rejected.append(outcome)


async def ingest_paths(
    database_url: str,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
    label: str | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Bring the pages in files and folders into the corpus, by `workers` reading processes (default: one a CPU).

    `source` names the outlet where it is not the page's host. With `dry_run` everything happens but the last step:
    nothing is kept, and every verdict is the one against the corpus as it is. Raises NotFound for a path that is
    not there, Unavailable or SetupError for a database that cannot be used; never for a page.
    """
    if source is not None and not SOURCE.fullmatch(source):
        raise InvalidValue(f"a source is named by small letters, digits, '.', '_' and '-', not {source!r}")
    files = files_in(paths)
    await check_database(database_url)
    started = time.monotonic()
    async with AsyncExitStack() as stack:
        engine = writing_engine(database_url)
        stack.push_async_callback(engine.dispose)
        label = label or ", ".join(map(str, paths))[:200]
        import_id = None if dry_run else await stack.enter_async_context(running_import(engine, label=label))
        readers = await stack.enter_async_context(Readers(workers or _cpus()))
        report = ImportReport(import_id, {}, [], 0, 0.0)
        outcomes = bring_in(pages_in(files), Desk(engine, readers, import_id, source))
        await stack.enter_async_context(aclosing(outcomes))
        async for outcome in outcomes:
            report.count(outcome)
            if on_progress:
                on_progress(outcome)
    report.seconds = time.monotonic() - started
    return report


def _cpus() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
