"""Doubts: readings of a cue that report nothing, told by what stands as its subject."""

from app.extract.statements.cues import CueAt
from app.extract.statements.found import Opening
from app.extract.statements.lexicon import words_of
from app.extract.statements.nouns import Mention, is_group_head, is_plausible, is_title
from app.extract.statements.stream import Stream


def says_nothing(cue: CueAt, opening: Opening) -> bool:
    """An imperfect without a subject of its own: passive before أن, or a thing that shows and calls for."""
    surface = cue.surface
    if surface.form != "imperfect":
        return False
    if surface.verb.guard == "impersonal" and opening.frame == "clause" and opening.mid_end <= cue.last:
        return True
    return not cue.joined and opening.frame in ("noun", "preposition", "description")


def thing_shows(stream: Stream, cue: CueAt) -> bool:
    """ويشير هذا القرار إلى …: a thing that is pointed at shows something, nobody says it."""
    if cue.surface.form != "imperfect" or cue.last + 1 >= len(stream.words):
        return False
    thing = stream.words[cue.last + 1]
    return stream.words[cue.last] in ("هذا", "هذه") and not (is_group_head(thing) or is_title(thing))


def can_say(stream: Stream, mention: Mention, opening: Opening) -> bool:
    """Whether a printed subject can report: صور تؤكد is evidence, and a noun content needs a known kind of speaker."""
    head = stream.words[mention.first]
    if head in words_of("evidence"):
        return False
    if head in words_of("span_of_time") and mention.last == mention.first + 1 and mention.role is None:
        return False  # أعلن الربيع عن قدومه
    if opening.frame in ("noun", "preposition", "description"):
        return is_plausible(stream, mention)
    return True
