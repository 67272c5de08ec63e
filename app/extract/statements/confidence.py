"""Confidence: how sure a statement is, from the frame that found it and how its speaker was resolved."""

from typing import TYPE_CHECKING

from app.corpus.fields import SpeakerMention

if TYPE_CHECKING:
    from app.extract.statements.sentences import Found

_FRAME = {"quotation": 0.95, "clause": 0.9, "colon": 0.85, "preposition": 0.8, "formula": 0.75, "tail": 0.6}


def confidence_of(item: "Found", speaker: SpeakerMention) -> float:
    """A number in 0..1: the chance that content and cue are right."""
    return _FRAME.get(item.frame, 0.6) - (0.1 if speaker.name is None else 0.0)
