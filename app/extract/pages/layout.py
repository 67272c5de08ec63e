"""Layout: which purpose each piece of a page serves, and the zones that follow from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.arabic.stem import stem
from app.corpus.fields import Zone, ZoneKind
from app.extract.pages import dates
from app.extract.pages.labels import Label, opening
from app.extract.pages.labels import label as label_of
from app.extract.pages.pieces import Piece, check_size
from app.extract.pages.repeats import PullQuotes, is_attribution, repeated_keys

# Kinds of label that stay what they are wherever in the article they stand.
_FACTS: dict[Label, ZoneKind] = {
    "ui": "ui", "author": "author", "source": "other", "tags": "other", "footer": "other", "caption": "caption",
    "dateline": "body", "view_count": "view_count", "url": "url", "address": "ui", "time": "time", "date": "date",
    "number": "other", "view_unit": "ui", "menu": "nav", "section": "nav",
}  # fmt: skip
_METADATA = frozenset({"url", "time", "date", "view_count", "author"})
# A line that stands apart from this many headlines in a row is past the end of an article.
LIST_LENGTH = 10
TITLE_WORDS = range(2, 31)
REPEATED_TITLE_WORDS = 3
# A repeated line that has less in common with the article is the name of the site.
LEAST_SHARED = 0.2
NEAR_LINES = 2
HEADLINE_WORDS = 4
CAPTION_WORDS = 14
LAST_LINE_WORDS = 8
DATELINE_WORDS = 5
SHORT_PAGE_LINES = 4
SHORT_ARTICLE_WORDS = 8
LONE_LINE_WORDS = 15
ANNOUNCING_WORDS = 5
VERSE_LINES = 4
VERSE_WORDS = 7


@dataclass
class Layout:
    """Pieces in order, what each says it is, and, once arranged, the kind of each.

    `joined` are the pieces that make one zone with the piece before them.
    """

    pieces: list[Piece]
    labels: list[Label | None]
    kinds: list[ZoneKind | None]
    joined: set[int] = field(default_factory=set)
    title: int | None = None

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Layout":
        """What each piece says it is. Raises PageRejected for more than a page of news ever holds."""
        check_size(len(pieces), pieces[-1].end if pieces else 0)
        labels = [_label(piece) for piece in pieces]
        layout = cls(list(pieces), labels, [None] * len(pieces))
        layout._join_views()
        return layout

    def _join_views(self) -> None:
        """A number and its unit on two lines are one fact."""
        for i in range(1, len(self.pieces)):
            if {self.labels[i - 1], self.labels[i]} == {"number", "view_unit"} and i - 1 not in self.joined:
                self.labels[i - 1] = self.labels[i] = "view_count"
                self.joined.add(i)

    def zones(self) -> list[Zone]:
        """The zones: each piece one, but for those joined; navigation reaches up to the headline inside it."""
        zones: list[Zone] = []
        for i, (piece, kind) in enumerate(zip(self.pieces, self.kinds, strict=True)):
            kind = kind or "other"
            before = zones[-1] if zones else None
            if before and before.kind == kind and (i in self.joined or kind in ("nav", "comment")):
                zones[-1] = Zone(kind, before.start, piece.end)
            else:
                if before and (before.kind, kind) == ("nav", "nav_title"):
                    zones[-1] = Zone("nav", before.start, piece.start)
                zones.append(Zone(kind, piece.start, piece.end))
        return zones

    def facts(self, indexes: range) -> None:
        """Settle the pieces that name themselves."""
        for i in indexes:
            own = self.labels[i]
            if self.kinds[i] is None and own in _FACTS:
                self.kinds[i] = _FACTS[own]


def _label(piece: Piece) -> Label | None:
    own = label_of(piece)
    return "date" if own in (None, "ui") and dates.is_date_line(piece.text) else own


def settle_comments(layout: Layout) -> None:
    """From the heading of the comments to the end all is comment, but for the footer."""
    written = 0
    for i, (piece, own) in enumerate(zip(layout.pieces, layout.labels, strict=True)):
        written += piece.is_prose
        if own == "comment" and written:
            for j in range(i, len(layout.pieces)):
                layout.kinds[j] = "other" if layout.labels[j] == "footer" else "comment"
            return


def settle_related(layout: Layout, first: int, own: Collection[int] = ()) -> None:
    """Settle "read also" and the headlines after it, until the article goes on.

    Only from the piece `first` on: above the article such a heading is one of the navigation's. Links stand together
    or each on its own; where they stand together, what follows after a gap is no link any more: it may be a subheading.
    Pieces of `own` are known to be the article's.
    """
    for i in range(first, len(layout.pieces)):
        label = layout.labels[i]
        if layout.kinds[i] is None and label in ("related", "section"):
            layout.kinds[i] = "related" if label == "related" else "nav"
            _settle_links(layout, i, own, alone=label == "related" and _has_headline(layout.pieces[i]))


def _has_headline(piece: Piece) -> bool:
    return len(piece.words) - opening(piece.words, "related") > 2


def _settle_links(layout: Layout, heading: int, own: Collection[int], *, alone: bool) -> None:
    """The links after a heading; `alone` when the heading holds one itself, so that none needs to follow."""
    together = False
    for i in range(heading + 1, len(layout.pieces)):
        piece = layout.pieces[i]
        if i in own or (piece.gap and (alone or together)):
            return
        if not _can_be_link(piece) or layout.labels[i] not in (None, "url", "time", "menu") or layout.kinds[i]:
            return
        layout.kinds[i] = layout.kinds[heading]
        layout.joined.add(i)
        together = together or (i > heading + 1 and not piece.gap)


def _can_be_link(piece: Piece) -> bool:
    return not piece.is_prose and not piece.text.rstrip().endswith((":", "،"))


def main_run(layout: Layout) -> range | None:
    """From the first paragraph of the article to its last: the run of prose with most words that no long list of
    headlines interrupts; None when the page has no prose.
    """
    best: tuple[int, range] | None = None
    first = last = -1
    size = apart = 0
    for i, piece in enumerate(layout.pieces):
        if layout.kinds[i] is not None:
            continue
        if not piece.is_prose or layout.labels[i] is not None:
            apart += layout.labels[i] is None
            continue
        if first < 0 or apart >= LIST_LENGTH:
            first, size = i, 0
        last, apart, size = i, 0, size + len(piece.words)
        if best is None or size > best[0]:
            best = size, range(first, last + 1)
    return _with_list(layout, best[1]) if best else _short_article(layout) or _verse(layout)


def _with_list(layout: Layout, run: range) -> range:
    """`run` and the short lines that a last sentence announces with a colon."""
    stop = run.stop
    if stop < len(layout.pieces) and _announces(layout.pieces[stop]) and layout.labels[stop] is None:
        stop += 1
    if _announces(layout.pieces[stop - 1]):
        run = range(run.start, stop)
        while (
            stop < len(layout.pieces)
            and _is_short_line(layout, stop)
            and (stop == run.stop or not layout.pieces[stop].gap)
        ):
            stop += 1
    return range(run.start, stop)


def _announces(piece: Piece) -> bool:
    return piece.text.endswith(":") and len(piece.words) >= ANNOUNCING_WORDS


def _verse(layout: Layout) -> range | None:
    """The lines of a poem: short, together in stanzas, below something else, and most of what the page says."""
    best = range(0)
    first = 0
    for i in range(len(layout.pieces) + 1):
        short = i < len(layout.pieces) and _is_short_line(layout, i) and len(layout.pieces[i].words) <= VERSE_WORDS
        if short and (i == first or not layout.pieces[i].gap or _begins_stanza(layout, i)):
            continue
        best = max(best, range(first, i), key=len)
        first = i if short else i + 1
    words = sum(len(layout.pieces[i].words) for i in best)
    others = sum(len(p.words) for p, own in zip(layout.pieces, layout.labels, strict=True) if own is None)
    return best if len(best) >= VERSE_LINES and best.start and words > others / 2 else None


def _begins_stanza(layout: Layout, i: int) -> bool:
    return i + 1 < len(layout.pieces) and not layout.pieces[i + 1].gap and not layout.pieces[i - 1].gap


def _short_article(layout: Layout) -> range | None:
    """The longest line of a page of very few lines: news of one sentence that nobody closed with a full stop."""
    free = [i for i, own in enumerate(layout.labels) if own is None and layout.kinds[i] is None]
    if not 0 < len(free) <= SHORT_PAGE_LINES:
        return None
    longest = max(free, key=lambda i: len(layout.pieces[i].words))
    enough = SHORT_ARTICLE_WORDS if longest > free[0] else LONE_LINE_WORDS  # a lone line is a headline first
    return range(longest, longest + 1) if len(layout.pieces[longest].words) >= enough else None


def find_title(layout: Layout, run: range) -> int | None:
    """The headline above the article: what shares most with it, stands closest, or stands on the page twice."""
    repeated = repeated_keys(layout.pieces, min_words=REPEATED_TITLE_WORDS)
    said = {stem(word) for i in list(run)[:8] for word in layout.pieces[i].words}
    scores: dict[int, float] = {}
    unlabelled = 0
    for i in reversed(range(run.start)):
        piece = layout.pieces[i]
        if layout.labels[i] is not None or layout.kinds[i] is not None:
            continue
        if len(piece.words) in TITLE_WORDS and not piece.is_prose and not _is_dateline(piece):
            shared = _shared(piece, said)
            twice = piece.key in repeated and shared > LEAST_SHARED
            distance = max(0, unlabelled - NEAR_LINES)
            scores[i] = shared + 0.5 * twice + 0.3 * _beside_metadata(layout, i) - 0.1 * distance
        unlabelled += 1
    if not scores:
        return None
    best = max(scores, key=lambda i: (scores[i], i))
    # A second headline below the first repeats more of the article; the first is the title.
    while scores.get(best - 1, -1.0) > scores[best] - 0.25 and not layout.pieces[best].gap:
        best -= 1
    return best


def _shared(piece: Piece, said: set[str]) -> float:
    """Which part of a headline's longer words stand in the article as well."""
    own = {stem(word) for word in piece.words if len(word) > 2}
    # A name or two alone is a caption more often than a headline.
    return len(own & said) / max(len(own), HEADLINE_WORDS)


def _beside_metadata(layout: Layout, i: int) -> bool:
    """Whether the page's date, author or address stands next to a line."""
    return any(layout.labels[j] in _METADATA for j in (i - 1, i + 1) if 0 <= j < len(layout.labels))


def settle_header(layout: Layout, run: range) -> None:
    """Above the article: navigation, then the facts of the page, the title, and what stands below it."""
    top = run.start if layout.title is None else layout.title
    facts_from = top
    while facts_from and (layout.labels[facts_from - 1] in _METADATA or layout.labels[facts_from - 1] == "ui"):
        facts_from -= 1
    for i in range(top):
        own = layout.labels[i]
        if layout.kinds[i] is None and not (own == "url" or (i >= facts_from and own in _FACTS)):
            layout.kinds[i] = "nav"
    if layout.title is not None:
        title = layout.pieces[layout.title].key
        layout.kinds[layout.title] = "title"
        for i, piece in enumerate(layout.pieces):
            if i != layout.title and piece.key == title:
                layout.kinds[i] = "nav_title"
        _settle_below_title(layout, range(layout.title + 1, run.start))
    layout.facts(range(run.start))


def _settle_below_title(layout: Layout, between: range) -> None:
    for i in between:
        piece = layout.pieces[i]
        if layout.kinds[i] is not None or layout.labels[i] is not None:
            continue
        short = len(piece.words) <= CAPTION_WORDS and not piece.has_end_mark
        next_to_title = i == between.start and not piece.gap
        layout.kinds[i] = "caption" if short and next_to_title else "subheading"


def settle_article(layout: Layout, run: range) -> None:
    """The article itself: paragraphs, pull quotes with their attribution, subheadings, lists."""
    inside = [i for i in run if layout.kinds[i] is None]
    quotes = PullQuotes([layout.pieces[i] for i in inside])
    for i in inside:
        piece = layout.pieces[i]
        if layout.kinds[i] is None and layout.labels[i] is None and quotes.repeats(piece):
            layout.kinds[i] = "pull_quote"
            if i + 1 in run and layout.kinds[i + 1] is None and is_attribution(layout.pieces[i + 1]):
                layout.kinds[i + 1] = "pull_quote"
                layout.joined.add(i + 1)
    layout.facts(run)
    for i in inside:
        layout.kinds[i] = layout.kinds[i] or _article_kind(layout, i, first=i == inside[0])
    if "body" not in layout.kinds:  # headings of nothing: the lines of a poem
        layout.kinds = ["body" if i in inside and kind == "subheading" else kind for i, kind in enumerate(layout.kinds)]


def _article_kind(layout: Layout, i: int, *, first: bool) -> ZoneKind:
    piece = layout.pieces[i]
    if (
        piece.is_prose
        or piece.has_end_mark
        or len(layout.pieces) == 1
        or _is_list_item(layout, i)
        or (first and _is_dateline(piece))
    ):
        return "body"
    return "subheading"


def _is_dateline(piece: Piece) -> bool:
    """A place and an agency with a dash between, as agencies begin their news."""
    return len(piece.words) <= DATELINE_WORDS and any(dash in piece.text for dash in "-–—")


def _is_list_item(layout: Layout, i: int) -> bool:
    """A bullet, or one of three short lines in a row."""
    piece = layout.pieces[i]
    if piece.text[0] in "-–—•*▪●■" or piece.text[:3].rstrip(". )").isdigit() or piece.text[0] in '"«“':
        return True
    first = last = i
    while first > 0 and not layout.pieces[first].gap and _is_short_line(layout, first - 1) and i - first < 3:
        first -= 1
    while (
        last + 1 < len(layout.pieces)
        and not layout.pieces[last + 1].gap
        and _is_short_line(layout, last + 1)
        and last - i < 3
    ):
        last += 1
    return last - first + 1 >= 3


def _is_short_line(layout: Layout, i: int) -> bool:
    free = layout.labels[i] is None and layout.kinds[i] in (None, "body", "subheading")
    return free and not layout.pieces[i].is_prose and not layout.pieces[i].has_end_mark


def settle_footer(layout: Layout, run: range) -> None:
    """Below the article: what names itself, perhaps a last line without a full stop, else navigation."""
    rest = range(run.stop, len(layout.pieces))
    first = next((i for i in rest if layout.kinds[i] is None), None)
    alone = first == run.stop and (first + 1 == len(layout.pieces) or layout.labels[first + 1] is not None)
    if first is not None and alone and layout.labels[first] is None:
        piece = layout.pieces[first]
        if len(piece.words) >= LAST_LINE_WORDS or piece.has_end_mark:
            layout.kinds[first] = "body"
    layout.facts(rest)
    for i in rest:
        layout.kinds[i] = layout.kinds[i] or "nav"


def arrange_entry(pieces: Sequence[Piece]) -> Layout:
    """The layout of a text whose first line is known to be its headline: the rest is the article but for what names
    itself otherwise.
    """
    layout = Layout.of(pieces)
    layout.title, layout.kinds[0] = 0, "title"
    layout.labels[0] = None
    settle_comments(layout)
    settle_related(layout, 1)
    settle_article(layout, range(1, len(pieces)))
    return layout


def arrange_dump(pieces: Sequence[Piece]) -> Layout:
    """The layout of a text dump, from its lines alone."""
    layout = Layout.of(pieces)
    settle_comments(layout)
    settle_related(layout, next((i for i, piece in enumerate(layout.pieces) if piece.is_prose), len(layout.pieces)))
    run = main_run(layout)
    if run is None:
        layout.kinds = [kind or "nav" for kind in layout.kinds]
        return layout
    layout.title = find_title(layout, run)
    if layout.title is not None:
        settle_related(layout, layout.title + 1)
    settle_header(layout, run)
    settle_article(layout, run)
    settle_footer(layout, run)
    return layout
