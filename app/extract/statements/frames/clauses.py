"""The clauses of one sentence: where each cue's own begins, and which cue stands inside another's report."""

from app.extract.statements.cues.led_verbs import follows_leader
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.frames.contents import is_contrast
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_group_head
from app.extract.statements.text.stream import Stream

_FARTHEST_CONTRAST = 14
_FARTHEST_LEADER = 8
_WOULD_HAVE = frozenset(["يكون", "تكون", "يكونوا"])  # أنكر أن يكون قد قال إن …


def clause_start(stream: Stream, cue: CueAt, first: int) -> int:
    """Where the words that announce the next statement begin: its cue, or the conjunction of its clause before it."""
    contrast = contrast_before(stream, cue, first)
    if contrast is not None:
        return contrast
    if _says_before_long(stream, cue, first):
        return cue.at - 2
    at = _led_by(stream, cue, first)
    if at > first + 2 and stream.words[at - 1] in words_of("reset") and stream.words[at - 2] == "من":
        at -= 2
    while at > first + 1 and (stream.words[at - 1] in words_of("clause_start") or stream.words[at - 1] == "و"):
        at -= 1
    return _fronted(stream, cue, at, first)


def _says_before_long(stream: Stream, cue: CueAt, first: int) -> bool:
    """قالت إن العمل انتهى، قبل أن تستدرك: «…»: a verb behind قبل أن that says something more."""
    if cue.at - first < 2 or stream.words[cue.at - 2] != "قبل":
        return False
    return cue.surface.form == "imperfect" and follows_leader(stream, cue.at, first)


def _fronted(stream: Stream, cue: CueAt, at: int, first: int) -> int:
    """، وتابع مؤكداً أن; وكان فلان قد أعلن; وعن الزواج قال: what stands before a cue and belongs to it."""
    words = stream.words
    if cue.participle:
        before = stream.readings[at - 1] if at - 1 > first else None
        continues = before is not None and before[1] and before[0].form == "perfect" and stream.quote[at - 1] < 0
        return at - 1 if continues else at
    if cue.joined:
        return at
    for j in range(at - 1, max(first, cue.at - _FARTHEST_LEADER), -1):
        if not words[j].isalpha():
            return at
        if words[j] in ("وكان", "وكانت") and (words[cue.at - 1] == "قد" or at - j == 1):
            return j
        if words[j] in ("وعن", "وحول", "وبشان", "وبخصوص") and cue.surface.form == "perfect":
            return j
        if stream.readings[j] is not None:
            return at
    return at


def _led_by(stream: Stream, cue: CueAt, first: int) -> int:
    """…، وختم حديثه بالقول: the verb that a noun of saying hangs on, where it begins a clause; else the cue itself."""
    words = stream.words
    if not cue.participle or words[cue.at][0] != "ب":
        return cue.at
    for j in range(cue.at - 1, max(first, cue.at - _FARTHEST_LEADER), -1):
        if not words[j].isalpha():
            return cue.at
        if words[j - 1] in "،,؛" and words[j][0] in "وفلي":
            return j
    return cue.at


def contrast_before(stream: Stream, cue: CueAt, first: int) -> int | None:
    """، إلا أن مسؤولاً آخر أشار إلى …: where a clause begins that sets another speaker against the one before."""
    if cue.participle:
        return None
    for at in range(cue.at - 1, max(first, cue.at - _FARTHEST_CONTRAST), -1):
        word = stream.words[at]
        if _joins_group(stream, at):
            return at
        if is_contrast(stream, at):
            return at
        reading = surface_at(stream, at)
        if word in "،,؛:" or (reading is not None and reading[0].form in ("perfect", "imperfect")):
            return None
    return None


def _joins_group(stream: Stream, at: int) -> bool:
    """، ومصادر مستقلة تقول إن …: a group joined behind a comma that says something of its own."""
    word = stream.words[at]
    return word[0] == "و" and len(word) > 4 and stream.words[at - 1] in "،,؛" and is_group_head(word[1:])


def is_nested(stream: Stream, cue: CueAt, first: int, opened: list[tuple[CueAt, Opening]]) -> bool:
    """Whether the cue stands inside another report without a word that makes it a clause of its own."""
    inside = any(other.at < cue.at and opening.content <= cue.at for other, opening in opened if other is not cue)
    if not inside:
        return False
    if cue.participle or (stream.readings[cue.at] is None and stream.words[cue.at - 1] in "،,"):
        return False  # …، ليضيف أن
    before = stream.words[cue.at - 1]
    if _says_before_long(stream, cue, first):
        return False
    if before in words_of("relative"):
        return True
    if before == "قد" and stream.words[cue.at - 2] in _WOULD_HAVE:
        return True
    if (
        before in words_of("reset")
        or contrast_before(stream, cue, first) is not None
        or _answers_while(stream, cue, first)
    ):
        return False
    if _fronted(stream, cue, cue.at, first) < cue.at:
        return False
    if cue.joined and cue.surface.form == "imperfect" and _goes_on_saying(cue, opened):
        return False
    if cue.joined and (cue.surface.form == "perfect" or _goes_with(cue, opened)):
        return _agrees_inside(stream, cue, first, opened)
    return before not in words_of("clause_start")


def _agrees_inside(stream: Stream, cue: CueAt, first: int, opened: list[tuple[CueAt, Opening]]) -> bool:
    """قال الوزير إن الشركة أعلنت كذا وأكدت كذا: a second verb of her who speaks in the report, and not of him."""
    gender = cue.surface.gender
    before = [(other, opening) for other, opening in opened if other.at < cue.at and not other.participle]
    if len(before) < 2 or cue.surface.plural or cue.surface.form != "perfect":
        return False
    (outer, opening), (inner, _) = before[-2:]
    if not (opening.frame == "clause" and opening.content < inner.at) or inner.joined:
        return False
    return inner.surface.gender == gender != outer.surface.gender and is_nested(stream, inner, first, opened)


def _answers_while(stream: Stream, cue: CueAt, first: int) -> bool:
    """فيما توقع فلان …، أكد …: the main verb behind a clause that says what happened meanwhile."""
    opening = stream.words[first : first + 2]
    meanwhile = opening[0] in words_of("meanwhile") or opening[0] in ("اذ", "واذ") or "حين" in opening
    return meanwhile and stream.words[cue.at - 1] in "،,"


def _goes_on_saying(cue: CueAt, opened: list[tuple[CueAt, Opening]]) -> bool:
    """تقول إنها لا تملك مالاً، وتضيف أن …: a verb of going on is the speaker's own, where it agrees with the first."""
    outer = [other.surface for other, _ in opened if other.at < cue.at and not other.participle]
    if cue.surface.verb.stance != "continue" or not outer:
        return False
    return (outer[0].gender, outer[0].plural) == (cue.surface.gender, cue.surface.plural)


def _goes_with(cue: CueAt, opened: list[tuple[CueAt, Opening]]) -> bool:
    """ينفي إغلاق … ويتهم …: a second present joined to one whose content is no clause that could hold a verb."""
    outer = [(other, opening) for other, opening in opened if other.at < cue.at]
    if not outer or cue.surface.form != "imperfect":
        return False
    other, opening = outer[-1]
    return other.surface.form == "imperfect" and opening.frame in ("noun", "preposition", "description")


def goes_on(stream: Stream, cue: CueAt, opening: Opening, opened: list[tuple[CueAt, Opening]]) -> bool:
    """قال إن الرجل انهار واعترف بـ…: a second verb of the reported clause itself, not of the one who reports."""
    if opening.frame != "preposition" or not cue.joined or cue.participle or cue.surface.verb.lemma not in _CONFESSES:
        return False
    if stream.words[cue.at - 1] in "،,":
        return False
    outer = [other for other, frame in opened if other.at < cue.at and frame.frame == "clause"]
    return bool(outer) and opening.mid_end <= cue.last + 1


_CONFESSES = frozenset(["اعترف", "أقرّ", "هدّد", "توعّد", "ندّد", "رحّب", "أشاد"])
