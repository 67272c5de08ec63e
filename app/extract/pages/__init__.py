"""Pages: the bytes of a web page or text dump become its text, zones and fields."""

from app.extract.pages.addresses import canonical_url, site_of
from app.extract.pages.decoding import decode, decoded
from app.extract.pages.given import Given
from app.extract.pages.reading import MAX_PAGE_BYTES, READER_VERSION, read_entry, read_page
from app.extract.pages.rejection import PageRejected

__all__ = [
    "MAX_PAGE_BYTES", "READER_VERSION", "Given", "PageRejected", "canonical_url", "decode", "decoded", "read_entry",
    "read_page", "site_of",
]  # fmt: skip
