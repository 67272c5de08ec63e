"""Cues: the words of a sentence that announce reported words, with the readings that are none taken out."""

import msgspec

from app.extract.statements.cues.led_verbs import led_to, led_words
from app.extract.statements.cues.other_words import is_other_word
from app.extract.statements.cues.senses import homonymous, sense_at
from app.extract.statements.text.lexicon import Surface, readings, words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_CANDIDATE = Watched(lambda: led_words() | readings().keys() | homonymous())


class CueAt(msgspec.Struct, frozen=True):
    """A candidate: tokens `at` to `last` (exclusive); `joined` when و or ف is written with it."""

    at: int
    last: int
    surface: Surface
    joined: bool

    @property
    def participle(self) -> bool:
        return self.surface.form == "participle"


def surface_at(stream: Stream, i: int) -> tuple[Surface, bool] | None:
    """The lexicon's reading of token `i`, and whether a conjunction is joined to it."""
    return stream.readings[i]


def find_cues(stream: Stream, first: int, last: int) -> list[CueAt]:
    """All candidates outside quotation marks among tokens `first` to `last`."""
    found = []
    for i in stream.places(_CANDIDATE, first, last):
        sense = sense_at(stream, i)
        reading = sense or stream.readings[i] or led_to(stream, i, first)
        if reading is None or reading[0].form == "masdar":
            continue
        if reading[0].pronoun and reading[0].verb.lemma == "وعد" and _counts_it(stream, i):
            reading = readings()[stream.words[i][1:]][0], True
        if stream.quote[i] >= 0 and not _interrupts_quotation(stream, i):
            continue
        surface, joined = reading
        if sense is None and _is_never_cue(stream, i, joined):
            continue
        if not is_other_word(stream, i, first, surface, joined):
            apart = i > first and stream.words[i - 1] == "و"  # و أضاف: the conjunction with a space behind it
            found.append(CueAt(i, i + 1, surface, joined or apart))
    return found


def _counts_it(stream: Stream, i: int) -> bool:
    """وعدّها «سابقة», which looks like وعدها."""
    return "دّ" in stream.written(i, i + 1) or (i + 1 in stream.opens and not stream.opens[i + 1].round)


def _interrupts_quotation(stream: Stream, i: int) -> bool:
    """، معتبراً أن inside marks: the newspaper's cue within sloppy marks, not the speaker's word."""
    if i == 0 or stream.words[i - 1] not in "،," or stream.quote[i - 1] != stream.quote[i]:
        return False
    if stream.quote[min(i + 1, len(stream.words) - 1)] != stream.quote[i]:
        return False
    reading = surface_at(stream, i)
    if reading is None or reading[0].form != "participle":
        return False
    following = stream.words[i + 1 : i + 3]  # معتبراً أن, لافتاً إلى أن
    if following and following[0] in reading[0].verb.governs:
        del following[0]
    return bool(following) and following[0] in words_of("complementizer")


def _is_never_cue(stream: Stream, i: int, joined: bool) -> bool:
    """مدينة, عدة: mostly another word; دوّن with its sign is none, and محدداً أن no adjective."""
    word = stream.words[i][1:] if joined else stream.words[i]
    if word not in words_of("never_cue") or (word == "دون" and "وّ" in stream.written(i, i + 1)):
        return False
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    return not (word.endswith("ا") and stream.words[i - 1] in "،," and following in words_of("bare_complementizer"))
