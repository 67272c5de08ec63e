"""Nouns of saying with the one who says it: رغم تأكيد فلان أن …, بعد زعمها أن …, in a circumstance of the sentence."""

from functools import cache
from typing import NamedTuple

from app.arabic.names import is_name_word
from app.extract.statements.cues.led_verbs import nouns_of_saying
from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.frames.bare_openings import begins_with_b
from app.extract.statements.frames.doubts import names_a_speaker
from app.extract.statements.frames.insertions import after_insertion
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found, Opening
from app.extract.statements.text.lexicon import Surface, Verb, lemmas_of, readings, words_of
from app.extract.statements.text.nouns import Mention, looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COMMA, Watched

_GOVERNED = ("علي", "الي", "عن", "ب", "من")
_SHORTEST = 2  # tokens
_HEAD = 4  # tokens before a circumstance that opens the sentence


class SaidNoun(NamedTuple):
    """A noun of saying that reports: its cue, what opens its content, and who is printed as saying it."""

    cue: CueAt
    opening: Opening
    mention: Mention | None


def said_nouns(stream: Stream, first: int, last: int) -> list[SaidNoun]:
    """Nouns of saying among tokens `first` to `last` that report."""
    words, found = stream.words, []
    for i in stream.places(_NOUN, first, last - _SHORTEST):
        if i > first and words[i - 1] in words_of("before_noun_of_saying"):
            found.append(_of_somebody(stream, i, last))
        if i > first and words[i - 1] in words_of("before_noun_that"):
            found.append(_of_somebody(stream, i, last, that=True))
        if words[i] in _bare_nouns() and i < last - _SHORTEST - 1:
            found.append(_from_somebody(stream, i, last))
    return [noun for noun in found if noun is not None]


def _of_somebody(stream: Stream, i: int, last: int, *, that: bool = False) -> SaidNoun | None:
    """رغم تأكيد فلان أن …, بعد إعلانها إفلاسها."""
    if stream.quote[i] >= 0:
        return None
    surface = _nouns()[stream.words[i]]
    mention = None if surface.pronoun else read_mention(stream, i + 1, last, tight=True)
    if mention is None and not surface.pronoun:
        return None
    if mention is not None and not (_right_behind(mention, i + 1) and names_a_speaker(stream, mention)):
        return None
    at = after_insertion(stream, mention.end, last) if mention is not None else i + 1
    opening = _clause(stream, at, last)
    if opening is None and not that and (mention is None or _is_surely_someone(stream, mention)):
        opening = _phrase(stream, surface.verb, mention.end if mention is not None else at, last)
    return SaidNoun(CueAt(i, i + 1, surface, False), opening, mention) if opening is not None else None


def _is_surely_someone(stream: Stream, mention: Mention) -> bool:
    """إعلان الشركة, إعلان فلان; not إعلان التوصل."""
    head = stream.words[mention.first]
    short = mention.kind == "person" and mention.shape == "short" and mention.role is None
    return not short or head in stream.names or is_name_word(head)


def _from_somebody(stream: Stream, i: int, last: int) -> SaidNoun | None:
    """تواجه الشركة اتهامات من ثلاث نقابات بأنها …"""
    if stream.words[i + 1] != "من" or stream.quote[i] >= 0:
        return None
    mention = read_mention(stream, i + 2, last, tight=True)
    if mention is None or not (_right_behind(mention, i + 2) and names_a_speaker(stream, mention)):
        return None
    opening = _clause(stream, mention.end, last) or _clause(stream, after_insertion(stream, mention.end, last), last)
    cue = CueAt(i, i + 1, _bare_nouns()[stream.words[i]], False)
    return SaidNoun(cue, opening, mention) if opening is not None else None


def _clause(stream: Stream, at: int, last: int) -> Opening | None:
    """أن … right at `at`, or behind its preposition."""
    if at + 1 < last and stream.words[at] in _GOVERNED:
        at += 1
    if at >= last or stream.words[at] not in words_of("complementizer") or stream.words[at][:2] in ("لا", "فا"):
        return None
    return Opening("clause", at, at) if stream.words[at - 1] not in words_of("not_before_that") else None


def _phrase(stream: Stream, verb: Verb, at: int, last: int) -> Opening | None:
    """بعد إعلان الشركة إفلاسها, عقب ترحيب الحزب بالاتفاق: of nouns whose other party is never a person."""
    if verb.lemma not in lemmas_of("noun_with_object") or at + 1 >= last:
        return None
    word = stream.words[at]
    if word in verb.governs:
        return Opening("preposition", at + 1, at)
    if "ب" in verb.governs and word[0] == "ب" and not begins_with_b(word):
        return Opening("preposition", at, at)
    happens = looks_like_masdar(word) or word in words_of("content_noun") or word.endswith(("ها", "هم"))
    return Opening("noun", at, at) if "اسم" in verb.opens and happens else None


def end_of_circumstance(stream: Stream, cue: CueAt, first: int, last: int) -> int:
    """ورغم تأكيد فلان أن …، عاد المرضى: at the head of a sentence the main clause goes on behind a comma."""
    if cue.at - first > _HEAD:
        return last
    commas = (j for j in stream.places(COMMA, cue.last + _SHORTEST, last) if stream.quote[j] < 0)
    return next(commas, last)


def made_of_noun(noun: SaidNoun, content: tuple[int, int]) -> Found:
    cue, opening, mention = noun
    surface = cue.surface
    return Found(
        (cue.at, cue.last),
        surface.verb.lemma,
        surface.verb.stance,
        opening.frame,
        content,
        mention,
        "masdar",
        surface.gender,
        surface.plural,
        clause=cue.at,
        complementizer=opening.frame == "clause",
    )


def _right_behind(mention: Mention, at: int) -> bool:
    return at == (mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first)


@cache
def _nouns() -> dict[str, Surface]:
    """تأكيد, with its pronoun (تأكيده) or without."""
    masdars = {word: known for word, (known, joined) in readings().items() if known.form == "masdar" and not joined}
    return masdars | _bare_nouns()


@cache
def _bare_nouns() -> dict[str, Surface]:
    return {word: Surface(verb, "masdar", None, False, False) for word, verb in nouns_of_saying().items()}


_NOUN = Watched(_nouns)
