"""Addresses: one form for every spelling of a page's URL, its host, and the date a URL may hold."""

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

_DATA = tomllib.loads((Path(__file__).parent / "data/addresses.toml").read_text("utf-8"))
_TRACKING = frozenset(_DATA["tracking"])
_TRACKING_PREFIXES = tuple(_DATA["tracking_prefixes"])
_HOST_PREFIXES = tuple(_DATA["host_prefixes"])
_INDEX_PAGES = frozenset(_DATA["index_pages"])
_AMP_ENDINGS = frozenset(_DATA["amp_endings"])
# What may stand unescaped in one segment of a path (RFC 3986 pchar) and in one part of a query.
_SEGMENT = "!$&'()*+,;=:@~"
_QUERY_PART = "!$'()*,:@~/?;"
_NEVER_ESCAPED = re.compile(r"[A-Za-z0-9_.~\-]*")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
# No host has a longer part, and to find that out costs the square of its length.
_LONGEST_LABEL = 63
# Year, a section's name, month and day: https://…/2013/middle_east/8/3/…
_SPLIT_PATH_DATE = re.compile(r"/((?:19|20)\d{2})(/)[a-z_\-]{2,30}/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/")
_PATH_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([/\-_])(0?[1-9]|1[0-2])(?:\2(0?[1-9]|[12]\d|3[01]))?(?![\d])")


def canonical_url(url: str) -> str:
    """The one form under which a page is known, so that two spellings of its address are one article.

    1. White space around goes; `//host/…` is `https://host/…`.
    2. The scheme is lower case, and `http` is `https`: an outlet serves the same page on both. An address of
       another scheme, or one that cannot be read, comes back as it is but for white space.
    3. The host is lower case, NFC, without a final dot and without the first labels `www.`, `m.`, `mobile.`, `amp.`,
       `wap.` as long as two labels remain; other letters than a–z are written as `xn--…`. User names and the ports 80
       and 443 go; other ports stay.
    4. Escapes in the path are decoded, brought to NFC and written again as UTF-8 with upper-case hex, each segment
       on its own, so that an escaped `/` stays one. Escapes that are not UTF-8 stay the bytes they are.
    5. A session's id behind `;` goes; so do a last part `index.html`, `index.php` …, for the folder answers with the
       same page, and `amp` below an article. A final slash goes, except where the path is only `/`.
    6. Query parameters that track readers go (`utm_*`, `fbclid`, `gclid` …: `data/addresses.toml`), empty ones too;
       the rest is sorted by name, `+` is a space.
    7. The fragment goes, except `#!…`, which names a page.

    Idempotent: `canonical_url(canonical_url(u)) == canonical_url(u)`.
    """
    given = url.strip()
    try:
        parts = urlsplit("https:" + given if given.startswith("//") else given)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return given
        host = _host(parts)
    except ValueError:
        return given
    path = _path([_escaped(segment, _SEGMENT) for segment in _SESSION.sub("", parts.path).split("/")])
    query = _query(parts.query)
    place = "#" + _escaped(parts.fragment, _QUERY_PART) if parts.fragment.startswith("!") else ""
    return f"https://{host}{path or '/'}{'?' + query if query else ''}{place}"


def _path(segments: list[str]) -> str:
    """The path without what says only how the same page is served; `/tag/amp` may be a page of its own."""
    filled = sum(map(bool, segments))
    while segments and (
        not segments[-1]
        or segments[-1].lower() in _INDEX_PAGES
        or (segments[-1].lower() in _AMP_ENDINGS and filled > 2)
    ):
        filled -= bool(segments.pop())
    return "/".join(segments)


def _host(parts: SplitResult) -> str:
    """Host and port; ValueError when the port is not a number."""
    name = _bare(parts.hostname or "")
    if not name or re.search(r"[\s/?#@%\\]", name):
        raise ValueError("no host")
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, 80, 443) else f"{name}:{parts.port}"


def _bare(host: str) -> str:
    name = _in_ascii(unicodedata.normalize("NFC", host.lower()).rstrip("."))
    while name.startswith(_HOST_PREFIXES) and name.count(".") >= 2:
        name = name.split(".", 1)[1]
    return name


def _in_ascii(host: str) -> str:
    """A host as browsers send it, which an outlet's id can be too: مصر is `xn--wgbh1c`."""
    if host.isascii() or max(map(len, host.split("."))) > _LONGEST_LABEL:
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _escaped(part: str, safe: str) -> str:
    if _NEVER_ESCAPED.fullmatch(part):
        return part
    raw = unquote_to_bytes(part.encode("utf-8", "replace"))
    try:
        return quote(unicodedata.normalize("NFC", raw.decode("utf-8")), safe=safe)
    except UnicodeDecodeError:
        return quote(raw, safe=safe)


def _query(query: str) -> str:
    kept = []
    for pair in query.replace("&amp;", "&").split("&"):  # feeds and pages forget to resolve it
        name, equals, value = pair.partition("=")
        name, value = (_escaped(part.replace("+", "%20"), _QUERY_PART) for part in (name, value))
        if name and not _tracks(name.lower()):
            kept.append((name, f"{name}={value}" if equals else name))
    return "&".join(pair for _, pair in sorted(kept))


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def site_of(url: str | None) -> str | None:
    """The host of a URL as in `canonical_url`, without its port; None when it has none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _bare(host) or None if host else None


def date_in_url(url: str) -> tuple[str, int, int, int | None] | None:
    """The date in a path such as `/2016/12/20/`: the text, year, month, and day or None. Never from the query."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    match = _SPLIT_PATH_DATE.search(path) or _PATH_DATE.search(path)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[3]), int(match[4]) if match[4] else None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return match[0], year, month, day
