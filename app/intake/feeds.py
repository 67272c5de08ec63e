"""Feeds: a JSON object or a row of CSV becomes an article's text or HTML and the fields given with it."""

import csv
import html
import io
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import msgspec

from app.corpus.fields import Decoded, Page, storable
from app.errors import InvalidValue
from app.extract.pages import Given, PageRejected, decode, decoded, read_entry, site_of
from app.intake.raw_page import RawPage

_DATA = tomllib.loads((Path(__file__).parent / "data/fields.toml").read_text("utf-8"))
LISTS: frozenset[str] = frozenset(_DATA["lists"]["names"])
FIELDS: dict[str, list[str]] = {name: names for name, names in _DATA.items() if name != "lists"}
JSON, CSV = "application/json", "text/csv"
DELIMITERS = ",;\t|"
# Seconds since 1970 reach this number in the year 5138: what is larger counts milliseconds.
LARGEST_SECONDS = 1e11
# 1973. Smaller numbers are years, days as in 20181125, or stand for none: 0, -1.
LEAST_SECONDS = 1e8
LONGEST_DATE = 200
_NUMBER = re.compile(r"\d{9,13}(?:\.\d+)?")
# A day and an hour, minutes and seconds where they are told. As seconds ten such digits would be 2033 or later.
_DIGITS_OF_MOMENT = re.compile(
    r"((?:20|19(?!\d{8}$))\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)?([0-5]\d)?"
)
_BASIC_ISO = re.compile(r"\d{8}T\d{4}")
_ESCAPED = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
_HOST_FIRST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S")
_RETURN = re.compile(r"\r(?!\n)")
# What an object is called, or the text in it; `rendered` is what WordPress serves.
_OF_OBJECTS = ("name", "title", "rendered")
FIELDS_SHOWN = 12

csv.field_size_limit(2**31 - 1)


def checked_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """`fields` (article's field to the feed's name for it); InvalidValue for a field that articles do not have."""
    for name, theirs in fields.items():
        if name not in FIELDS or not theirs:
            raise InvalidValue(f"expected one of {', '.join(FIELDS)} = the feed's name for it, got {name}={theirs}")
    return dict(fields)


def media_type(kind: str, fields: Mapping[str, str]) -> str:
    """The media type of a feed's record whose fields have names of their own: `application/json; text=content`."""
    return "; ".join([kind, *(f"{name}={quote(theirs, safe='./@-')}" for name, theirs in sorted(fields.items()))])


def is_feed(kind: str | None) -> bool:
    """Whether a media type is that of a feed's record."""
    return (kind or "").split(";")[0].strip() in (JSON, CSV)


def read_feed(page: RawPage) -> Page:
    """Read a record: the article is what its `text` or `html` says, all other fields win over what stands there.

    Raises PageRejected.
    """
    kind, _, parameters = (page.media_type or "").partition(";")
    names = dict(pair.strip().partition("=")[::2] for pair in parameters.split(";") if "=" in pair)
    record = _Record(page, kind.strip(), {name: unquote(theirs) for name, theirs in names.items()})
    url = _address(record.value("url"))
    given = Given(
        url=url if _is_of_article(url) else page.url,
        fetched_at=_moment(record.value("fetched_at")) or page.fetched_at,
        title=_plain(record.text("title")),
        author=_name(record.text("author")),
        published_at=_published(record.value("published_at")),
        source=_line(record.text("source")) or site_of(url),
    )
    return read_entry(record.content(), given, is_html=record.is_html)


class _Record:
    """One record: what it calls its fields, and what stands in them."""

    def __init__(self, page: RawPage, kind: str, names: Mapping[str, str]) -> None:
        self._names = names
        self._whole = decode(page.raw, declared_charset=page.declared_charset)
        self._values = _json_object(self._whole.text) if kind == JSON else _csv_row(self._whole.text)
        self._lower = {key.strip().lower(): value for key, value in self._values.items()}
        self.is_html = not self.text("text") and bool(self.text("html"))

    def value(self, field: str) -> Any:
        """What stands in a field, None where there is nothing."""
        own = self._names.get(field)
        for name in [own] if own else FIELDS[field]:
            found = self._at(name)
            if found not in (None, "", [], {}):
                return found
        return None

    def _at(self, name: str) -> Any:
        if name.lower() in self._lower:
            return self._lower[name.lower()]
        value: Any = self._values
        for key in name.split("."):
            if isinstance(value, list) and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            else:
                value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, field: str) -> str | None:
        """A field as text: lists joined, of an object its name."""
        return _as_text(self.value(field), "\n\n" if field in ("text", "html") else "، ")

    def content(self) -> Decoded:
        """The text or HTML; PageRejected when there is neither."""
        found = self.text("html" if self.is_html else "text")
        if not found or not found.strip():
            names = [self._names.get(field, FIELDS[field][0]) for field in ("text", "html")]
            there = ", ".join(list(self._values)[:FIELDS_SHOWN]) or "none"
            raise PageRejected("no_body", f"expected a text in the field {names[0]} or {names[1]}, got fields: {there}")
        whole = decoded(found, self._whole)
        if self.is_html or "<" in found or not _ESCAPED.search(whole.text):
            return whole
        text, count = _unescaped(whole.text)
        return msgspec.structs.replace(whole, text=text, repairs=[*whole.repairs, f"{count} escapes of HTML resolved"])


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except RecursionError:
        raise PageRejected("unreadable", "expected a JSON object, got one nested too deeply") from None
    except ValueError as failure:
        raise PageRejected("unreadable", f"expected a JSON object, got broken JSON: {failure}") from None
    if not isinstance(value, dict):
        raise PageRejected("unreadable", f"expected a JSON object, got {_JSON_NAMES.get(type(value), 'null')}")
    return value


_JSON_NAMES = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}


def _csv_row(text: str) -> dict[str, Any]:
    """The second row by the names in the first."""
    try:
        names, row = _two_rows(text)
    except csv.Error:  # a carriage return alone, in a cell without quotation marks
        names, row = _two_rows(_RETURN.sub(" ", text))
    while len(row) > len(names) and not row[-1]:
        row.pop()  # a delimiter at the end of each line
    if len(row) != len(names):
        raise PageRejected("unreadable", f"expected {len(names)} columns as in the first line, got {len(row)}")
    return dict(zip(names, row, strict=True))


def _two_rows(text: str) -> tuple[list[str], list[str]]:
    rows = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter_of(text))
    return next(rows, []), next(rows, [])


def delimiter_of(text: str) -> str:
    """What separates the columns: the sign that the first line, names of columns, has most of."""
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _as_text(value: Any, glue: str) -> str | None:
    if isinstance(value, list):
        return glue.join(text for one in value if (text := _as_text(one, glue))) or None
    if isinstance(value, dict):
        return _as_text(next((found for name in _OF_OBJECTS if (found := value.get(name))), None), glue)
    return None if value is None or isinstance(value, bool) else str(value)


def _line(text: str | None) -> str | None:
    """A text on one line, free of what Postgres cannot store."""
    return " ".join(storable(text or "").split()) or None


def _plain(text: str | None) -> str | None:
    """A text on one line, which feeds give escaped as in HTML."""
    return _line(_unescaped(text)[0]) if text else None


def _unescaped(text: str) -> tuple[str, int]:
    return _ESCAPED.subn(lambda escaped: html.unescape(escaped[0]), text)


def _name(text: str | None) -> str | None:
    """A name; a number is that of an account."""
    name = _plain(text)
    return name if name and not name.isdecimal() else None


def _address(value: Any) -> str | None:
    """The first address; one that begins with its host is completed."""
    while isinstance(value, list):
        value = value[0] if value else None
    url = _line(_as_text(value, " "))
    return f"https://{url}" if url and _HOST_FIRST.match(url) else url


def _is_of_article(url: str | None) -> bool:
    """Whether an address is that of one article on the web: no number or bare path, which each outlet may have, and
    not the first page of a site, which careless feeds give for all that is in them.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    names_host = bool(parts.netloc) or parts.scheme not in ("", "http", "https")
    return names_host and bool(parts.path.strip("/") or parts.query or parts.fragment.startswith("!"))


def _published(value: Any) -> str | None:
    """A date as given; a number counts seconds or milliseconds since 1970, or is written as a day: 20181125."""
    if isinstance(value, bool) or value is None:
        return None
    text = _line(_as_text(value, " ")) or json.dumps(value)
    if digits := _DIGITS_OF_MOMENT.fullmatch(text):
        return "-".join(digits.groups()[:3]) + " " + ":".join(filter(None, digits.groups()[3:]))
    counted = isinstance(value, int | float) or _NUMBER.fullmatch(text) or _BASIC_ISO.match(text)
    moment = _moment(value) if counted else None
    return moment.isoformat() if moment else text[:LONGEST_DATE]


def _moment(value: Any) -> datetime | None:
    """A moment with its zone: seconds since 1970 or ISO 8601; None where it is neither."""
    try:
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else None
        number = float(value)
        if number < LEAST_SECONDS or _DIGITS_OF_MOMENT.fullmatch(str(value)):
            return None
        return datetime.fromtimestamp(number / (1000 if number >= LARGEST_SECONDS else 1), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
