"""Confidence: how sure it is that these are the reported words, from the frame that found them.

The numbers are measured: the share of statements of each frame whose content was right on labelled articles,
rounded, with what was seen to make a frame worse. `make eval` prints how they hold.
"""

from typing import TYPE_CHECKING

from app.corpus.fields import SpeakerMention, StatementKind

if TYPE_CHECKING:
    from app.extract.statements.found import Found

_FRAME = {
    "quotation": 0.93,
    "quotation_first": 0.9,
    "clause": 0.95,
    "colon": 0.94,
    "relay": 0.9,
    "pull_quote": 0.9,
    "document": 0.85,
    "noun": 0.85,
    "preposition": 0.84,
    "tail": 0.85,
    "formula": 0.8,
    "description": 0.7,
    "bare": 0.6,
    "name_colon": 0.6,
}
_LONG = 36  # words
_SHORT = 12
# Stances whose verbs take clauses of other kinds as well: رفض أن، طالب بأن، انتقد.
_DOUBTFUL = frozenset(["condemn", "demand", "deny", "promise"])


def confidence_of(item: "Found", speaker: SpeakerMention, kind: StatementKind) -> float:
    """A number in 0..1: the chance that the content is right."""
    words = item.content[1] - item.content[0]
    value = _FRAME.get(item.frame, 0.5)
    if item.nested:
        value -= 0.4
    if item.frame == "clause" and item.stance in _DOUBTFUL:
        value -= 0.2
    if kind != "direct" and words > _LONG:
        value -= 0.2
    if kind == "mixed":
        value -= 0.06
    if item.frame == "quotation" and words <= _SHORT:
        value -= 0.15
    if item.unclosed:
        value -= 0.15
    if speaker.name is None:
        value -= 0.1
    return round(max(value, 0.1), 2)
