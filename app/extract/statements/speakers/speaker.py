"""A speaker of one article: what is known of him while it is read, and the record that answers give of him."""

from dataclasses import dataclass, field

from app.corpus.fields import Resolution, SpeakerKind, SpeakerMention
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention
from app.extract.statements.text.stream import Stream


@dataclass(slots=True, eq=False)
class Speaker:
    """One who speaks in this article; `words` are the folded words of the fullest name so far."""

    name: str
    kind: SpeakerKind
    words: tuple[str, ...]
    gender: str | None
    plural: bool
    roles: set[str] = field(default_factory=set)
    spoke: bool = False
    unnamed: bool = False
    other_gender: str | None = None  # of another noun that stood for him: وزارة, بيان; مصادر, المصدر
    with_others: bool = False  # فلان وآخرون: named first of several

    def agrees(self, gender: str | None, plural: bool) -> bool:
        """Whether a verb of this gender and number can have this speaker for its dropped subject."""
        if plural:
            return self.plural or (self.kind == "organisation" and self.words[0] in words_of("feminine_head"))
        if self.plural:
            return False
        return gender is None or self.gender is None or gender in (self.gender, self.other_gender)


def as_mention(
    stream: Stream, speaker: Speaker | None, how: Resolution, mention: Mention | None, reason: str
) -> SpeakerMention:
    """The answer's record of a speaker, printed at this place or not."""
    start: int | None = None
    end: int | None = None
    text: str | None = None
    if mention is not None:
        start, end = stream.span(mention.first, mention.last)
        text = stream.letters.original[start:end]
    if speaker is None:
        return SpeakerMention(None, None, "unresolved", start, end, text, reason)
    return SpeakerMention(speaker.name, speaker.kind, how, start, end, text, reason)
