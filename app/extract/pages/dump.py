"""Dumps: the layout of a text dump, from its lines alone."""

from collections.abc import Sequence
from itertools import islice

from app.extract.pages.labels import opens_with_dateline
from app.extract.pages.layout import (
    FACTS,
    METADATA,
    Layout,
    is_bullet,
    is_dateline,
    is_short_line,
    is_standfirst,
    settle_article,
    settle_comments,
    settle_dates_of_others,
    settle_related,
)
from app.extract.pages.pieces import Piece
from app.extract.pages.title import find_title, is_picture_text, long_title

# A line that stands apart from this many headlines in a row is past the end of an article.
LIST_LENGTH = 10
CAPTION_WORDS = 14
LAST_LINE_WORDS = 8
SHORT_PAGE_LINES = 4
SHORT_ARTICLE_WORDS = 8
LONE_LINE_WORDS = 15
ANNOUNCING_WORDS = 5
LEAST_ABOVE_TEASER = 3
# Looking for a headline above a date costs a look at the whole page.
DATES_TRIED = 10
# So many short lines above the first paragraph are its own, as in speeches.
SALUTATION_LINES = 3
VERSE_LINES = 4
VERSE_WORDS = 7


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
    return _with_list(layout, _without_teaser(layout, best[1])) if best else _short_article(layout) or _verse(layout)


def _without_teaser(layout: Layout, run: range) -> range:
    """`run` without a last paragraph that stands right below a heading of other articles."""
    if layout.labels[run.stop - 2] != "section" or len(run) < LEAST_ABOVE_TEASER:
        return run
    above = [i for i in run[:-2] if layout.labels[i] is None and layout.pieces[i].is_prose]
    return range(run.start, above[-1] + 1) if above else run


def _with_list(layout: Layout, run: range) -> range:
    """`run`, the points after a last point, and the short lines that a last sentence announces with a colon."""
    stop = run.stop
    while stop < len(layout.pieces) and is_bullet(layout.pieces[stop]) and is_bullet(layout.pieces[stop - 1]):
        stop += 1
    run = range(run.start, stop)
    if stop < len(layout.pieces) and _announces(layout.pieces[stop]) and layout.labels[stop] is None:
        stop += 1
    if _announces(layout.pieces[stop - 1]):
        run = range(run.start, stop)
        while (
            stop < len(layout.pieces)
            and is_short_line(layout, stop)
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
        short = i < len(layout.pieces) and is_short_line(layout, i) and len(layout.pieces[i].words) <= VERSE_WORDS
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


def _below_other_article(layout: Layout, run: range) -> tuple[range, int | None]:
    """Where only a heading of other articles stands above the first paragraph: the paragraphs below the first headline
    that has a date beside it, and this headline.
    """
    if not any(label == "section" for label in layout.labels[: run.start]):
        return run, None
    for i in islice((i for i in run if layout.labels[i] == "date"), DATES_TRIED):
        below = range(next((j for j in range(i, run.stop) if layout.pieces[j].is_prose), run.stop), run.stop)
        title = find_title(layout, below) if below else None
        if title is not None and run.start < title < below.start:
            first = _facts_above(layout, title)
            layout.kinds[run.start : first] = ["nav"] * (first - run.start)
            return below, title
    return run, None


def _below_picture(layout: Layout, run: range) -> range:
    """`run` without the one sentence above a paragraph that begins as agencies begin: it tells what a picture shows."""
    first = layout.pieces[run.start]
    if len(first.words) > CAPTION_WORDS or layout.title is None:
        return run
    after = [i for i in run[1:4] if layout.labels[i] is None][:2]  # the place may have a line of its own
    begins = [i for i in after if opens_with_dateline(layout.pieces[i].text)]
    if not begins or opens_with_dateline(first.text):
        return run
    layout.kinds[run.start] = "caption"
    return range(after[0], run.stop)


def settle_header(layout: Layout, run: range) -> None:
    """Above the article: navigation, then the facts of the page, the title, and what stands below it."""
    top = run.start if layout.title is None else layout.title
    facts_from = _facts_above(layout, top)
    for i in range(top):
        own = layout.labels[i]
        if layout.kinds[i] is None and not (own == "url" or (i >= facts_from and own in FACTS)):
            layout.kinds[i] = "nav"
    if layout.title is not None:
        title = layout.pieces[layout.title].key
        layout.kinds[layout.title] = "title"
        for i, piece in enumerate(layout.pieces):
            if i != layout.title and piece.key == title:
                layout.kinds[i] = "nav_title"
        _settle_below_title(layout, range(layout.title + 1, run.start))
    layout.facts(range(run.start))


def _facts_above(layout: Layout, title: int) -> int:
    """Where the date, the hour, the author right above a headline begin."""
    while title and layout.labels[title - 1] in METADATA:
        title -= 1
    return title


def _settle_below_title(layout: Layout, between: range) -> None:
    lines = [i for i in between if layout.kinds[i] is None and layout.labels[i] is None]
    for i in lines:
        piece = layout.pieces[i]
        short = len(piece.words) <= CAPTION_WORDS and not (piece.has_end_mark or is_dateline(piece))
        next_to_title = i == between.start and not piece.gap
        if (short and next_to_title) or is_picture_text(layout, i):
            layout.kinds[i] = "caption"
    lines = [i for i in lines if layout.kinds[i] is None]
    for i in lines:
        own = is_standfirst(layout.pieces[i]) or len(lines) >= SALUTATION_LINES
        layout.kinds[i] = "subheading" if own else "other"


def settle_footer(layout: Layout, run: range) -> None:
    """Below the article: what names itself, perhaps a last line without a full stop, else navigation."""
    rest = range(run.stop, len(layout.pieces))
    first = next((i for i in rest if layout.kinds[i] is None), None)
    alone = first == run.stop and (first + 1 == len(layout.pieces) or layout.labels[first + 1] is not None)
    if first is not None and alone and layout.labels[first] is None:
        piece = layout.pieces[first]
        if len(piece.words) >= LAST_LINE_WORDS or piece.has_end_mark:
            layout.kinds[first] = "body"
    settle_dates_of_others(layout, rest)
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
    if layout.title is None:
        run, layout.title = _below_other_article(layout, run)
    title = long_title(layout, run)
    if title is not None:
        layout.title = title
        run = range(next(i for i in run if i > title and layout.pieces[i].is_prose), run.stop)
    run = _below_picture(layout, run)
    if layout.title is not None:
        settle_related(layout, layout.title + 1)
    settle_header(layout, run)
    settle_article(layout, run)
    settle_footer(layout, run)
    return layout
