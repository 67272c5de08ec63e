"""Where in a text the words of a query stand: whole written words, and snippets around them.

Pure: text and query in, spans out. All offsets are Unicode code points, end exclusive.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.arabic.fold import fold
from app.arabic.stem import stem
from app.arabic.words import form_of, word_places, words
from app.search.entities import entities
from app.search.query import Phrase, Query, Term


class Mark(NamedTuple):
    """A stretch of a text that was found."""

    start: int
    end: int


class Snippet(NamedTuple):
    """`text` is the stretch `start:end` of what was searched; `marks` are relative to the snippet."""

    text: str
    start: int
    end: int
    marks: list[Mark]


class _Written:
    """The words of a text: folded at once; where they stand is worked out only for what was found."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters = fold(text)
        self._places = word_places(self._letters)
        self.folded = [self._letters.text[start:end] for start, end in self._places]

    def mark(self, at: int) -> Mark:
        """Where word number `at` stands, whole as written."""
        return Mark(*self._letters.span(*self._places[at]))

    def plain(self, at: int) -> str:
        """Word number `at` as written, without diacritics."""
        start, end = self.mark(at)
        return form_of(self._text[start:end], "plain")


def highlights(text: str, query: Query) -> list[Mark]:
    """The words of `text` that `query` finds, whole as written, in order, none overlapping.

    A phrase is marked where its words follow each other, a name of several words where all of it stands.
    """
    if query.empty:
        return []
    written = _Written(text)
    found = set(_single(written, query))
    for phrase in query.phrases:
        found.update(_phrase(written, phrase, query))
    found.update(_names(written, query))
    return [written.mark(at) for at in sorted(found)]


def _single(written: _Written, query: Query) -> Iterator[int]:
    """Places of the words that stand alone in the query."""
    terms = [*query.words, *(term for terms in query.corrections.values() for term in terms)]
    if not terms:
        return
    wanted = {_form(term, query) for term in terms}
    letters = {term.folded for term in terms}
    beginning = query.words[-1].folded if query.unfinished else None
    for at, word in enumerate(written.folded):
        if query.match == "exact":
            fits = word in letters and written.plain(at) in wanted
        else:
            fits = word in letters or (beginning is not None and word.startswith(beginning))
            fits = fits or (query.match == "stem" and stem(word) in wanted)
        if fits:
            yield at


def _phrase(written: _Written, phrase: Phrase, query: Query) -> Iterator[int]:
    """Places of the words of a phrase, where they follow each other."""
    stemmed = query.match == "stem"
    words = [stem(word) for word in written.folded] if stemmed else written.folded
    wanted = [term.stem if stemmed else term.folded for term in phrase]
    for at in range(len(words) - len(wanted) + 1):
        if words[at] == wanted[0] and words[at : at + len(wanted)] == wanted:
            places = range(at, at + len(wanted))
            if query.match != "exact" or [written.plain(place) for place in places] == [term.plain for term in phrase]:
                yield from places


def _names(written: _Written, query: Query) -> Iterator[int]:
    """Places of names in the query under any of their names."""
    wanted = {entity.key for entity in query.entities}
    if wanted:
        for entity in entities(written.folded):
            if entity.key in wanted:
                yield from range(entity.start, entity.end)


def _form(term: Term, query: Query) -> str:
    return {"exact": term.plain, "normal": term.folded, "stem": term.stem}[query.match]


def snippets(text: str, marks: Sequence[Mark], *, length: int = 200, count: int = 1) -> list[Snippet]:
    """At most `count` stretches of at most `length` code points, cut between words, richest in marks first found.

    Without marks the first one is the beginning of the text. A stretch is longer than `length` only where a single
    written word is. They are in the order of the text and do not overlap.
    """
    if count <= 0 or not text.strip():
        return []
    if len(text) <= length:
        return [_cut(text, _from_first_word_to_last(text), marks)]
    edges = [(word.start, word.end) for word in words(text)] or [(0, len(text))]
    chosen: list[Mark] = []
    for start, end in _windows(edges, marks or [Mark(*edges[0])], length):
        if len(chosen) < count and all(end <= other.start or start >= other.end for other in chosen):
            chosen.append(Mark(start, end))
    return [_cut(text, window, marks) for window in sorted(chosen)]


def _from_first_word_to_last(text: str) -> Mark:
    written = _Written(text)
    if not written.folded:
        return Mark(0, len(text))
    return Mark(written.mark(0).start, written.mark(len(written.folded) - 1).end)


def _windows(edges: Sequence[tuple[int, int]], marks: Sequence[Mark], length: int) -> list[Mark]:
    """For each mark the window that begins some words before it; those that hold most marks first."""
    starts = {start: at for at, (start, _) in enumerate(edges)}
    windows = []
    for mark in marks:
        first = last = starts[mark.start]
        # A third of the window is for what leads up to the first mark.
        while first > 0 and edges[last][1] - edges[first - 1][0] <= length // 3:
            first -= 1
        while last + 1 < len(edges) and edges[last + 1][1] - edges[first][0] <= length:
            last += 1
        while first > 0 and edges[last][1] - edges[first - 1][0] <= length:
            first -= 1
        window = Mark(edges[first][0], edges[last][1])
        held = sum(window.start <= other.start and other.end <= window.end for other in marks)
        windows.append((-held, window))
    return [window for _, window in sorted(windows)]


def _cut(text: str, window: Mark, marks: Sequence[Mark]) -> Snippet:
    inside = [
        Mark(mark.start - window.start, mark.end - window.start)
        for mark in marks
        if window.start <= mark.start and mark.end <= window.end
    ]
    return Snippet(text[window.start : window.end], window.start, window.end, inside)
