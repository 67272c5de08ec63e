"""Initials: persons and bodies of whom only single letters are printed (م.س، «س. ع.»، ي ب ك)."""

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, Shape, is_grammar, is_title, looks_feminine
from app.extract.statements.text.stream import Stream

_MOST, _TITLE = 4, 4  # letters; words of a title before them
_CALLED = frozenset(["المدعو", "المدعوه"])
_OPENING = frozenset("(«\"“'[")
_CLOSING = frozenset(")»\"”']")


def lettered(stream: Stream, start: int, last: int) -> Mention | None:
    """Who is printed as single letters at token `start`, or behind the title that begins there."""
    words = stream.words
    first = start
    if len(words[start]) > 1:
        if is_given_name(words[start]) and _is_initial_of_family(stream, start + 1, last):
            behind = start + 2 + (words[start + 1] == ".")
            return Mention(start, behind, "person", "full", None, False, behind)
        if not _tells_of_somebody(words[start]):
            return None
        first = _past_title(words, start, last)
    marked = first < last and words[first] in _OPENING
    first += marked
    end = _letters_end(stream, first, last) if first < last and len(words[first]) == 1 else None
    if end is None or (marked and (end >= last or words[end] not in _CLOSING)):
        return None
    if end < last and is_name_word(words[end]) and not is_grammar(words[end]):  # أ.د فلان
        return None
    kind = _kind(words[first:end], titled=first - marked > start)
    shape: Shape = "full" if kind == "person" else "group"
    role = (start, first - marked) if first - marked > start else None
    gender = None if role is None or start in stream.short_titles else "f" if looks_feminine(words[start]) else "m"
    return Mention(first, end, kind, shape, gender, False, end + marked, role)


@kept
def _tells_of_somebody(word: str) -> bool:
    """Whether a folded word can stand before the letters of whom it tells."""
    return is_title(word) or word in words_of("anonymous") or word in _CALLED


def _is_initial_of_family(stream: Stream, i: int, last: int) -> bool:
    """مصطفى ح.: one letter for the family name, with a full stop, a comma or the opener behind it."""
    words = stream.words
    if i + 1 < last and words[i] == "." and stream.starts[i] == stream.ends[i - 1]:
        i += 1  # نبال.ع
    if i + 1 >= last or len(words[i]) != 1 or not words[i].isalpha() or words[i] in "وبلكف":
        return False
    return words[i + 1] in ".،," or is_grammar(words[i + 1])


def _past_title(words: list[str], start: int, last: int) -> int:
    """The first token behind a title and its attributes."""
    k = start + 1
    while k < min(last, start + _TITLE) and len(words[k]) > 1 and words[k].isalpha() and words[k][0] != "ل":
        if is_grammar(words[k]):
            break
        k += 1
    return k


def _letters_end(stream: Stream, first: int, last: int) -> int | None:
    """Where two to four single letters end, a full stop behind each or none; the last one's belongs to them."""
    words, k, letters = stream.words, first, 0
    dotted = first + 1 < last and words[first + 1] == "."
    while k < last and letters < _MOST and len(words[k]) == 1 and words[k].isalpha():
        letters += 1
        k += 1
        if dotted and k < last and words[k] == "." and stream.starts[k] == stream.ends[k - 1]:
            k += 1
    return k if letters > 1 else None


def _kind(words: list[str], *, titled: bool) -> SpeakerKind:
    """Two letters, or letters with stops, are a person's; three without, and the agencies', are a body's."""
    letters = [word for word in words if word != "."]
    bare = len(letters) == len(words)
    agency = (bare or len(letters) > 2) and "".join(letters) in words_of("agency_letters")
    return "organisation" if not titled and (agency or (bare and len(letters) > 2)) else "person"
