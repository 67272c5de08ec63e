"""Feeds in two forms: Atom (RFC 4287) and JSON Feed 1.1, of the same entries."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import msgspec
from lxml import etree

ATOM_TYPE, JSON_FEED_TYPE = "application/atom+xml", "application/feed+json"
_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
# The prefix of the words that have none; the types of lxml know of no such prefix.
_DEFAULT_ATOM: Any = {None: _ATOM}
_DEFAULT_XHTML: Any = {None: _XHTML}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Ids are the same on every server that holds the same corpus, so no host name is in them.
_IDS = uuid5(NAMESPACE_URL, "qawl")
# What XML cannot hold, even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A feed without entries has to say when it changed all the same.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ckb"})


class Entry(NamedTuple):
    """One entry. `body` holds pieces of it as (HTML element, text); `page` is where it was published, if known."""

    id: str
    title: str
    url: str
    page: str | None
    author: str | None
    language: str
    published: datetime | None
    updated: datetime
    tags: Sequence[str]
    body: Sequence[tuple[str, str]]


class Feed(NamedTuple):
    """A feed: `url` is its own address, `other` that of its other form."""

    id: str
    title: str
    url: str
    other: str
    home: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When the last of its entries changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def lasting_id(*parts: str) -> str:
    """A URI that names the same thing for good (RFC 9562, version 5)."""
    return uuid5(_IDS, "\0".join(parts)).urn


def direction(language: str) -> str:
    """In which direction a language is written, as HTML says it."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANG: "ar"}, nsmap=_DEFAULT_ATOM)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "Qawl")
    _link(root, "self", feed.url, ATOM_TYPE)
    _link(root, "alternate", feed.other, JSON_FEED_TYPE)
    for entry in feed.entries:
        _entry(etree.SubElement(root, f"{{{_ATOM}}}entry", {_LANG: entry.language}), entry)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(element: Any, entry: Entry) -> None:
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.updated))
    if entry.published:
        _text(element, "published", _moment(entry.published))
    if entry.author:
        _text(etree.SubElement(element, f"{{{_ATOM}}}author"), "name", entry.author)
    if entry.page:
        _link(element, "alternate", entry.page, "text/html")
    _link(element, "alternate", entry.url, "application/json")
    for tag in entry.tags:
        etree.SubElement(element, f"{{{_ATOM}}}category", term=_clean(tag))
    _content(etree.SubElement(element, f"{{{_ATOM}}}content", type="xhtml"), entry)


def _content(element: Any, entry: Entry) -> None:
    """Atom knows no direction of writing; HTML in it does."""
    language = {"lang": entry.language, "dir": direction(entry.language)}
    inside = etree.SubElement(element, f"{{{_XHTML}}}div", language, nsmap=_DEFAULT_XHTML)
    for tag, words in entry.body:
        etree.SubElement(inside, f"{{{_XHTML}}}{tag}").text = _clean(words)


def _text(parent: Any, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _clean(words)


def _link(parent: Any, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, type=kind, href=_clean(href))


def _clean(words: str) -> str:
    return _NO_XML.sub("", words)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed."""
    return msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": feed.url,
            "language": "ar",
            "items": [_item(entry) for entry in feed.entries],
        }
    )


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.page,
        "title": entry.title,
        "content_html": _html(entry.language, entry.body),
        "date_published": _moment(entry.published) if entry.published else None,
        "date_modified": _moment(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else None,
        "tags": list(entry.tags),
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value is not None}


def _html(language: str, body: Iterable[tuple[str, str]]) -> str:
    inside = "".join(f"<{tag}>{escape(words)}</{tag}>" for tag, words in body)
    return f'<div lang="{escape(language)}" dir="{direction(language)}">{inside}</div>'
