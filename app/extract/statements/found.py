"""What a sentence gives: a statement as tokens, before its speaker is resolved."""

from dataclasses import dataclass, field

from app.extract.statements.nouns import Mention


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
