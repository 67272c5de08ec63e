"""Reading: one page, from its bytes to its text, zones and fields."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from app.corpus.fields import Decoded, Page, PublishedAt, Zone, ZoneKind
from app.extract.pages import publication
from app.extract.pages.addresses import site_of
from app.extract.pages.dates import printed_time
from app.extract.pages.decoding import decode
from app.extract.pages.dump import arrange_dump, arrange_entry
from app.extract.pages.given import Given
from app.extract.pages.labels import opening, view_number
from app.extract.pages.layout import Layout
from app.extract.pages.markup import parse
from app.extract.pages.metadata import read_metadata
from app.extract.pages.pieces import Piece, lines, same_words, trimmed
from app.extract.pages.rejection import PageRejected
from app.extract.pages.webpage import arrange_webpage
from app.extract.pages.wrapping import unwrapped

READER_VERSION = "3"
MAX_PAGE_BYTES = 10_000_000
MIN_ARABIC_LETTERS = 40
MIN_ARABIC_SHARE = 0.3
MIN_BODY_WORDS = 6
LEAST_TAGS = 4

# Persian, Kurdish and Urdu share the letters; of Arabic words a third carry the article or are one of these.
MIN_WORDS_TO_JUDGE = 60
MIN_ARABIC_WORDS = 0.04
_LANGUAGE_SAMPLE = 50_000
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile(r"(?:[وفبكل]?ال..|لل..|في$|عن$|التي$|الذي$)")
# The commonest letters: most of those of any Arabic text.
_COMMONEST = "اليمنوترب"
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^<>]{0,500}>", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|article|table|t[dr]|meta|link|h[1-3]|ul|li|span|a|br)\b[^<>]{0,500}>", re.IGNORECASE
)
# A piece of HTML as feeds hold it, without a root: any of these closes or breaks what plain text never would.
_ANY_TAG = re.compile(r"</(?:p|div|h[1-6]|ul|ol|li|a|span|strong|b)\s*>|<br\s*/?>", re.IGNORECASE)
_HEAD_BYTES = 4096
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:\-]{2,30})", re.IGNORECASE)


def read_page(
    raw: bytes,
    *,
    media_type: str | None = None,
    declared_charset: str | None = None,
    url: str | None = None,
    fetched_at: datetime | None = None,
) -> Page:
    """Read one page. `url` and `fetched_at` (with a time zone) are what is known from outside.

    HTML is known by `media_type` or by its look. Raises PageRejected, and nothing else, on any bytes.
    """
    if len(raw) > MAX_PAGE_BYTES:
        raise PageRejected("too_large", f"expected at most {MAX_PAGE_BYTES} bytes, got {len(raw)}")
    if not raw.strip():
        raise PageRejected("empty", f"expected a page, got {len(raw)} bytes of nothing but white space")
    decoded = decode(raw, declared_charset=declared_charset or _charset_in_head(raw))
    given = Given(url=url, fetched_at=fetched_at)
    if "html" in (media_type or "").lower() or _looks_like_html(decoded.text):
        return _read_html(decoded, given)
    text = decoded.text
    return _read_lines(decoded, given, text, lambda: arrange_dump(unwrapped(text, list(lines(text)))))


def read_entry(content: Decoded, given: Given, *, is_html: bool = False) -> Page:
    """Read an article that came with its fields: `content` is its text or HTML, below the title that is given.

    Raises PageRejected.
    """
    if len(content.text) > MAX_PAGE_BYTES:
        raise PageRejected("too_large", f"expected at most {MAX_PAGE_BYTES} characters, got {len(content.text)}")
    if is_html or _ANY_TAG.search(content.text):
        return _read_html(content, given)
    if given.title is None:
        return _read_lines(content, given, content.text, lambda: arrange_dump(list(lines(content.text))))
    first = next(lines(content.text), None)
    titled = first is not None and same_words(first.text, given.title)
    text = content.text if titled else f"{given.title}\n\n{content.text}"
    return _read_lines(content, given, text, lambda: arrange_entry(list(lines(text, title=given.title))))


def _charset_in_head(raw: bytes) -> str | None:
    match = _META_CHARSET.search(raw[:_HEAD_BYTES])
    return match[1].decode("ascii") if match else None


def _looks_like_html(text: str) -> bool:
    """A root element, or more tags than a dump of text has left over by mistake."""
    head = text[:_HEAD_BYTES]
    return bool(_HTML_ROOT.search(head)) or len(_HTML_TAG.findall(head)) >= LEAST_TAGS


def _read_lines(decoded: Decoded, given: Given, text: str, arrange: Callable[[], Layout]) -> Page:
    _check_arabic(text)
    layout = arrange()
    _check_body(layout)
    zones = layout.zones()
    address = given.url or _first(text, zones, "url")
    published = publication.of_dump(text, zones, address, given)
    return _page(decoded, text, zones, address, _author(text, zones), published, given)


def _read_html(decoded: Decoded, given: Given) -> Page:
    tree = parse(decoded.text)
    if tree is None:
        raise PageRejected("unreadable", "expected HTML, got a text from which no tree of elements can be made")
    metadata = read_metadata(tree)
    text, layout, stamps = arrange_webpage(tree, metadata, title=given.title)
    _check_arabic(text)
    _check_body(layout)
    zones = layout.zones()
    address = _absolute(metadata.url, given.url) or _first(text, zones, "url")
    published = publication.of_webpage(text, zones, metadata, stamps, address, given)
    return _page(decoded, text, zones, address, _author(text, zones) or metadata.author, published, given)


def _page(
    decoded: Decoded,
    text: str,
    zones: list[Zone],
    url: str | None,
    author: str | None,
    published: PublishedAt,
    given: Given,
) -> Page:
    views = _first(text, zones, "view_count")
    return Page(
        text=text,
        zones=zones,
        title=given.title or _first(text, zones, "title"),
        url=url,
        site=given.source_id or site_of(url),
        author=given.author or author,
        published=published,
        time_printed=_time_printed(text, zones),
        views=view_number(views) if views else None,
        caption=_first(text, zones, "caption"),
        language="ar",
        charset=decoded.charset,
        declared_charset=decoded.declared_charset,
        repairs=decoded.repairs,
    )


def _check_arabic(text: str) -> None:
    """Raises PageRejected `empty`, `not_arabic` or, for a few words, `no_body`."""
    if not text.strip():
        raise PageRejected("empty", "expected a page, got no readable text")
    if _is_plainly_arabic(text):
        return
    arabic = sum(map(len, _ARABIC.findall(text)))
    if not arabic or arabic < MIN_ARABIC_SHARE * len(text):  # only then the letters of other scripts are worth counting
        letters = sum(map(len, _WORD.findall(text)))
        if not arabic or arabic < MIN_ARABIC_SHARE * letters:
            raise PageRejected("not_arabic", f"expected a page in Arabic, got {arabic} Arabic letters of {letters}")
    if arabic < MIN_ARABIC_LETTERS:
        raise PageRejected("no_body", f"expected an article, got {arabic} letters")
    words = _WORD.findall(text[:_LANGUAGE_SAMPLE])
    # Counted no further than it matters.
    found = sum(1 for _ in islice(filter(_ARABIC_WORD.match, words), int(MIN_ARABIC_WORDS * len(words)) + 1))
    share = found / max(len(words), 1)
    if len(words) >= MIN_WORDS_TO_JUDGE and share < MIN_ARABIC_WORDS:
        raise PageRejected("not_arabic", f"expected Arabic, got its letters but {share:.0%} of its commonest words")


def _is_plainly_arabic(text: str) -> bool:
    """Whether already the commonest letters, and the words with an article alone, are as many as must be.

    So it is with nearly every page, and the letters and words need not be told apart. A word has a letter and a blank
    at least.
    """
    letters, sample = sum(map(text.count, _COMMONEST)), text[:_LANGUAGE_SAMPLE]
    enough = letters >= MIN_ARABIC_LETTERS and letters >= MIN_ARABIC_SHARE * len(text)
    return enough and sample.count(" ال") >= MIN_ARABIC_WORDS * (len(sample) + 1) / 2


def _check_body(layout: Layout) -> None:
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


def _time_printed(text: str, zones: Sequence[Zone]) -> str | None:
    """The hour in the first line that is one, or stands in the date line."""
    facts = [text[zone.start : zone.end] for zone in zones if zone.kind in ("time", "date")]
    return next((hour for fact in facts if (hour := printed_time(fact))), None)


def _author(text: str, zones: Sequence[Zone]) -> str | None:
    """The name after "by", or the whole line where no label stands before it."""
    line = _first(text, zones, "author")
    if line is None:
        return None
    line = line.rstrip(":： ")
    if re.match(r"[^:：]{1,25}[:：]", line):
        name = re.split("[:：]", line, maxsplit=1)[1]
    else:
        piece = Piece(0, len(line), line)
        name = " ".join(line.split()[opening(piece.words, "author") :])
    start, end = trimmed(name, 0, len(name))
    return name[start:end] or None


def _absolute(canonical: str | None, url: str | None) -> str | None:
    """The canonical address, completed by that of the page where it is relative.

    One without a host, or of the site's first page, which careless sites name on every page, is none.
    """
    try:
        joined = urljoin(url or "", canonical or "")
        is_article = bool(urlsplit(joined).path.strip("/") or urlsplit(joined).query)
    except ValueError:
        return url
    return joined if canonical and is_article and site_of(joined) else url
