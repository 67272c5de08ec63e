"""Wrapping: lines that a program broke at one length, joined to the paragraphs they were."""

import re
from collections.abc import Iterator, Sequence

from app.extract.pages.layout import is_bullet, own_label
from app.extract.pages.pieces import FUNCTION_WORDS, Piece

# Shorter than most paragraphs, longer than what programs wrap at. A headline or two may be longer.
MAX_WIDTH = 110
MIN_WIDTH = 40
LONGER_LINES = 2
# A line broken for its length is nearly as long as the longest, up to a long word.
FULL = 0.75
MIN_BREAKS = 2
_FINISHED = re.compile(r"[.؟?!…][\"»”’'“)\]]*$")
_CLAUSE_END = re.compile(r"[،,؛]$")


def unwrapped(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` of `text`, those that are lines of one paragraph as one; as they were where lines are paragraphs."""
    lengths = sorted(len(piece.text) for piece in pieces)
    longest, width = lengths[-1:], max(lengths[:-LONGER_LINES], default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH or longest[0] > 2 * MAX_WIDTH:
        return list(pieces)
    groups = list(_paragraphs(pieces, FULL * width))
    # So headlines stand above a sentence too, but with room for its first word.
    if (
        sum(_breaks(group) for group in groups if len(group) != 2 or not _had_room(group[0], group[1], width))
        < MIN_BREAKS
    ):
        return list(pieces)
    return [group[0] if len(group) == 1 else _joined(text, group) for group in groups]


def _paragraphs(pieces: Sequence[Piece], full: float) -> Iterator[list[Piece]]:
    """Full lines that end in the middle of a sentence with those after them, as far as the sentence's end."""
    group: list[Piece] = []
    finished = False  # the line above closed a sentence: the next may be shorter, as editors leave the first
    for piece in pieces:
        first = finished and len(group) == 1 and not is_bullet(group[0])
        if group and (piece.gap or is_bullet(piece) or not _goes_on(group[-1], 0 if first else full)):
            yield from _checked(group)
            finished, group = bool(_FINISHED.search(group[-1].text)) and not piece.gap, []
        group.append(piece)
    yield from _checked(group)


def _goes_on(line: Piece, full: float) -> bool:
    return len(line.text) >= full and not line.has_end_mark and own_label(line) is None


def _checked(group: list[Piece]) -> Iterator[list[Piece]]:
    """The lines as one paragraph where a sentence runs through them, else each alone: so headlines are."""
    if len(group) > 1 and _breaks(group):
        yield group
    else:
        yield from ([piece] for piece in group)


def _breaks(group: Sequence[Piece]) -> int:
    """How many of the lines surely end within a sentence: with a comma or a preposition, or before the full stop."""
    last = len(group) > 1 and bool(_FINISHED.search(group[-1].text))
    return last + sum(_ends_within(line) for line in group[:-1])


def _had_room(line: Piece, below: Piece, width: int) -> bool:
    """Whether the first word of the line below had fitted on the line: no program broke it there."""
    return len(line.text) + 1 + len(below.text.split()[0]) <= width


def _ends_within(line: Piece) -> bool:
    return bool(_CLAUSE_END.search(line.text)) or (line.words[-1:] != () and line.words[-1] in FUNCTION_WORDS)


def _joined(text: str, group: Sequence[Piece]) -> Piece:
    start, end = group[0].start, group[-1].end
    return Piece(start, end, text[start:end], group[0].gap)
