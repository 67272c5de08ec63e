"""Feeds: a JSON object or a row of CSV becomes an article's text or HTML and the fields given with it."""

import csv
import io
import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from app.corpus.fields import Decoded, Page
from app.errors import InvalidValue
from app.extract.pages import Given, PageRejected, decode, decoded, read_entry
from app.intake.raw_page import RawPage

_DATA = tomllib.loads((Path(__file__).parent / "data/fields.toml").read_text("utf-8"))
LISTS: frozenset[str] = frozenset(_DATA["lists"]["names"])
FIELDS: dict[str, list[str]] = {name: names for name, names in _DATA.items() if name != "lists"}
JSON, CSV = "application/json", "text/csv"
DELIMITERS = ",;\t|"
# Seconds since 1970 reach this number in the year 5138: what is larger counts milliseconds.
LARGEST_SECONDS = 1e11
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
    given = Given(
        url=_line(record.text("url")) or page.url,
        fetched_at=_moment(record.value("fetched_at")) or page.fetched_at,
        title=_line(record.text("title")),
        author=_line(record.text("author")),
        published_at=_published(record.value("published_at")),
        source=_line(record.text("source")),
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
        return decoded(found, self._whole)


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
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    names, row = next(rows, []), next(rows, [])
    while len(row) > len(names) and not row[-1]:
        row.pop()  # a delimiter at the end of each line
    if len(row) != len(names):
        raise PageRejected("unreadable", f"expected {len(names)} columns as in the first line, got {len(row)}")
    return dict(zip(names, row, strict=True))


def delimiter_of(text: str) -> str:
    """What separates the columns: the sign that the first line, names of columns, has most of."""
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _as_text(value: Any, glue: str) -> str | None:
    if isinstance(value, list):
        return glue.join(text for one in value if (text := _as_text(one, glue))) or None
    if isinstance(value, dict):
        return _as_text(value.get("name") or value.get("title"), glue)
    return None if value is None or isinstance(value, bool) else str(value)


def _line(text: str | None) -> str | None:
    """A text on one line, free of what Postgres cannot store."""
    whole = (text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")
    return " ".join(whole.split()) or None


def _published(value: Any) -> str | None:
    """A date as given; a number counts seconds or milliseconds since 1970."""
    moment = _moment(value) if isinstance(value, int | float) else None
    return moment.isoformat() if moment else _line(_as_text(value, " "))


def _moment(value: Any) -> datetime | None:
    """A moment with its zone: seconds since 1970 or ISO 8601; None where it is neither."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / (1000 if abs(value) >= LARGEST_SECONDS else 1), UTC)
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment and moment.tzinfo else None
