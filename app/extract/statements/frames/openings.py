"""Openings: the frames that lead from a cue to the first reported word."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.other_words import is_said_again
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.frames.bare_openings import (
    bare_sentence,
    deed,
    description,
    noun_phrase,
    request,
)
from app.extract.statements.frames.openers import first_opener
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import readings, words_of
from app.extract.statements.text.nouns import looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_FARTHEST = 60
_GOES_ON = (".", "ثم")
_SENTENCE, _PHRASE = 4, 3  # words within marks


def find_opening(stream: Stream, cue: CueAt, last: int) -> Opening | None:
    """The opening that follows `cue` in its sentence (`last` is the sentence's end), or None."""
    limit = _limit(stream, cue, min(last, cue.last + _FARTHEST))
    opener = first_opener(stream, cue, limit, last)
    asked = deed(stream, cue, limit) if opener is not None and opener.frame == "preposition" else None
    if asked is not None and opener is not None and asked.content < opener.content and _is_deed(stream, asked.content):
        return asked  # مناشداً المانحين الإسراع بالتمويل
    if opener is not None and opener.frame == "preposition" and "مفعول" not in cue.surface.verb.opens:
        of_thing = cue.surface.verb.lemma == "كشف" and stream.words[opener.mid_end] == "عن"  # كشفت أعمال الحفر عن …
        noun = noun_phrase(stream, cue, opener.content) if not (cue.participle or of_thing) else None
        if noun is not None and _reaches(stream, noun.content, opener.mid_end):
            return noun  # أعلنت المنظمة ارتفاع عدد العاطلين عن العمل
    return (
        opener
        or description(stream, cue, limit)
        or noun_phrase(stream, cue, limit)
        or deed(stream, cue, limit)
        or request(stream, cue, limit)
        or (bare_sentence(stream, cue, limit) if not _is_participle(stream, limit, last) else None)
        or _marks_after_all(stream, cue, limit)
    )


def _is_deed(stream: Stream, i: int) -> bool:
    return looks_like_masdar(stream.words[i].removeprefix("ال")) or stream.words[i] in words_of("content_noun")


def _marks_after_all(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """قال المفتش (لقد أغلقنا …), انتقدت الصحيفة «صمت الجميع»: marks taken for an aside or a name, and nothing else.

    They have to end what the sentence says, with a subject before them.
    """
    verb = cue.surface.verb
    if any(not quote.round for quote in stream.quotes_at(stream.sentence_start[cue.at], cue.at)):
        return None  # «…»، كما يقول فلان (محامٍ في المدينة)
    for quote in stream.quotes_at(cue.last + 1, limit):
        size = sum(word.isalnum() and len(word) > 1 for word in stream.words[quote.open : quote.close])
        ends = quote.close + 1 >= limit or stream.words[quote.close + 1] in _GOES_ON
        if not quote.closed or not ends or size < (_SENTENCE if quote.round else _PHRASE) or verb.guard == "weak":
            continue
        if stream.words[quote.open] == "[" or not (quote.round or "اسم" in verb.opens):
            continue
        subject = read_mention(stream, cue.last, quote.open, tight=True)
        if subject is not None and (
            subject.end == quote.open or stream.words[subject.end] in words_of("role_preposition")
        ):
            return Opening("quotation", quote.open, quote.open)
    return None


def _reaches(stream: Stream, noun: int, opener: int) -> bool:
    """Whether a noun and the preposition behind it are one phrase, so that the preposition opens nothing."""
    words = stream.words[noun:opener]
    if len(words) == 1 and _is_his_deed(words[0]):
        return True
    if len(words) < 2 or words[0][0] == "و" or is_name_word(words[0]):
        return False
    deed = looks_like_masdar(words[0]) or words[0] in words_of("content_noun")
    return deed or (all(word.isalnum() for word in words) and not begins_name(stream, noun, opener))


def _is_his_deed(word: str) -> bool:
    """تراجعها عن القرار, استقالته من المنصب: a deed of the one who announces it."""
    bare = next((word[: -len(end)] for end in ("ها", "هم", "ه") if word.endswith(end)), "")
    return looks_like_masdar(bare) or looks_like_masdar(bare[:-1]) or bare in words_of("his_deed")


def _is_participle(stream: Stream, i: int, last: int) -> bool:
    reading = surface_at(stream, i) if i < last else None
    return reading is not None and reading[0].form == "participle"


_MAY_LIMIT = Watched(lambda: readings().keys() | {"؛"})


def _limit(stream: Stream, cue: CueAt, last: int) -> int:
    """The next cue of the sentence that has its own claim on an opener."""
    for j in stream.places(_MAY_LIMIT, cue.last, last):
        if stream.quote[j] >= 0:
            continue
        if stream.words[j] == "؛":
            return j
        reading = surface_at(stream, j)
        if reading is None:
            continue
        surface, joined = reading
        if surface.verb.guard == "again" and surface.form == "participle" and not is_said_again(stream, j + 1):
            continue  # مجدداً
        if surface.form == "participle" and stream.words[j].removeprefix("و") in words_of("never_cue"):
            continue  # المرصد، ومقره لندن، إن …
        if j + 1 < last and stream.words[j + 1] in words_of("gesture"):
            continue  # يقول فلان، مشيراً بيده إلى الضفة، إن …
        if surface.form == "participle" and _takes_clause(stream, j, last):
            return j
        if surface.form == "perfect" and surface.verb.guard not in ("weak", "clause", "burden"):
            if joined or stream.words[j - 1] in words_of("clause_start") or _speaks_in_it(stream, j, last):
                return j
            if stream.words[j - 1] in "،," and stream.words[stream.sentence_start[j]] in words_of("meanwhile"):
                return j  # وبينما نفت الشرطة كذا، أكد شهود …
        elif surface.form == "imperfect" and j + 1 < last and _claims(stream, j, joined=joined):
            return j
    return last


def _claims(stream: Stream, j: int, *, joined: bool) -> bool:
    """يقول فلان، ويضيف: «…»: an imperfect with its opener right behind it."""
    following = stream.words[j + 1]
    return following in words_of("complementizer") or (joined and following == ":")


def _speaks_in_it(stream: Stream, j: int, last: int) -> bool:
    """نشر المجلس بياناً قال فيه: the verb of a clause about what was published."""
    return j + 1 < last and stream.words[j + 1] in ("فيه", "فيها")


def _takes_clause(stream: Stream, j: int, last: int) -> bool:
    """Whether an opener stands right after a participle, so that it is a cue and no adjective."""
    following = stream.words[j + 1 : min(j + 4, last)]
    if not following:
        return False
    if stream.words[j - 1] in "،," or following[0] in words_of("complementizer"):
        return True
    return following[0] in ("الي", "علي", "عن", "من", "ل", ":") or j + 1 in stream.opens
