"""Nouns of saying with the one who says it: رغم تأكيد فلان أن …, بعد زعمها أن …, in a circumstance of the sentence."""

from functools import cache

from app.extract.statements.cues.led_verbs import nouns_of_saying
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.frames.doubts import names_a_speaker
from app.extract.statements.frames.insertions import after_insertion
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import Surface, words_of
from app.extract.statements.text.nouns import Mention
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import watched_group

_GOVERNED = ("علي", "الي", "عن", "ب", "من")
_BEFORE = watched_group("before_noun_of_saying")
_SHORTEST = 2  # tokens
_HEAD = 4  # tokens before a circumstance that opens the sentence


def said_nouns(stream: Stream, first: int, last: int) -> list[tuple[CueAt, int, Mention | None]]:
    """Nouns of saying among tokens `first` to `last`: the cue, the token of its opener, and who is printed."""
    found = []
    for before in stream.places(_BEFORE, first, last - _SHORTEST - 1):
        i = before + 1
        surface = _noun(stream, i) if stream.quote[i] < 0 else None
        if surface is not None:
            at, mention = i + 1, None
            if not surface.pronoun:
                mention = read_mention(stream, i + 1, last, tight=True)
                if mention is None or not _right_behind(mention, i + 1) or not names_a_speaker(stream, mention):
                    continue
                at = after_insertion(stream, mention.end, last)
            if at + 1 < last and stream.words[at] in _GOVERNED:
                at += 1
            if at < last and stream.words[at] in words_of("complementizer") and stream.words[at] != "لان":
                found.append((CueAt(i, i + 1, surface, False), at, mention))
    return found


def end_of_circumstance(stream: Stream, cue: CueAt, first: int, last: int) -> int:
    """ورغم تأكيد فلان أن …، عاد المرضى: at the head of a sentence the main clause goes on behind a comma."""
    if cue.at - first > _HEAD:
        return last
    commas = (j for j in range(cue.last + _SHORTEST, last) if stream.words[j] in "،," and stream.quote[j] < 0)
    return next(commas, last)


def made_of_noun(cue: CueAt, content: tuple[int, int], mention: Mention | None) -> Found:
    surface = cue.surface
    return Found(
        (cue.at, cue.last),
        surface.verb.lemma,
        surface.verb.stance,
        "clause",
        content,
        mention,
        "masdar",
        surface.gender,
        surface.plural,
        clause=cue.at,
        complementizer=True,
    )


def _right_behind(mention: Mention, at: int) -> bool:
    return at == (mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first)


def _noun(stream: Stream, i: int) -> Surface | None:
    """تأكيد, with its pronoun (تأكيده) or without."""
    bare = _bare_nouns().get(stream.words[i])
    if bare is not None:
        return bare
    reading = surface_at(stream, i)
    return reading[0] if reading is not None and reading[0].form == "masdar" and not reading[1] else None


@cache
def _bare_nouns() -> dict[str, Surface]:
    return {word: Surface(verb, "masdar", None, False, False) for word, verb in nouns_of_saying().items()}
