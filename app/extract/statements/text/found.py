"""What a sentence gives: where reported words begin, and a statement as tokens, before its speaker is resolved."""

from typing import Literal

import msgspec

from app.extract.statements.text.nouns import Mention

Frame = Literal["clause", "quotation", "colon", "preposition", "noun", "description", "bare", "quotation_first"]


class Opening(msgspec.Struct, frozen=True):
    """Where reported words begin: token `content`; the speaker stands between the cue and `mid_end`.

    `mention` is the speaker where the frame had to read it to find the content.
    """

    frame: Frame
    content: int
    mid_end: int
    mention: Mention | None = None


class Found(msgspec.Struct):
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
    around: list[tuple[int, int]] = []  # token ranges where circumstances stand
    reset: bool = False
    channel: tuple[int, int] | None = None
    addressee: tuple[int, int] | None = None
    tail: Mention | None = None
    reasons: list[str] = []

    @property
    def participle(self) -> bool:
        return self.form == "participle"
