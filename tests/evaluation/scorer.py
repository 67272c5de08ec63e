"""How well statements are found: overlap of content at three thresholds, speaker, kind, cue, and all of them at once.

A found statement and a label match when their contents overlap by at least a share of their union: `loose` .3,
`strict` .8, `exact` all of it, edges stripped of signs; the best of the label's alternatives counts. `whole` is a
strict match with speaker, kind and cue right as well. A label that is optional neither gains nor costs. Speakers are
the same when, folded and without articles, one name holds the other in whole words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.corpus.fields import Statement
from tests.evaluation.labels import Document, Label, Span

LEVELS = {"loose": 0.3, "strict": 0.8, "exact": 0.9999}
_EDGE = frozenset(" \t\n\r\u00a0\u200e\u200f\"'«»“”„‟‘’.,،؛:;()[]!؟…-–—")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})


@dataclass
class Score:
    """Counts over documents; percentages by the methods."""

    labelled: int = 0
    found: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*LEVELS, "whole"), 0))
    matched: int = 0
    speaker: int = 0
    kind: int = 0
    cue: int = 0
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    spurious: int = 0

    def precision(self, level: str) -> float:
        return 100 * self.hits[level] / self.found if self.found else 0.0

    def recall(self, level: str) -> float:
        return 100 * self.hits[level] / self.labelled if self.labelled else 0.0

    def f1(self, level: str) -> float:
        precision, recall = self.precision(level), self.recall(level)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def accuracy(self, what: str) -> float:
        """Share of loosely matched statements whose `speaker`, `kind` or `cue` is right."""
        right: int = getattr(self, what)
        return 100 * right / self.matched if self.matched else 0.0

    def measures(self) -> dict[str, float]:
        """What floors are set for, each in percent with one decimal."""
        values = {f"{level}_f1": self.f1(level) for level in ("loose", "strict", "exact", "whole")}
        values |= {f"{what}_accuracy": self.accuracy(what) for what in ("speaker", "kind", "cue")}
        return {name: round(value, 1) for name, value in values.items()}


def score(documents: Iterable[tuple[Document, Sequence[Statement]]]) -> Score:
    """Statements found in documents against their labels; only body statements count."""
    total = Score()
    for document, statements in documents:
        _add(total, document, [s for s in statements if s.zone == "body"])
    return total


def _add(total: Score, document: Document, statements: list[Statement]) -> None:
    matches = _align(document, statements)
    free: set[int] = set()
    judged: dict[int, bool] = {}
    for number, label in enumerate(document.labels):
        position, share = matches.get(number, (-1, 0.0))
        if label.optional:
            if share >= LEVELS["loose"]:
                free.add(position)
            continue
        total.labelled += 1
        for level, threshold in LEVELS.items():
            total.hits[level] += share >= threshold
        if share >= LEVELS["loose"]:
            judged[position] = share >= LEVELS["strict"]
            _judge(total, label, statements[position], share)
    total.found += len(statements) - len(free)
    total.spurious += len(statements) - len(free) - len(judged)
    total.confidences += [
        (s.confidence, judged.get(position, False)) for position, s in enumerate(statements) if position not in free
    ]


def _judge(total: Score, label: Label, statement: Statement, share: float) -> None:
    name = statement.speaker.name if statement.speaker is not None else None
    speaker = same_speaker(name or "", label.speaker)
    kind = statement.kind == label.kind
    cue = _same_cue(label, statement)
    total.matched += 1
    total.speaker += speaker
    total.kind += kind
    total.cue += cue
    total.hits["whole"] += share >= LEVELS["strict"] and speaker and kind and cue


def _same_cue(label: Label, statement: Statement) -> bool:
    if label.cue is None or statement.cue is None:
        return label.cue is None and statement.cue is None
    return overlap(label.cue, (statement.cue.start, statement.cue.end)) > 0


def _align(document: Document, statements: list[Statement]) -> dict[int, tuple[int, float]]:
    """Label number to the statement it is matched with and their overlap: the best pairs first, each used once."""
    pairs = [
        (_share(document.text, label, statement), number, position)
        for number, label in enumerate(document.labels)
        for position, statement in enumerate(statements)
    ]
    matches: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for share, number, position in sorted(pairs, reverse=True):
        if share > 0 and number not in matches and position not in taken:
            matches[number] = (position, share)
            taken.add(position)
    return matches


def _share(text: str, label: Label, statement: Statement) -> float:
    found = stripped(text, (statement.content.start, statement.content.end))
    return max(overlap(stripped(text, span), found) for span in (label.content, *label.alternatives))


def stripped(text: str, span: Span) -> Span:
    """A span without signs and spaces at its edges."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def overlap(one: Span, other: Span) -> float:
    """The share of two spans' union that both cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def same_speaker(one: str, other: str) -> bool:
    """Whether two names mean the same speaker: folded, articles left out, one inside the other by whole words."""
    first, second = _name_words(one), _name_words(other)
    if not first or not second:
        return first == second
    short, long = sorted((first, second), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _name_words(name: str) -> list[str]:
    letters = "".join(c for c in unicodedata.normalize("NFKC", name) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", letters.translate(_LETTERS)).split()
    return [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]
