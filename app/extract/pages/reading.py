"""Reading: one page, from its bytes to its text, zones and fields."""

import re
from collections.abc import Sequence
from datetime import datetime

from app.corpus.fields import Page, PublishedAt, Zone, ZoneKind
from app.extract.pages import publication
from app.extract.pages.addresses import site_of
from app.extract.pages.decoding import decode
from app.extract.pages.labels import opening, view_number
from app.extract.pages.layout import Layout, arrange_dump
from app.extract.pages.pieces import Piece, lines, trimmed
from app.extract.pages.rejection import PageRejected

READER_VERSION = "1"
MAX_PAGE_BYTES = 10_000_000
MIN_ARABIC_LETTERS = 40
MIN_ARABIC_SHARE = 0.3
MIN_BODY_WORDS = 6

_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


def read_page(
    raw: bytes,
    *,
    media_type: str | None = None,
    declared_charset: str | None = None,
    url: str | None = None,
    fetched_at: datetime | None = None,
) -> Page:
    """Read one page. `url` and `fetched_at` (with a time zone) are what is known from outside.

    Raises PageRejected, and nothing else, on any bytes.
    """
    if len(raw) > MAX_PAGE_BYTES:
        raise PageRejected("too_large", f"expected at most {MAX_PAGE_BYTES} bytes, got {len(raw)}")
    if not raw.strip():
        raise PageRejected("empty", f"expected a page, got {len(raw)} bytes of nothing but white space")
    decoded = decode(raw, declared_charset=declared_charset)
    check_arabic(decoded.text)
    layout = arrange_dump(list(lines(decoded.text)))
    zones = layout.zones()
    check_body(layout)
    printed_url = _first(decoded.text, zones, "url")
    views = _first(decoded.text, zones, "view_count")
    return Page(
        text=decoded.text,
        zones=zones,
        title=_first(decoded.text, zones, "title"),
        url=printed_url or url,
        site=site_of(printed_url or url),
        author=_author(decoded.text, zones),
        published=published_in_dump(decoded.text, zones, layout, printed_url or url, fetched_at),
        time_printed=_first(decoded.text, zones, "time"),
        views=view_number(views) if views else None,
        caption=_first(decoded.text, zones, "caption"),
        language="ar",
        charset=decoded.charset,
        declared_charset=decoded.declared_charset,
        repairs=decoded.repairs,
    )


def check_arabic(text: str) -> None:
    """Raises PageRejected `empty` or `not_arabic`."""
    if not text.strip():
        raise PageRejected("empty", "expected a page, got nothing but white space")
    arabic, letters = len(_ARABIC.findall(text)), len(_LETTER.findall(text))
    if arabic < MIN_ARABIC_LETTERS or arabic < MIN_ARABIC_SHARE * letters:
        raise PageRejected("not_arabic", f"expected a page in Arabic, got {arabic} Arabic letters of {letters}")


def check_body(layout: Layout) -> None:
    """Raises PageRejected `boilerplate_only` or `no_body` when no article is left."""
    words = sum(len(p.words) for p, kind in zip(layout.pieces, layout.kinds, strict=True) if kind == "body")
    if words >= MIN_BODY_WORDS:
        return
    others = sum(kind in ("nav", "ui", "related", "comment", "other") for kind in layout.kinds)
    if others > 1:
        raise PageRejected("boilerplate_only", f"expected paragraphs, got {others} lines of navigation and the like")
    raise PageRejected("no_body", f"expected paragraphs of {MIN_BODY_WORDS} words or more, got {words}")


def _first(text: str, zones: Sequence[Zone], kind: ZoneKind) -> str | None:
    return next((text[zone.start : zone.end] for zone in zones if zone.kind == kind), None)


def _author(text: str, zones: Sequence[Zone]) -> str | None:
    """The name after "by", or the whole line where no label stands before it."""
    line = _first(text, zones, "author")
    if line is None:
        return None
    if re.match(r"[^:：]{1,25}[:：]", line):
        name = re.split("[:：]", line, maxsplit=1)[1]
    else:
        piece = Piece(0, len(line), line)
        name = " ".join(line.split()[opening(piece.words, "author") :])
    start, end = trimmed(name, 0, len(name))
    return name[start:end] or None


def published_in_dump(
    text: str, zones: Sequence[Zone], layout: Layout, url: str | None, fetched_at: datetime | None
) -> PublishedAt:
    """The date lines beside the article, then the URL; everything else is evidence only."""
    found, notes = [], []
    for zone in zones:
        if zone.kind == "date":
            dated, said = publication.read_line(text[zone.start : zone.end], "the date line", fetched_at)
            found += dated
            notes += said
    return publication.decide([*found, *publication.url_date(url)], [*notes, *publication.mentions(text, zones)])
