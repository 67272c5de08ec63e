"""Markup: the readable blocks of an HTML page in order, each with what its element says it is."""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from app.extract.pages.labels import markup_label
from app.extract.pages.pieces import check_size, trimmed

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "button", "input",
    "textarea", "head", "audio", "video", "canvas", "map",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "cite", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "time", "tr", "ul",
))  # fmt: skip
_BY_TAG = {"nav": "nav", "footer": "nav", "aside": "nav", "header": "nav", "figcaption": "caption", "menu": "nav"}
_WHOLE = frozenset(("html", "body", "main"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# An element with more of the page's text than this is the page, whatever its class says.
_PAGE_SHARE = 0.6
# A line break after this many characters without an end mark only wraps the line.
_WRAPPED = 60
# Stands for a wrapped line until the block is whole; no parsed HTML holds a NUL.
_WRAP = "\x00"
_END_MARK = re.compile(r"[.؟?!…:][\"»”’'“)\]\s]*$")


@dataclass
class Block:
    """One block: its text with white space collapsed, the tag and label of the element it stands in.

    `linked` counts the characters inside links; `tag` is the nearest block element. Blocks of the same `path` stand in
    elements of the same names and classes: what the page's author wrote in one place shares one.
    """

    text: str
    tag: str
    label: str | None
    linked: int = 0
    gap: bool = True
    stamp: str | None = None  # <time datetime="…">
    path: int = 0

    @property
    def is_link(self) -> bool:
        return self.linked >= 0.8 * len(self.text.replace(" ", ""))


@dataclass
class _Open:
    element: HtmlElement
    tag: str
    label: str | None
    stamp: str | None
    path: int  # of what stands in it
    own_path: int  # of its own text


@dataclass
class _Collector:
    blocks: list[Block] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    gap: bool = True
    line_start: int = 0

    def text(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.links:
                self.linked += len("".join(text.split()))

    def flush(self, *, gap: bool = True) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self.parts).split(_WRAP))
        start, end = trimmed(text, 0, len(text))
        text = text[start:end]
        if text and self.open:
            top = self.open[-1]
            self.blocks.append(Block(text, top.tag, top.label, self.linked, self.gap, top.stamp, top.own_path))
            check_size(len(self.blocks), 0)
        if text or gap:
            self.gap = gap
        self.parts, self.linked, self.line_start = [], 0, 0

    def line_break(self, *, formatted: bool) -> None:
        """One `<br>` ends a line that is finished, or `formatted` as a whole; after a long unfinished one it only
        wraps; two end a paragraph.
        """
        line = " ".join("".join(self.parts[self.line_start :]).split())
        if not line:
            self.flush()
        elif len(line) >= _WRAPPED and not formatted and not _END_MARK.search(line):
            self.parts.append(_WRAP)
            self.line_start = len(self.parts)
        else:
            self.flush(gap=False)


def parse(text: str) -> HtmlElement | None:
    """The tree of an HTML page, or None when there is none to be made of it."""
    # A huge tree may be 2,048 elements deep, which pages with thousands of unclosed elements need; not deeper.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def blocks(tree: HtmlElement) -> list[Block]:
    """The readable blocks of the page, in order."""
    sizes, titled = _measure(tree)
    total = sizes.get(tree, 0)
    page = _Collector()
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _SKIPPED:
            skipped += 1 if event == "start" else -1
            if event == "end" and not skipped:
                page.text(element.tail)
            continue
        if skipped:
            continue
        if event == "start":
            small = sizes[element] <= _PAGE_SHARE * total
            _enter(page, element, trusted=element not in titled, small=small)
        else:
            _leave(page, element)
    page.flush()
    return page.blocks


def _measure(tree: HtmlElement) -> tuple[dict[HtmlElement, int], set[HtmlElement]]:
    """How many characters each element holds, and the elements around a first-level heading."""
    sizes: dict[HtmlElement, int] = {}
    titled: set[HtmlElement] = set()
    for _, element in etree.iterwalk(tree, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            sizes[element] = 0
            continue
        own = len((element.text or "").strip())
        sizes[element] = own + sum(sizes.get(child, 0) + len((child.tail or "").strip()) for child in element)
        if element.tag == "h1" or any(child in titled for child in element):
            titled.add(element)
    return sizes, titled


def _enter(page: _Collector, element: HtmlElement, *, trusted: bool, small: bool) -> None:
    tag = element.tag
    if tag == "br":
        before = element.getprevious()
        page.line_break(formatted=before is not None and before.tag != "br" and not (before.tail or "").strip())
    elif tag == "a":
        page.links += 1
        if _stands_apart(element.getprevious()):
            page.text(" ")
    own = _own_label(element, trusted=trusted, small=small)
    inherited = page.open[-1].label if page.open else None
    if tag in _BLOCKS or own:
        page.flush()
    if tag in _BLOCKS or own or not page.open:
        stamp = element.get("datetime") if tag == "time" else None
        page.open.append(_Open(element, tag, _inner(inherited, own), stamp, *_paths(page, element)))
    page.text(element.text)


def _stands_apart(before: HtmlElement | None) -> bool:
    """Whether a link is no part of the word before it: two links of a menu, a heading and its link."""
    if before is None or before.tail or not isinstance(before.tag, str):
        return False
    return before.tag == "a" or (before.tag in ("span", "b", "strong") and len(before.text_content().strip()) > 3)


def _paths(page: _Collector, element: HtmlElement) -> tuple[int, int]:
    """The paths of what stands in the element and of its own text; paragraphs are paragraphs, whatever their class."""
    above = page.open[-1].path if page.open else 0
    inner = hash((above, element.tag, element.get("class")))
    return inner, hash((above, "p")) if element.tag == "p" else inner


def _leave(page: _Collector, element: HtmlElement) -> None:
    if element.tag == "a":
        page.links = max(0, page.links - 1)
    if page.open and page.open[-1].element is element:
        page.flush()
        page.open.pop()
    page.text(element.tail)


def _inner(inherited: str | None, own: str | None) -> str | None:
    """What holds a list of other articles holds nothing of this one; among the tools may stand a date."""
    if inherited and not (inherited == "ui" and own in ("date", "author", "view_count")):
        return inherited
    return own


def _own_label(element: HtmlElement, *, trusted: bool, small: bool) -> str | None:
    if element.tag in _WHOLE or element.tag in HEADINGS or not trusted:
        return None
    tokens = {token.lower() for name in ("class", "id") for token in (element.get(name) or "").split()}
    found = markup_label(tokens) if tokens else None
    if found and (small or found == "comment"):
        return found
    return _BY_TAG.get(element.tag) if small else None
