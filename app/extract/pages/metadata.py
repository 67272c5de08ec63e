"""Metadata: what the head of an HTML page says about the article, as JSON-LD, Open Graph or plain `<meta>`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

MAX_JSON_NODES = 2000
MAX_VALUE = 2000
_ARTICLE = re.compile(r"Article|Posting|Report")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publish_date",
    "publish-date", "published_time", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.created", "sailthru.date", "article.published", "parsely-pub-date", "date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author")


@dataclass(frozen=True)
class Metadata:
    """Values as the page gives them, each list in the order of trust. Dates are pairs of where and what."""

    titles: list[str]
    site_name: str | None
    author: str | None
    url: str | None
    published: list[tuple[str, str]]
    modified: list[tuple[str, str]]


def read_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a page; fields that it does not give are None or empty."""
    meta = _metas(tree)
    linked = [node for node in _json_ld(tree) if _is_article(node)]
    head = tree.find(".//title")
    titles = [
        *_texts(linked, "headline"),
        *_values(meta, _TITLES),
        *([_clean(head.text_content())] if head is not None else []),
    ]
    authors = [*_names(linked), *(name for name in _values(meta, _AUTHORS) if "/" not in name)]
    return Metadata(
        titles=[title for title in titles if title],
        site_name=next(iter(_values(meta, ("og:site_name", "application-name"))), None),
        author=next(iter(authors), None),
        url=_canonical(tree) or next(iter(_values(meta, ("og:url",))), None),
        published=[*_json_dates(linked, "datePublished"), *_meta_dates(meta, _PUBLISHED), *_time_elements(tree)],
        modified=[*_json_dates(linked, "dateModified"), *_meta_dates(meta, _MODIFIED)],
    )


def _clean(value: object) -> str:
    """A value as one line of text that can be stored: no lone surrogates, no NUL, not endless."""
    text = value if isinstance(value, str) else ""
    text = text[:MAX_VALUE].encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return " ".join(text.split())


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first value of each `<meta>`, by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        value = _clean(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and value:
                found.setdefault(name.strip().lower(), value)
    return found


def _values(meta: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [meta[name] for name in names if name in meta]


def _meta_dates(meta: dict[str, str], names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"meta {name}", meta[name]) for name in names if name in meta]


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD blocks; broken blocks are passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            stack = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_JSON_NODES):
            if not stack:
                break
            node = stack.pop()
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(value for key, value in node.items() if key in ("@graph", "mainEntity"))


def _is_article(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and _ARTICLE.search(each) for each in kinds)


def _texts(nodes: list[dict[str, Any]], key: str) -> list[str]:
    return [text for node in nodes if (text := _clean(node.get(key)))]


def _json_dates(nodes: list[dict[str, Any]], key: str) -> list[tuple[str, str]]:
    return [(f"JSON-LD {key}", text) for text in _texts(nodes, key)]


def _names(nodes: list[dict[str, Any]]) -> list[str]:
    """Names of the authors in JSON-LD, which writes them as text, object or list of these."""
    names = []
    for node in nodes:
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = _clean(author.get("name") if isinstance(author, dict) else author)
            if name and "/" not in name:
                names.append(name)
    return names


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _clean(link.get("href")) or None
    return None


def _time_elements(tree: HtmlElement) -> list[tuple[str, str]]:
    """`<time>` elements marked as the date of publication."""
    return [
        ("the element <time> marked as publication", _clean(element.get("datetime")))
        for element in tree.iter("time")
        if element.get("datetime")
        and ("datepublished" in (element.get("itemprop") or "").lower() or element.get("pubdate") is not None)
    ]
