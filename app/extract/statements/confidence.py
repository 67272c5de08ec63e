"""Confidence: how sure it is that these are the reported words, from the frame that found them.

The numbers are measured: the share of statements of each frame whose content was right on labelled articles,
rounded, with what was seen to make a frame worse. `make eval` prints how they hold.
"""

from typing import TYPE_CHECKING

from app.corpus.fields import SpeakerMention, StatementKind

if TYPE_CHECKING:
    from app.extract.statements.text.found import Found

# Chances are reckoned in hundredths, so that sums are exact.
_FRAME = {
    "clause": 97,
    "colon": 97,
    "quotation": 93,
    "quotation_first": 90,
    "relay": 92,
    "pull_quote": 90,
    "tail": 87,
    "noun": 86,
    "preposition": 87,
    "document": 85,
    "formula": 85,
    "description": 78,
    "attributed": 75,
    "quotation_alone": 75,
    "bare": 60,
    "name_colon": 60,
}
_OWN_VOICE = 15
_LEAST = 10
_LONG = 36  # words
_SHORT = 12
# Frames whose content is a noun phrase: what is long there has run on.
_PHRASES = frozenset(["noun", "preposition", "description"])
# Stances whose verbs take clauses of other kinds as well: رفض أن، طالب بأن، انتقد.
_DOUBTFUL = frozenset(["condemn", "demand", "deny", "promise"])


def confidence_of(item: "Found", speaker: SpeakerMention, kind: StatementKind) -> float:
    """A number in 0..1: the chance that the content is right."""
    words = item.content[1] - item.content[0]
    value = _FRAME.get(item.frame, 50) - _run_on(item.frame, kind, words)
    if item.nested:
        value -= 40
    if item.stance in _DOUBTFUL and item.frame in ("clause", "preposition"):
        value -= 10
    if item.frame == "quotation" and words <= _SHORT:
        value -= 7
    if item.unclosed:
        value -= 15
    if speaker.name is None:
        value -= 25
    return max(value, _LEAST) / 100


def in_own_voice(confidence: float) -> float:
    """The same where the text speaks for itself: columns and letters hold more words that only look like reports."""
    return max(round(100 * confidence) - _OWN_VOICE, _LEAST) / 100


def _run_on(frame: str, kind: StatementKind, words: int) -> int:
    """How much the chance shrinks where content is long, or quoted only in part: its end is harder to see."""
    if kind == "direct" or words <= _LONG:
        return 3 if kind == "mixed" else 0
    if frame in _PHRASES:
        return 40
    return 40 if kind == "mixed" else 9
