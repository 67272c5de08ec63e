"""A page on its way into the corpus: what came, what reading it gave, and the rows that follow from both."""

from dataclasses import dataclass

import zstandard

from app.corpus.fields import RejectReason
from app.corpus.records import Record, Row
from app.corpus.writing import KnownPage
from app.intake.raw_page import RawPage, Refused
from app.intake.reading import Reading

# Of these nothing is worth keeping, or too much.
NOT_KEPT: frozenset[RejectReason] = frozenset({"empty", "too_large"})


@dataclass(frozen=True)
class Arrival:
    """One page of a run, the `ordinal`-th. `capture_id` is the hash of its bytes; `source` wins over the page's host.

    `read_as` is the article that the same bytes were read into before; it makes room for another of a new id.
    """

    ordinal: int
    page: RawPage
    capture_id: str
    found: KnownPage | Reading | Refused
    source: str | None = None
    read_as: str | None = None

    @property
    def brings_bytes(self) -> bool:
        """Whether its bytes have to be kept: those of a known page are, those of a page without any cannot be."""
        if isinstance(self.found, Refused):
            return bool(self.page.raw) and self.found.reason not in NOT_KEPT
        return isinstance(self.found, Reading)

    def record(self) -> Record | None:
        """The rows that it asks for, if it was read."""
        if not isinstance(self.found, Reading):
            return None
        return self.found.record.of_source(self.source) if self.source else self.found.record

    def capture(self, import_id: str | None) -> Row:
        """The row that keeps its bytes."""
        return {
            "id": self.capture_id,
            "content": self.found.compressed if isinstance(self.found, Reading) else zstandard.compress(self.page.raw),
            "content_length": len(self.page.raw),
            "media_type": self.page.media_type,
            "declared_charset": self.page.declared_charset,
            "detected_charset": self.found.charset if isinstance(self.found, Reading) else None,
            "url": self.page.url,
            "fetched_at": self.page.fetched_at,
            "import_id": import_id,
        }

    def item(self, import_id: str) -> Row:
        """The row that says what came; the verdict is added to it."""
        kept = self.brings_bytes or isinstance(self.found, KnownPage)
        return {
            "import_id": import_id,
            "ordinal": self.ordinal,
            "name": self.page.name,
            "url": self.found.record.article["url"] if isinstance(self.found, Reading) else self.page.url,
            "capture_id": self.capture_id if kept else None,
        }
