"""Reading one page, from its bytes to the rows of the corpus: all of ingestion's heavy work, and pure."""

from collections.abc import Sequence
from datetime import date

import msgspec
import zstandard

from app.corpus import ids
from app.corpus.fields import Page, PublishedAt
from app.corpus.records import Record, record
from app.extract.pages import READER_VERSION, PageRejected, canonical_url, read_page
from app.extract.places import find_places
from app.extract.statements import EXTRACTOR_VERSION, extract_statements
from app.intake.feeds import is_feed, read_feed
from app.intake.raw_page import RawPage, Refused
from app.search.encoded import encoded
from app.search.vectors import Vectors, article_fields, names_in_line, statement_fields, vectors

_compressor = zstandard.ZstdCompressor()


class SearchWords(msgspec.Struct, frozen=True, array_like=True):
    """What Postgres' own search keeps of an article: its vectors, and its statements' by id."""

    article: Vectors
    statements: dict[str, Vectors]

    @property
    def vocabulary(self) -> set[str]:
        """The distinct words of all of them."""
        return {word for made in (self.article, *self.statements.values()) for word in made.words}


class Reading(msgspec.Struct, frozen=True, tag=True):
    """A page that was read: its rows, its words for search, its bytes compressed, and how these were decoded."""

    record: Record
    words: SearchWords
    compressed: bytes
    charset: str


def read(page: RawPage) -> Reading | Refused:
    """Read a page and find its statements and places."""
    try:
        fields = read_fields(page)
    except PageRejected as rejection:
        return Refused(rejection.reason, rejection.detail)
    made = record(
        fields,
        extract_statements(fields.text, fields.zones, _day(fields.published)),
        find_places(fields.text, fields.zones),
        words_of=_folded_words,
        canonical_url=canonical_url(fields.url) if fields.url else None,
        capture_id=ids.capture_id(page.raw),
        reader_version=READER_VERSION,
        extractor_version=EXTRACTOR_VERSION,
    )
    return Reading(made, _search_words(made), _compressor.compress(page.raw), fields.charset)


def _folded_words(text: str) -> Sequence[bytes]:
    """The same as its folded `forms`; made together with what search asks for later."""
    return encoded(text).folded


def _day(published: PublishedAt) -> date | None:
    """The day of publication, where the page says as much."""
    return published.at.date() if published.at is not None and published.precision not in ("year", "month") else None


def read_fields(page: RawPage) -> Page:
    """The fields of a page or of a feed's record. Raises PageRejected."""
    if is_feed(page.media_type):
        return read_feed(page)
    return read_page(
        page.raw,
        media_type=page.media_type,
        declared_charset=page.declared_charset,
        url=page.url,
        fetched_at=page.fetched_at,
    )


def _search_words(made: Record) -> SearchWords:
    """The words of an article and its statements; of a speaker's names those that this page knows."""
    names = {one.id: one.names for one in made.speakers}
    own = made.article
    article = vectors(article_fields(own["title"] or "", own["caption"] or "", own["body"]))
    statements = {}
    for row in made.statements:
        said_by = names_in_line([*names.get(row["speaker_id"], ()), row["speaker_text"]])
        role = names_in_line([row["role"], row["affiliation"]])
        statements[row["id"]] = vectors(statement_fields(row["content"], said_by, role))
    return SearchWords(article, statements)
