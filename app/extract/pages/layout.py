"""Layout: which purpose each piece of a page serves, and the zones that follow from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from app.corpus.fields import Zone, ZoneKind
from app.extract.pages import dates
from app.extract.pages.labels import Label, opening
from app.extract.pages.labels import label as label_of
from app.extract.pages.pieces import Piece, check_size
from app.extract.pages.repeats import PullQuotes, is_attribution

# Kinds of label that stay what they are wherever in the article they stand.
FACTS: dict[Label, ZoneKind] = {
    "ui": "ui", "author": "author", "source": "other", "tags": "other", "footer": "other", "caption": "caption",
    "dateline": "body", "view_count": "view_count", "url": "url", "address": "ui", "time": "time", "date": "date",
    "number": "other", "view_unit": "ui", "menu": "nav", "section": "nav", "invitation": "ui",
}  # fmt: skip
METADATA = frozenset({"url", "time", "date", "view_count", "author"})
DATELINE_WORDS = 5
# Who prints a text twice repeats its paragraphs; a shorter line may be a refrain.
REPEATED_WORDS = 12
# Among the article's paragraphs so many words are no subheading, though nobody closed them with a full stop.
PARAGRAPH_WORDS = 14
SIGNATURE_WORDS = 5
# Below the headline fewer words are a section, a name, a number.
STANDFIRST_WORDS = 6
# With so many lines of navigation between, a date above the headline is the day on which the page was copied.
CLOCK_LINES = 3
_BULLETS = "-–—•*▪●■"


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
        labels = [own_label(piece) for piece in pieces]
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
            if self.kinds[i] is None and own in FACTS:
                self.kinds[i] = FACTS[own]


def own_label(piece: Piece) -> Label | None:
    """What the piece says it is, dates among it; None for most."""
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


def settle_dates_of_others(layout: Layout, rest: range) -> None:
    """Below the article: dates that stand after links to other articles are theirs."""
    past = False
    for i in rest:
        past = past or layout.kinds[i] in ("related", "nav") or layout.labels[i] in ("related", "section")
        if past and layout.kinds[i] in (None, "date") and layout.labels[i] == "date":
            layout.kinds[i] = "nav"


def settle_clock(layout: Layout) -> None:
    """Dates above the headline with navigation between tell the day on which the page was copied, not published."""
    links = 0
    for i in reversed(range(layout.title or 0)):
        links += layout.kinds[i] == "nav"
        if layout.kinds[i] == "date" and links >= CLOCK_LINES:
            layout.kinds[i] = "nav"


def is_standfirst(piece: Piece) -> bool:
    """Whether what stands below the headline is the article's: it says something, or from where the news comes."""
    return len(piece.words) >= STANDFIRST_WORDS or piece.has_end_mark or is_dateline(piece) or is_bullet(piece)


def _can_be_link(piece: Piece) -> bool:
    return not piece.is_prose and not piece.text.rstrip().endswith((":", "،"))


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
    _settle_repeated(layout, inside)
    for i in inside:
        layout.kinds[i] = layout.kinds[i] or _article_kind(layout, i, first=i == inside[0])
    if "body" not in layout.kinds:  # headings of nothing: the lines of a poem
        for i in inside:
            layout.kinds[i] = "body" if layout.kinds[i] == "subheading" else layout.kinds[i]


def _settle_repeated(layout: Layout, inside: Sequence[int]) -> None:
    """Settle the second copy of a text that the page prints twice, and the signature below the first."""
    first = {layout.pieces[i].text: i for i in reversed(inside)}
    if len(first) == len(inside):
        return
    again = [first[layout.pieces[i].text] != i for i in inside]
    for repeated, group in groupby(range(len(inside)), again.__getitem__):
        places = list(group)
        copy = [inside[place] for place in places]
        if not repeated or not any(_is_no_refrain(layout.pieces[i]) for i in copy):
            continue
        before = inside[places[0] - 1]  # there is one: the first of all repeats nothing
        for i in [*copy, before] if _is_signature(layout, before) else copy:
            layout.kinds[i] = layout.kinds[i] or "other"


def _is_no_refrain(piece: Piece) -> bool:
    return piece.is_prose and len(piece.words) >= REPEATED_WORDS


def _is_signature(layout: Layout, i: int) -> bool:
    piece = layout.pieces[i]
    return layout.kinds[i] is None and len(piece.words) <= SIGNATURE_WORDS and not piece.has_end_mark


def _article_kind(layout: Layout, i: int, *, first: bool) -> ZoneKind:
    piece = layout.pieces[i]
    if (
        piece.is_prose
        or piece.has_end_mark
        or len(piece.words) >= PARAGRAPH_WORDS
        or len(layout.pieces) == 1
        or _is_list_item(layout, i)
        or (first and is_dateline(piece))
    ):
        return "body"
    return "subheading"


def is_dateline(piece: Piece) -> bool:
    """A place and an agency with a dash between, as agencies begin their news."""
    return len(piece.words) <= DATELINE_WORDS and any(dash in piece.text for dash in "-–—")


def _is_list_item(layout: Layout, i: int) -> bool:
    """A bullet, or one of three short lines in a row."""
    piece = layout.pieces[i]
    if is_bullet(piece) or piece.text[:3].rstrip(". )").isdigit() or piece.text[0] in '"«“':
        return True
    first = last = i
    while first > 0 and not layout.pieces[first].gap and is_short_line(layout, first - 1) and i - first < 3:
        first -= 1
    while (
        last + 1 < len(layout.pieces)
        and not layout.pieces[last + 1].gap
        and is_short_line(layout, last + 1)
        and last - i < 3
    ):
        last += 1
    return last - first + 1 >= 3


def is_bullet(piece: Piece) -> bool:
    return piece.text[0] in _BULLETS


def is_short_line(layout: Layout, i: int) -> bool:
    free = layout.labels[i] is None and layout.kinds[i] in (None, "body", "subheading")
    return free and not layout.pieces[i].is_prose and not layout.pieces[i].has_end_mark
