"""Web pages: an HTML page becomes its readable text and the layout of it.

Trafilatura says which paragraphs are the article; our own rules then take out of it what it leaves in: links to
other articles, pull quotes, captions, share buttons.
"""

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import trafilatura
from lxml.html import HtmlElement

from app.arabic.fold import folded
from app.corpus.fields import ZoneKind
from app.extract.pages import dates
from app.extract.pages.layout import (
    PARAGRAPH_WORDS,
    Layout,
    is_standfirst,
    settle_article,
    settle_clock,
    settle_comments,
    settle_dates_of_others,
    settle_related,
)
from app.extract.pages.markup import HEADINGS, Block, blocks
from app.extract.pages.metadata import Metadata
from app.extract.pages.pieces import Piece, facts

# Beyond so much text or markup trafilatura takes seconds; our own blocks alone must do.
MAX_TRAFILATURA_CHARS = 400_000
MAX_TRAFILATURA_ELEMENTS = 50_000
MAX_TITLE_CHARS = 600
SHINGLE_WORDS = 4
SHARED_SHINGLES = 0.7
AUTHOR_WORDS = 8
LINK_WORDS = 4
TEASER_WORDS = 8
MENU_LINKS = 3
_WORD = re.compile(r"[^\W_]+")
_KINDS: dict[str, ZoneKind] = {
    "nav": "nav", "related": "related", "ui": "ui", "comment": "comment", "caption": "caption", "tags": "other",
    "pull_quote": "pull_quote",
}  # fmt: skip
# Headings below which no article goes on unless its own paragraphs do.
_ENDINGS = frozenset({"related", "section", "tags", "comment", "footer"})
_SITE_SEPARATOR = re.compile(r"\s+[-–—|»«:•·]+\s+|\s*\|\s*")


def arrange_webpage(
    tree: HtmlElement, metadata: Metadata, *, title: str | None = None
) -> tuple[str, Layout, list[str]]:
    """The readable text of a page, its layout, and the stamps of the `<time>` elements beside the article.

    Where the headline is known to be `title`, it is that; a text that lacks it has it put on top.
    """
    found = blocks(tree)
    headline = _headline(found, metadata, title)
    text, pieces, found = _joined(found, headline)
    layout = Layout.of(pieces)
    layout.title = next((i for i, block in enumerate(found) if block is headline), None)
    _settle_marked(layout, found)
    main = _main_words(tree, text)
    run = _article(layout, found, main)
    settle_comments(layout)
    if run is None:
        layout.facts(range(len(pieces)))
        layout.kinds = [kind or "nav" for kind in layout.kinds]
        return text, layout, []
    home = _home(layout, found, run)
    own = {i for i in run if found[i].path == home and not found[i].is_link}
    settle_related(layout, run.start if layout.title is None else min(run.start, layout.title), own)
    settle_dates_of_others(layout, range(run.stop, len(pieces)))
    _settle_outside(layout, found, run)
    settle_clock(layout)
    _settle_strangers(layout, found, run, main)
    settle_article(layout, run)
    _join_marked(layout)
    return text, layout, [b.stamp for b, kind in zip(found, layout.kinds, strict=True) if b.stamp and kind == "date"]


def _headline(found: list[Block], metadata: Metadata, given: str | None) -> Block | None:
    """The block that is the headline, put at the beginning of `found` if it was not there."""
    if given is not None:
        same = next((block for block in found if _key(block.text) == _key(given)), None)
        missing = None if same else given
    else:
        place = _title_block(found, metadata)
        same = None if place is None else found[place]
        missing = _without_site(metadata.titles[0], metadata.site_name) if metadata.titles and not same else None
    if missing is not None:
        same = Block(missing, "h1", None)
        found.insert(0, same)
    return same


def _joined(found: Sequence[Block], headline: Block | None) -> tuple[str, list[Piece], list[Block]]:
    """The blocks' texts with a blank line between two (a line end where the page only broke the line), the pieces of
    it, and the block of each piece: a block that is a line of facts gives several.
    """
    parts = ["" if i == 0 else "\n\n" if block.gap else "\n" for i, block in enumerate(found)]
    text = "".join(glue + block.text for glue, block in zip(parts, found, strict=True))
    pieces, owners, at = [], [], 0
    for glue, block in zip(parts, found, strict=True):
        start, at = at + len(glue), at + len(glue) + len(block.text)
        whole = [Piece(start, at, block.text, block.gap)]
        own = whole if block is headline else list(facts(text, start, at, gap=block.gap))
        pieces += own
        owners += [block] * len(own)
    return text, pieces, owners


def _key(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def _title_block(found: Sequence[Block], metadata: Metadata) -> int | None:
    """The headline: the block that the metadata repeat, highest heading first, else the only real `<h1>`."""
    keys = [_key(block.text) if len(block.text) < MAX_TITLE_CHARS else "" for block in found]
    for title in metadata.titles:
        parts = {_key(title), *map(_key, _without_ends(title))}
        same = [i for i, key in enumerate(keys) if key in parts and len(key.split()) > 1]
        same = [i for i in same if not _is_above_menu(found, keys, i, same)]
        if same:
            longest = max(len(keys[i]) for i in same)  # the other part of "headline - site" is the site
            best = [i for i in same if len(keys[i]) == longest]
            return min(best, key=lambda i: (_rank(found[i].tag), found[i].label == "nav", i))
    headings = [i for i, b in enumerate(found) if b.tag == "h1" and not b.label and len(keys[i].split()) > 2]
    return headings[0] if headings else None


def _is_above_menu(found: Sequence[Block], keys: Sequence[str], i: int, same: Sequence[int]) -> bool:
    """Whether a block is the name of the site: other words of the title stand below it, and links between."""
    return any(
        keys[j] != keys[i] and sum(block.is_link for block in found[i + 1 : j]) >= MENU_LINKS for j in same if j > i
    )


def _without_ends(title: str) -> Iterator[str]:
    """What stands before and after each separator of "headline - section - site"."""
    for match in _SITE_SEPARATOR.finditer(title):
        yield title[: match.start()]
        yield title[match.end() :]


def _rank(tag: str) -> int:
    return HEADINGS.index(tag) if tag in HEADINGS else len(HEADINGS)


def _without_site(title: str, site_name: str | None) -> str:
    """`<title>` without the name of the site that many pages add after a dash or bar."""
    cuts = list(_SITE_SEPARATOR.finditer(title))
    if cuts and len(_key(title[: cuts[-1].start()]).split()) > 2:
        last = _key(title[cuts[-1].end() :])
        if (site_name and last in _key(site_name)) or len(last.split()) <= 4:
            return title[: cuts[-1].start()].strip()
    return title


def _settle_marked(layout: Layout, found: Sequence[Block]) -> None:
    """What the markup itself tells: navigation, captions, tools, comments, and the facts of the page."""
    title = layout.pieces[layout.title].key if layout.title is not None else None
    for i, (piece, block) in enumerate(zip(layout.pieces, found, strict=True)):
        if i == layout.title:
            layout.kinds[i] = "title"
        elif piece.key == title:
            layout.kinds[i] = "nav_title"
        elif block.label in _KINDS:
            layout.kinds[i] = "other" if layout.labels[i] == "footer" else _KINDS[block.label]
        elif block.label:
            layout.kinds[i] = _fact(piece, block)


def _fact(piece: Piece, block: Block) -> ZoneKind | None:
    """Author, date and view count, if what stands there can be one; class names alone promise too much."""
    if block.label == "view_count":
        return "view_count" if any(c.isdigit() for c in piece.text) and len(piece.words) < 6 else None
    if block.label == "author":
        return "author" if 0 < len(piece.words) <= AUTHOR_WORDS and not dates.is_date_line(piece.text) else None
    return "date" if dates.is_date_line(piece.text) or (block.tag == "time" and len(piece.words) < 12) else None


def _main_words(tree: HtmlElement, text: str) -> tuple[set[tuple[str, ...]], set[str]] | None:
    """The article as trafilatura sees it, as runs of words and whole lines; None when it sees none."""
    if len(text) > MAX_TRAFILATURA_CHARS or tree.xpath("count(//*)") > MAX_TRAFILATURA_ELEMENTS:
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page without an article as an error
    try:
        main = trafilatura.extract(copy.deepcopy(tree), include_comments=False, fast=True)
    except Exception:  # a library on hostile input: whatever it stumbles over, our own blocks still read the page
        return None
    if not main:
        return None
    shingles: set[tuple[str, ...]] = set()
    lines = set()
    for line in main.splitlines():
        words = _WORD.findall(folded(line))
        lines.add(" ".join(words))
        shingles.update(_shingles(words))
    return shingles, lines


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)]


def _article(
    layout: Layout, found: Sequence[Block], main: tuple[set[tuple[str, ...]], set[str]] | None
) -> range | None:
    """From the first block of the article to its last; what stands between is judged piece by piece.

    Paragraphs between the title and what trafilatura took belong to the article as well.
    """
    _settle_teasers(layout, found)
    free = [i for i, kind in enumerate(layout.kinds) if kind is None and not found[i].is_link]
    free = [i for i in free if layout.labels[i] in (None, "dateline")]
    below = [i for i in free if layout.title is not None and i > layout.title]
    free = below if any(layout.pieces[i].is_prose for i in below) else free
    prose = [i for i in free if layout.pieces[i].is_prose]
    inside = [i for i in free if main and _is_main(layout.pieces[i], *main)]
    if not prose and not inside:
        return None
    if not any(layout.pieces[i].is_prose for i in inside):
        inside = prose or inside
    first = min([inside[0], *prose[:1]]) if below else inside[0]
    home = _home(layout, found, inside)
    return range(first, _last(layout, found, free, inside, home) + 1)


def _home(layout: Layout, found: Sequence[Block], pieces: Sequence[int]) -> int:
    """The path of the blocks that hold most of the article's prose."""
    words: Counter[int] = Counter()
    for i in pieces:
        words[found[i].path] += len(layout.pieces[i].words) * layout.pieces[i].is_prose
    return words.most_common(1)[0][0]


def _last(layout: Layout, found: Sequence[Block], free: Sequence[int], inside: Sequence[int], home: int) -> int:
    """Where the article ends: with the last paragraph written where the others are.

    What trafilatura takes after that counts as long as no heading of other things stands between.
    """
    at_home = [i for i in free if found[i].path == home and _is_paragraph(layout.pieces[i])]
    last = at_home[-1] if at_home else inside[0]
    for i in inside:
        if i > last and not any(label in _ENDINGS for label in layout.labels[last + 1 : i]):
            last = i
    return last


def _is_paragraph(piece: Piece) -> bool:
    """Whether it is one, also where nobody closed it with a full stop."""
    return piece.is_prose or len(piece.words) >= PARAGRAPH_WORDS


def _settle_teasers(layout: Layout, found: Sequence[Block]) -> None:
    """Other articles announced by headline and first lines, one after the other, are navigation."""
    pairs = {i for i in range(len(found) - 1) if _is_teaser(layout, found, i)}
    for i in pairs:
        if i + 2 in pairs or i - 2 in pairs or layout.pieces[i + 1].text.endswith(("...", "…")):
            layout.kinds[i] = layout.kinds[i + 1] = "nav"


def _is_teaser(layout: Layout, found: Sequence[Block], i: int) -> bool:
    """Whether a linked headline and a text below it stand at `i`."""
    if layout.kinds[i] or layout.kinds[i + 1] or not found[i].is_link or found[i + 1].is_link:
        return False
    if "related" in layout.labels[max(0, i - 1) : i + 1]:  # "read also" and its link, then the article goes on
        return False
    headline = found[i].tag in HEADINGS or len(layout.pieces[i].words) >= LINK_WORDS
    return headline and len(layout.pieces[i + 1].words) >= TEASER_WORDS


def _is_main(piece: Piece, shingles: set[tuple[str, ...]], lines: set[str]) -> bool:
    if len(piece.words) < SHINGLE_WORDS:
        return piece.key in lines
    own = _shingles(piece.words)
    return sum(shingle in shingles for shingle in own) >= SHARED_SHINGLES * len(own)


def _settle_outside(layout: Layout, found: Sequence[Block], run: range) -> None:
    """Before and after the article: what names itself, else navigation."""
    for i, kind in enumerate(layout.kinds):
        if i in run or kind is not None:
            continue
        layout.facts(range(i, i + 1))
        if layout.kinds[i] is None:
            below_title = layout.title is not None and layout.title < i < run.start
            layout.kinds[i] = _below_title(layout, found, i) if below_title else "nav"


def _below_title(layout: Layout, found: Sequence[Block], i: int) -> ZoneKind:
    if found[i].is_link:
        return "nav"
    return "subheading" if is_standfirst(layout.pieces[i]) else "other"


def _settle_strangers(
    layout: Layout, found: Sequence[Block], run: range, main: tuple[set[tuple[str, ...]], set[str]] | None
) -> None:
    """Inside the article: a block that is only a link to a headline, and scraps that trafilatura left out.

    Not those written where the paragraphs are: lines of a list, of a poem, a signature.
    """
    home = _home(layout, found, [i for i in run if layout.kinds[i] is None] or run)
    for i in run:
        piece = layout.pieces[i]
        if layout.kinds[i] is not None or layout.labels[i] is not None:
            continue
        if found[i].is_link and len(piece.words) >= LINK_WORDS:
            layout.kinds[i] = "related"
        elif found[i].tag in HEADINGS and not piece.is_prose:
            layout.kinds[i] = "subheading"
        elif main and found[i].path != home and not (piece.is_prose or piece.has_end_mark or _is_main(piece, *main)):
            layout.kinds[i] = "other"


def _join_marked(layout: Layout) -> None:
    """Blocks of one pull quote or one list of links make one zone."""
    for i in range(1, len(layout.kinds)):
        if layout.kinds[i] == layout.kinds[i - 1] and layout.kinds[i] in ("pull_quote", "related"):
            layout.joined.add(i)
