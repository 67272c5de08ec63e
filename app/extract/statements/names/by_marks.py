"""Marks that name: whether a pair of marks behind a cue holds a name, and no reported words."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.stream import Stream

_NEAR, _SPEECH, _FAR = 6, 5, 11  # tokens


def names_by_marks(stream: Stream, j: int, cue: CueAt, last: int) -> bool:
    """Whether the marks that open at `j` hold a name (an outlet, an organisation) and no reported words."""
    words = stream.words
    quote = stream.opens[j]
    size = quote.close - j - 1
    before = words[j - 1] if j else ""
    if not quote.closed:
        return False
    if before in words_of("named_by_marks") and size <= 6:
        return True
    if before == "ب" and words[j - 2] in words_of("known_as"):
        return True
    if before in ("ب", "ك", "ل", "لل", "في") and stream.starts[j] - stream.ends[j - 1] <= 1:
        return before != "ب" or "ب" not in cue.surface.verb.governs
    if before == ":" or before in words_of("complementizer"):
        return False
    if size > 5 or words[j + 1] in words_of("complementizer"):
        return False
    after = words[quote.close + 1] if quote.close + 1 < last else "."
    if "اسم" in cue.surface.verb.opens and j - cue.last > _NEAR and size < _SPEECH:
        return True
    if size >= 3 and quote.close + 1 < last:
        reading = surface_at(stream, quote.close + 1)
        if reading is not None and reading[0].form == "participle":
            return False
    first_person = words[j + 1][0] == "ن" and len(words[j + 1]) > 3 and not is_name_word(words[j + 1])
    spoken = first_person or words[j + 1] in words_of("negation")
    if after in ".،,!؟؛" or (cue.surface.verb.lemma == "قال" and j > cue.last and spoken):
        return _opens_later(stream, quote.close + 1, last, j == cue.last, cue)
    return True


def _opens_later(stream: Stream, first: int, last: int, subject: bool, cue: CueAt) -> bool:
    """Whether what is said only begins behind the marks: أعلنت «الفرقة الأولى»، أمس، عن …, قال «فلان»، إن …"""
    for i in range(first, min(last, first + _FAR)):
        word = stream.words[i]
        if word in words_of("complementizer") or (subject and i < first + _NEAR and word in cue.surface.verb.governs):
            return True
        reading = surface_at(stream, i)
        if reading is not None and reading[0].form in ("perfect", "imperfect"):
            return False
    return False
