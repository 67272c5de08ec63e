"""The way of one page into the corpus."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from app.corpus.fields import RejectReason, Verdict


class Outcome(msgspec.Struct, frozen=True):
    """What became of one page."""

    name: str
    verdict: Verdict
    article_id: str | None = None
    reason: RejectReason | None = None
    detail: str | None = None
    statements: int = 0


class ImportReport(msgspec.Struct):
    """What became of all pages of one run."""

    import_id: str | None
    verdicts: dict[Verdict, int]
    rejected: list[Outcome]
    statements: int
    seconds: float

    @property
    def pages(self) -> int:
        """How many pages came."""
        return sum(self.verdicts.values())


OnProgress = Callable[[Outcome], None]


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
    """Bring the pages in files and folders into the corpus, by `workers` reading processes (default: one a CPU)."""
    raise NotImplementedError
