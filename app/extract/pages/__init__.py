"""Pages: the bytes of a web page or text dump become its text, zones and fields."""

from app.extract.pages.addresses import canonical_url, site_of
from app.extract.pages.decoding import decode
from app.extract.pages.reading import MAX_PAGE_BYTES, READER_VERSION, read_page
from app.extract.pages.rejection import PageRejected

__all__ = ["MAX_PAGE_BYTES", "READER_VERSION", "PageRejected", "canonical_url", "decode", "read_page", "site_of"]
