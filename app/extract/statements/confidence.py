"""Confidence: how sure it is that these are the reported words, from the frame that found them.

The numbers are measured: the share of statements of each frame whose content was right on labelled articles,
rounded, with what was seen to make a frame worse. `make eval` prints how they hold.
"""

from typing import TYPE_CHECKING

from app.corpus.fields import SpeakerMention, StatementKind

if TYPE_CHECKING:
    from app.extract.statements.text.found import Found

_FRAME = {
    "clause": 0.97,
    "colon": 0.97,
    "quotation": 0.93,
    "quotation_first": 0.9,
    "relay": 0.92,
    "pull_quote": 0.9,
    "tail": 0.87,
    "noun": 0.86,
    "preposition": 0.87,
    "document": 0.85,
    "formula": 0.85,
    "description": 0.78,
    "attributed": 0.75,
    "quotation_alone": 0.75,
    "bare": 0.6,
    "name_colon": 0.6,
}
_OWN_VOICE = 0.15
_LONG = 36  # words
_SHORT = 12
# Frames whose content is a noun phrase: what is long there has run on.
_PHRASES = frozenset(["noun", "preposition", "description"])
# Stances whose verbs take clauses of other kinds as well: رفض أن، طالب بأن، انتقد.
_DOUBTFUL = frozenset(["condemn", "demand", "deny", "promise"])


def confidence_of(item: "Found", speaker: SpeakerMention, kind: StatementKind) -> float:
    """A number in 0..1: the chance that the content is right."""
    words = item.content[1] - item.content[0]
    value = _FRAME.get(item.frame, 0.5) - _run_on(item.frame, kind, words)
    if item.nested:
        value -= 0.4
    if item.stance in _DOUBTFUL and item.frame in ("clause", "preposition"):
        value -= 0.1
    if item.frame == "quotation" and words <= _SHORT:
        value -= 0.07
    if item.unclosed:
        value -= 0.15
    if speaker.name is None:
        value -= 0.25
    return round(max(value, 0.1), 2)


def in_own_voice(confidence: float) -> float:
    """The same where the text speaks for itself: columns and letters hold more words that only look like reports."""
    return round(max(confidence - _OWN_VOICE, 0.1), 2)


def _run_on(frame: str, kind: StatementKind, words: int) -> float:
    """How much the chance shrinks where content is long, or quoted only in part: its end is harder to see."""
    if kind == "direct" or words <= _LONG:
        return 0.03 if kind == "mixed" else 0.0
    if frame in _PHRASES:
        return 0.4
    return 0.4 if kind == "mixed" else 0.09
