"""What a sentence gives: where reported words begin, and a statement as tokens, before its speaker is resolved."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.extract.statements.text.nouns import Mention

Frame = Literal["clause", "quotation", "colon", "preposition", "noun", "description", "bare", "quotation_first"]


class Opening(NamedTuple):
    """Where reported words begin: token `content`; the speaker stands between the cue and `mid_end`.

    `mention` is the speaker where the frame had to read it to find the content.
    """

    frame: Frame
    content: int
    mid_end: int
    mention: Mention | None = None


@dataclass(slots=True)
class Found:
    """A statement as tokens: cue, content, and who is printed as its speaker."""

    cue: tuple[int, int] | None
    lemma: str
    stance: str
    frame: str
    content: tuple[int, int]
    mention: Mention | None = None
    form: str = ""
    gender: str | None = None
    plural: bool = False
    clause: int = 0
    nested: bool = False
    complementizer: bool = False
    unclosed: bool = False
    around: list[tuple[int, int]] = field(default_factory=list)  # token ranges where circumstances stand
    reset: bool = False
    channel: tuple[int, int] | None = None
    addressee: tuple[int, int] | None = None
    tail: Mention | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def participle(self) -> bool:
        return self.form == "participle"
