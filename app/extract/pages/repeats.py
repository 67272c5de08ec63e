"""Repeats: what a page prints twice, which is how pull quotes and copies of the headline are known."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.extract.pages.pieces import Piece

SHINGLE_WORDS = 4
PULL_QUOTE_WORDS = 5
# A pull quote may lose or change a word at its edges; less than this in common is another sentence.
SHARED_SHINGLES = 0.8
# A whole sentence that repeats another nearly is more often the writer's than the page's.
SHARED_BY_SENTENCE = 0.95
ATTRIBUTION_WORDS = 8


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[place:] for place in range(SHINGLE_WORDS)), strict=False))


def _size(piece: Piece) -> int:
    return len(piece.words)


def _may_repeat(pieces: Iterable[Piece]) -> bool:
    """Whether the words of any piece stand nearly all in others of its length or longer; so it is on few pages.

    A word that stands in no other piece makes at least one shingle stand in none.
    """
    said: set[str] = set()
    for piece in sorted(pieces, key=_size, reverse=True):
        shingles, lacking = len(piece.words) - SHINGLE_WORDS + 1, len(set(piece.words) - said)
        if len(piece.words) >= PULL_QUOTE_WORDS and shingles - lacking >= SHARED_SHINGLES * shingles:
            return True
        said.update(piece.words)
    return False


class PullQuotes:
    """Finds the pieces that only repeat words of a longer one among `pieces`."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        # How many words the longest piece has that a shingle stands in; and which shingles stand in several pieces.
        # Where several share one the longest keeps it, the others repeat it.
        self._longest: dict[tuple[str, ...], int] = {}
        self._shared: set[tuple[str, ...]] = set()
        if not _may_repeat(pieces):
            return
        for piece in sorted(pieces, key=_size):
            own = _shingles(piece.words)
            self._shared.update(self._longest.keys() & own)
            self._longest.update(dict.fromkeys(own, len(piece.words)))

    def repeats(self, piece: Piece) -> bool:
        """Whether `piece` is a shorter copy of words that stand in another piece."""
        if not self._shared or len(piece.words) < PULL_QUOTE_WORDS:
            return False
        shingles = _shingles(piece.words)
        shared = sum(s in self._shared and self._longest[s] > len(piece.words) for s in shingles)
        return shared >= (SHARED_BY_SENTENCE if piece.is_prose else SHARED_SHINGLES) * len(shingles)


def is_attribution(piece: Piece) -> bool:
    """Whether `piece` can be the line below a pull quote that says whose words it holds."""
    return not piece.gap and len(piece.words) <= ATTRIBUTION_WORDS and not piece.has_end_mark


def repeated_keys(pieces: Sequence[Piece], *, min_words: int) -> set[str]:
    """Keys of the pieces of at least `min_words` words that stand on the page more than once."""
    counts = Counter(piece.key for piece in pieces if len(piece.words) >= min_words)
    return {key for key, count in counts.items() if count > 1}
