"""Quotation marks paired, however they are written: straight, curly, guillemets either way round, two apostrophes,
nested, unclosed, and round brackets that do a quotation mark's work.
"""

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from app.extract.statements.text.watched import Watched

if TYPE_CHECKING:
    from app.extract.statements.text.stream import Paragraph, Stream

FAMILY = {
    '"': "straight", '""': "straight", "''": "straight", ",,": "commas", "<<": "doubled", ">>": "doubled",
    "′′": "straight",
    "((": "doubled", "))": "doubled", "'": "single", "`": "single", "´": "single",
    "«": "angle", "»": "angle", "‹": "angle", "›": "angle", "<": "angle", ">": "angle",
    "“": "curly", "”": "curly", "„": "curly", "‟": "curly", "‘": "single", "’": "single", "‚": "single",
    "(": "round", ")": "round", "[": "round", "]": "round", "{": "brace", "}": "brace",
}  # fmt: skip
_OPENING = frozenset([*"«‹“„‘‚([{", "<<", "(("])
_CLOSING = frozenset([*"»›”’)]}", ">>", "))"])
# One-letter words that lean on what follows: a mark after them opens.
_CLITICS = frozenset(["ب", "ل", "ك", "و", "ف", "لل", "كال", "بال", "ال", "وب", "ول", "وال"])
_MARK = Watched(FAMILY.keys)
_DEEPEST = 4
_NOISE = 200
_LOOK_AHEAD = 300  # tokens: longer quotations are paired, but not puzzled over
_MOST_PARAGRAPHS = 4
_SENTENCES_LONG = ("straight", "curly", "angle")


class Quote(msgspec.Struct, frozen=True):
    """A pair of marks: the tokens of the marks themselves. Unclosed: `close` is the first token after."""

    open: int
    close: int
    closed: bool
    round: bool

    @property
    def inner(self) -> tuple[int, int]:
        return self.open + 1, self.close


def pair_marks(stream: "Stream") -> list[Quote]:
    """All pairs, outer before inner, in the order of the text."""
    quotes: list[Quote] = []
    pending: tuple[int, str] | None = None
    for number, paragraph in enumerate(stream.paragraphs):
        pending = _pair_paragraph(stream, number, paragraph, pending, quotes)
    quotes.sort(key=lambda quote: (quote.open, -quote.close))
    return quotes


def _pair_paragraph(
    stream: "Stream", number: int, paragraph: "Paragraph", pending: tuple[int, str] | None, quotes: list[Quote]
) -> tuple[int, str] | None:
    """Pairs one paragraph; returns the mark left open that the next one may close."""
    stack: list[tuple[int, str]] = []
    size, marks = paragraph.last - paragraph.first, stream.places(_MARK, paragraph.first, paragraph.last)
    if size > _NOISE and 2 * len(marks) > size:
        return None  # more marks than words is no prose
    for i in marks:
        family = FAMILY[stream.words[i]]
        opens = _opens(stream, i, paragraph, stack)
        if opens is None or (pending is not None and i == paragraph.first and pending[1] == family and opens):
            continue  # each paragraph of one quotation begins with a mark of its own
        if opens:
            if (
                stack
                and stack[-1][1] == family
                and family in _SENTENCES_LONG
                and not _nests(stream, i, paragraph, family)
            ):
                if not _sentence_between(stream, stack[-1][0], i):
                    continue
                _give_up(stream, stack.pop()[0], paragraph.last, quotes)
            if len(stack) < _DEEPEST:
                stack.append((i, family))
        elif stack:
            _close(stack, i, family, quotes)
        elif pending is not None and pending[1] == family:
            quotes.append(Quote(pending[0], i, True, False))
            pending = None
    if pending is not None and not stack and _goes_on(stream, number, pending[1]):
        return pending
    if pending is not None:
        _give_up(stream, pending[0], paragraph.first, quotes)
    if not stack:
        return None
    for at, family in stack[1:]:
        if family in ("straight", "angle", "curly"):
            _give_up(stream, at, paragraph.last, quotes)
    at, family = stack[0]
    if family not in ("straight", "angle", "curly"):
        return None
    if _goes_on(stream, number, family):
        return at, family
    _give_up(stream, at, paragraph.last, quotes)
    return None


def _nests(stream: "Stream", i: int, paragraph: "Paragraph", family: str) -> bool:
    """Whether a second opening mark of one family has a closing mark of its own: two closing marks follow."""
    closing = 0
    for j in range(i + 1, min(paragraph.last, i + _LOOK_AHEAD)):
        if FAMILY.get(stream.words[j]) == family:
            if _opens(stream, j, paragraph, [(i, family)]):
                return False
            closing += 1
            if closing == 2:
                return True
    return False


def _sentence_between(stream: "Stream", first: int, last: int) -> bool:
    return bisect_left(stream.stops, first + 1) < bisect_left(stream.stops, last)


def _close(stack: list[tuple[int, str]], i: int, family: str, quotes: list[Quote]) -> None:
    """Closes the nearest open mark of the family; a lone mark of another family is taken for a slip."""
    depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][1] == family), None)
    if depth is None:
        if family == "round" or stack[-1][1] == "round":
            return
        depth = len(stack) - 1
    at, opened = stack[depth]
    del stack[depth:]
    if i > at + 1:
        quotes.append(Quote(at, i, True, opened == "round" or opened == "brace" or opened == "single"))


def _opens(stream: "Stream", i: int, paragraph: "Paragraph", stack: list[tuple[int, str]]) -> bool | None:
    """Whether the mark at `i` opens (True), closes (False) or is no mark at all (None).

    What stands around it decides; where that is not clear the shape of the mark, then whether one is open.
    """
    word, text = stream.words[i], stream.text
    start, end = stream.starts[i], stream.ends[i]
    before = text[start - 1] if i > paragraph.first else " "
    after = text[end] if i + 1 < paragraph.last else " "
    if word in "<>" or FAMILY[word] == "single":
        if before.isalnum() and after.isalnum():
            return None
    elif FAMILY[word] == "round":
        return word in _OPENING
    free_before = before.isspace() or before in "(:،,[-–—" or before in _OPENING
    free_after = after.isspace() or after in "؟?!.،,؛:;)]" or after in _CLOSING
    if not free_before and i and stream.words[i - 1] in _CLITICS and stream.ends[i - 1] == start:
        free_before = True
    if free_before and not free_after:
        return True
    if free_after and not free_before:
        return False
    if word in _OPENING:
        return True
    if word in _CLOSING:
        return False
    if before == ":" or (i and stream.words[i - 1] in _CLITICS):
        return True
    same = any(family == FAMILY[word] for _, family in stack)
    return not same


def _goes_on(stream: "Stream", number: int, family: str) -> bool:
    """Whether a quotation left open in paragraph `number` is closed in one of the next, before anybody else speaks.

    Its paragraphs have no marks but the closing one, or each begins with the opening mark again.
    """
    reopens: bool | None = None
    for further in range(number, number + _MOST_PARAGRAPHS):
        paragraph = stream.follower(further)
        if paragraph is None or _speaks_again(stream, paragraph):
            return False
        reach = range(paragraph.first, min(paragraph.last, paragraph.first + _LOOK_AHEAD))
        marks = [i for i in reach if FAMILY.get(stream.words[i]) == family]
        again = bool(marks) and marks[0] == paragraph.first and _opens(stream, marks[0], paragraph, []) is True
        if reopens is not None and again != reopens:
            return False
        reopens = again
        marks = marks[again:]
        if again and marks:
            return len(marks) == 1 and paragraph.last - marks[0] <= 2
        if marks:
            return _opens(stream, marks[0], paragraph, [(0, family)]) is False
    return False


def _speaks_again(stream: "Stream", paragraph: "Paragraph") -> bool:
    """وأضاف …: the paragraph begins with a report, so that a mark lost before it stays lost."""
    reading = stream.readings[paragraph.first]
    return reading is not None and reading[1] and reading[0].form == "perfect"


def _give_up(stream: "Stream", at: int, last: int, quotes: list[Quote]) -> None:
    """A mark that nothing closes holds at the sentence's end, never beyond its paragraph's end `last`."""
    last = min(last, at + _LOOK_AHEAD)
    close = at + 1
    while close < last and not (stream.words[close] in ".!؟?" and (close + 1 >= last or close > at + 3)):
        close += 1
    if close > at + 1:
        quotes.append(Quote(at, close, False, False))
