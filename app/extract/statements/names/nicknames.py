"""Nicknames: a name that is told as what somebody is called (القيادي الملقب بـ«فلان»، رجل عرّف عن نفسه باسم فلان)."""

from app.arabic.names import kunya_words
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.plain import may_be_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, Shape, is_title, looks_feminine
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import watched_group

_FARTHEST, _LONGEST = 8, 4  # tokens
_GIVES_NAME, _KNOWN_AS = watched_group("gives_name"), watched_group("known_as")


def called_so(stream: Stream, start: int, last: int) -> Mention | None:
    """ناشطة عرّفت عن نفسها باسم فلانة، رجل اكتفى بتعريف نفسه بأنه أبو فلان: the name that somebody gives for himself."""
    words = stream.words
    if words[start] not in words_of("anonymous") and not is_title(words[start]):
        return None
    for k in stream.places(_GIVES_NAME, start + 2, min(last - 1, start + 7)):
        if words[k - 1] in words_of("himself"):
            end = k + 2
            if begins_name(stream, k + 1, last, titled=True):
                end = name_end(stream, k + 1, last)
            gender = "f" if looks_feminine(words[start]) else "m"
            shape: Shape = "full" if end > k + 2 else "short"
            named = may_be_name(stream, k + 1) or words[k + 1] in kunya_words()
            return Mention(k + 1, end, "person", shape, gender, False, end, (start, start + 1)) if named else None
    return None


def nickname(stream: Stream, start: int, last: int) -> Mention | None:
    """القائد الميداني الملقب بـ«الصقر»، المهرب المعروف باسم «الضبع»: what stands in marks behind a nameless title."""
    words = stream.words
    told_so = stream.places(_KNOWN_AS, start + 1, min(last, start + _FARTHEST))
    if not told_so:
        return None
    at = told_so[0]
    opened = at + 1
    while opened < last and words[opened] in words_of("by_name"):
        opened += 1
    quote = stream.opens.get(opened)
    if quote is None or quote.round or not 1 < quote.close - opened <= _LONGEST + 1 or quote.close >= last:
        return None
    told = at - 1 if words[at - 1] in "،," else at
    gender = "f" if looks_feminine(words[start]) else "m"
    shape: Shape = "full" if quote.close - opened > 2 else "short"
    return Mention(opened + 1, quote.close, "person", shape, gender, False, quote.close + 1, (start, told))
