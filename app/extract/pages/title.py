"""Title: which line of a dump is the headline of the article below it."""

import re

from app.arabic.stem import stem
from app.extract.pages.labels import is_masthead
from app.extract.pages.layout import METADATA, STANDFIRST_WORDS, Layout, is_bullet, is_dateline
from app.extract.pages.pieces import Piece
from app.extract.pages.repeats import repeated_keys

TITLE_WORDS = range(2, 31)
REPEATED_TITLE_WORDS = 3
# A repeated line that has less in common with the article is the name of the site.
LEAST_SHARED = 0.2
NEAR_LINES = 2
HEADLINE_WORDS = 4
PICTURE_WORDS = 7
LONG_TITLE_WORDS = 45
SHORT_PROSE_WORDS = 12
_COMMA = re.compile("[,،]")
_ARABIC = re.compile(r"[\u0620-\u064a]")


def find_title(layout: Layout, run: range) -> int | None:
    """The headline above the article: what shares most with it, stands closest, or stands on the page twice."""
    repeated = repeated_keys(layout.pieces, min_words=REPEATED_TITLE_WORDS)
    said = {stem(word) for i in list(run)[:8] for word in layout.pieces[i].words}
    scores: dict[int, float] = {}
    bylines: set[int] = set()
    unlabelled = 0
    for i in reversed(range(run.start)):
        piece = layout.pieces[i]
        if layout.labels[i] is not None or layout.kinds[i] is not None:
            continue
        if _can_be_title(piece):
            shared = _shared(piece, said)
            twice = piece.key in repeated and shared > LEAST_SHARED
            distance = max(0, unlabelled - NEAR_LINES)
            beside = _beside_metadata(layout, i) or i + 1 in bylines
            scores[i] = shared + 0.5 * twice + 0.3 * beside - 0.1 * distance
            scores[i] -= is_picture_text(layout, i) + 0.5 * _is_below_dated(layout, i, said)
            if _is_byline(layout, i, shared):
                scores[i] -= 0.3
                bylines.add(i)
        unlabelled += 1
    if not scores:
        return None
    best = max(scores, key=lambda i: (scores[i], i))
    # A second headline below the first repeats more of the article; the first is the title.
    while best - 1 in scores and scores[best - 1] > scores[best] - 0.25 and not layout.pieces[best].gap:
        best -= 1
    return best


def _can_be_title(piece: Piece) -> bool:
    if len(piece.words) not in TITLE_WORDS or piece.is_prose or is_dateline(piece) or is_bullet(piece):
        return False
    is_keywords = len(_COMMA.findall(piece.text)) * 2 >= len(piece.words)
    return not (is_keywords or is_masthead(piece)) and _ARABIC.search(piece.text) is not None


def is_picture_text(layout: Layout, i: int) -> bool:
    """Whether a few words stand twice, one below the other: what a picture shows, and its caption, maybe longer."""
    if len(layout.pieces[i].words) > PICTURE_WORDS:
        return False
    above = i > 0 and not layout.pieces[i].gap and _is_begun(layout.pieces[i - 1], layout.pieces[i])
    below = i + 1 < len(layout.pieces) and not layout.pieces[i + 1].gap
    return above or (below and _is_begun(layout.pieces[i], layout.pieces[i + 1]))


def _is_begun(upper: Piece, lower: Piece) -> bool:
    """Whether the lower line begins with all of the upper one."""
    count = len(upper.words)
    longest = PICTURE_WORDS if len(lower.words) > count else HEADLINE_WORDS - 1
    return 0 < count <= longest and len(lower.words) <= PICTURE_WORDS and lower.words[:count] == upper.words


def _shared(piece: Piece, said: set[str]) -> float:
    """Which part of a headline's longer words stand in the article as well."""
    own = {stem(word) for word in piece.words if len(word) > 2}
    # A name or two alone is a caption more often than a headline.
    return len(own & said) / max(len(own), HEADLINE_WORDS)


def long_title(layout: Layout, run: range) -> int | None:
    """The first line of the article if it is a headline as long as a paragraph: nobody closed it, unlike the next.

    So only where none stands above, or where the page prints it twice.
    """
    first = layout.pieces[run.start]
    after = [layout.pieces[i] for i in run[1:] if layout.pieces[i].is_prose and layout.pieces[i].words != first.words]
    if (
        not after
        or first.has_end_mark
        or len(first.words) > LONG_TITLE_WORDS
        or len(after[0].words) <= SHORT_PROSE_WORDS
    ):
        return None
    twice = sum(piece.words == first.words for piece in layout.pieces) > 1
    if layout.title is not None and not twice:
        return None
    return max(i for i in run if layout.pieces[i].words == first.words and layout.pieces[i].start < after[0].start)


def _is_below_dated(layout: Layout, i: int, said: set[str]) -> bool:
    """Whether a few words stand below a date that has a headline right above: they tell what a picture shows."""
    if i < 2 or len(layout.pieces[i].words) >= STANDFIRST_WORDS or layout.labels[i - 1] != "date":
        return False
    above = layout.pieces[i - 2]
    return layout.labels[i - 2] is None and _can_be_title(above) and _shared(above, said) > LEAST_SHARED


def _is_byline(layout: Layout, i: int, shared: float) -> bool:
    """Whether a few words that the article does not repeat stand above its date, below what may be a headline."""
    if shared or not 0 < i < len(layout.pieces) - 1 or len(layout.pieces[i].words) >= HEADLINE_WORDS:
        return False
    dated = layout.labels[i + 1] == "date" and not layout.pieces[i + 1].gap
    return dated and layout.labels[i - 1] is None and _can_be_title(layout.pieces[i - 1])


def _beside_metadata(layout: Layout, i: int) -> bool:
    """Whether the page's date, author or address stands next to a line."""
    return any(layout.labels[j] in METADATA for j in (i - 1, i + 1) if 0 <= j < len(layout.labels))
