"""Title: which line of a dump is the headline of the article below it."""

from app.arabic.stem import stem
from app.extract.pages.layout import METADATA, Layout, is_dateline
from app.extract.pages.pieces import Piece
from app.extract.pages.repeats import repeated_keys

TITLE_WORDS = range(2, 31)
REPEATED_TITLE_WORDS = 3
# A repeated line that has less in common with the article is the name of the site.
LEAST_SHARED = 0.2
NEAR_LINES = 2
HEADLINE_WORDS = 4


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
        if len(piece.words) in TITLE_WORDS and not piece.is_prose and not is_dateline(piece):
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
    return any(layout.labels[j] in METADATA for j in (i - 1, i + 1) if 0 <= j < len(layout.labels))
