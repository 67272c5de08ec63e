"""Finding places: every name that may be meant, then which of them are, then which place bears the name here.

Better none than a wrong one: a name that is also an everyday word needs a word such as "town" before it, a village
is taken only where the article is about its governorate, and of several places of one name only one that is much
the largest, or the only one in those governorates.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import NamedTuple

from app.arabic.fold import Folded, fold
from app.arabic.kept import kept
from app.arabic.names import is_name_word
from app.arabic.places import Place
from app.arabic.words import word_places
from app.corpus.fields import PlaceMention, Zone
from app.extract.places.names import Cue, Name, Telling, actor_names, cues, governorate_of, names

_BODY = ("body", "subheading")
# What may stand between a word and the name after it, and between the parts of a list.
_NEXT = re.compile(r"[\s\"«»“”']*")
_LIST = re.compile(r"[\s\"«»“”'،,]*")
_ROOT = "سوري"
_SYRIA = re.compile(rf"(?<![^\W_])[وفبلك]?(?:ال|ل)?{_ROOT}")
_LARGE = 5  # so many times larger is the one that is meant
_CAPITAL, _AROUND_IT = "SY01", "SY03"
_NO_VERB: frozenset[Cue] = frozenset({"town", "village", "subdistrict", "district", "governorate", "country", "before"})


class _Text(NamedTuple):
    """The folded words of one paragraph; offsets into the article's text are `start` and those of the paragraph."""

    start: int
    letters: Folded
    edges: list[tuple[int, int]]
    words: list[str]

    def between(self, at: int) -> str:
        """What stands before word number `at`, after the word before it."""
        return self.letters.text[self.edges[at - 1][1] : self.edges[at][0]]


class _Candidate(NamedTuple):
    """A name at words `first` to `last` (inclusive) of a paragraph; `skipped` letters of a particle go before it."""

    text: _Text
    first: int
    last: int
    skipped: int
    name: Name
    told: Telling | None
    listed: bool

    @property
    def cue(self) -> Cue | None:
        """What the word before the name, or before its list, tells of it."""
        return self.told.cue if self.told else None


def find_places(text: str, zones: Sequence[Zone]) -> list[PlaceMention]:
    """The places that the paragraphs of an article name, in order; spans are of the name without particles."""
    if _ROOT not in fold(text).text:  # most articles of a wider corpus: told without a look at their words
        return []
    paragraphs = [_paragraph(text, zone) for zone in zones if zone.kind in _BODY]
    if not any(_SYRIA.search(paragraph.letters.text) for paragraph in paragraphs):
        return []
    found = [one for paragraph in paragraphs for one in _candidates(paragraph)]
    persons = {one.name.words for one in found if _is_person(one)}
    meant = [one for one in found if _is_meant(one, persons)]
    around = _governorates(meant)
    return [_mention(text, one, place) for one in meant if (place := _place(one, around))]


def _paragraph(text: str, zone: Zone) -> _Text:
    letters = fold(text[zone.start : zone.end])
    edges = word_places(letters)
    return _Text(zone.start, letters, edges, [letters.text[start:end] for start, end in edges])


def _candidates(text: _Text) -> Iterator[_Candidate]:
    """Names in order, none overlapping, the longest at each word; not inside the name of an actor."""
    past, before = 0, None
    for at in compress(count(), map(_may_begin_name, text.words)):
        if at < past:
            continue
        if after := _actor(text, at):
            past, before = after, None
        elif one := _at(text, at, before):
            yield one
            past, before = one.last + 1, one


@kept
def _may_begin_name(word: str) -> bool:
    """Whether an actor's name or a place's begins with this word, which hardly one does."""
    bare = [word[skipped:] for skipped in _particles(word)]
    return any(one in actor_names() or one in names() for one in bare)


def _actor(text: _Text, at: int) -> int | None:
    for skipped in _particles(text.words[at]):
        for words in actor_names().get(text.words[at][skipped:], ()):
            if tuple(text.words[at + 1 : at + len(words)]) == words[1:]:
                return at + len(words)
    return None


def _at(text: _Text, at: int, before: _Candidate | None) -> _Candidate | None:
    word, following = text.words[at], text.words[at + 1] if at + 1 < len(text.words) else ""
    for skipped in _particles(word):
        for name in names().get(word[skipped:], ()):
            if len(name.words) > 1 and name.words[1] != following:
                continue  # many a name begins with the same word
            last = at + len(name.words) - 1
            if tuple(text.words[at + 1 : last + 1]) == name.words[1:] and _joined(text, at, last):
                listed = before if _goes_on(text, at, skipped, before) else None
                return _Candidate(text, at, last, skipped, name, _told(text, at, skipped, listed), listed is not None)
    return None


@kept
def _particles(word: str) -> tuple[int, ...]:
    """How many letters of particles the word may begin with: 0 and, where enough remains, 1 or 2."""
    if len(word) < 4 or word[0] not in "وفبلك":
        return (0,)
    return (0, 1, 2) if len(word) > 4 and word[0] in "وف" and word[1] in "بلك" else (0, 1)


def _joined(text: _Text, first: int, last: int) -> bool:
    return all(text.between(at).isspace() for at in range(first + 1, last + 1))


def _told(text: _Text, at: int, skipped: int, listed: _Candidate | None) -> Telling | None:
    """What is told of a name by the word before it, a particle of its own, or the word before the list it is in."""
    if "ب" in text.words[at][:skipped]:
        return Telling("before", several=False)
    if listed:
        return listed.told if listed.told and listed.told.several else None
    if at == 0 or not _NEXT.fullmatch(text.between(at)):
        return None
    word = text.words[at - 1]
    return next((cues()[word[skip:]] for skip in _particles(word) if word[skip:] in cues()), None)


def _goes_on(text: _Text, at: int, skipped: int, before: _Candidate | None) -> bool:
    """Whether the name goes on with a list: after a name, with a comma or "and"."""
    if before is None or before.text is not text or before.last != at - 1:
        return False
    between = text.between(at)
    return bool(_LIST.fullmatch(between)) and ("،" in between or "," in between or text.words[at][:skipped][:1] == "و")


def _is_person(one: _Candidate) -> bool:
    """After a person's first name, or a title."""
    if one.cue == "person":
        return True
    if one.cue or one.first == 0 or one.skipped or not _NEXT.fullmatch(one.text.between(one.first)):
        return False
    return is_name_word(one.text.words[one.first - 1])


def _is_meant(one: _Candidate, persons: set[tuple[str, ...]]) -> bool:
    """Whether the name is that of a place here; a name that a person of the article bears needs a word before it."""
    if one.cue in ("person", "street") or _is_person(one):
        return False
    if one.cue in _NO_VERB - {"before"}:
        return True
    if one.name.words in persons or one.name.standing == "cue":
        return False
    return one.name.standing == "alone" or one.cue == "before" or one.listed


def _governorates(meant: Sequence[_Candidate]) -> frozenset[str]:
    """The governorates that the article is about, by its well-known places."""
    found = {
        governorate_of(place.pcode)
        for one in meant
        if one.name.standing == "alone" and (place := _largest(one.name.places))
    }
    return frozenset(found | ({_AROUND_IT} if _CAPITAL in found else set()))


def _place(one: _Candidate, around: frozenset[str]) -> Place | None:
    """The place that bears the name here, if one can be told."""
    governorates = [place for place in one.name.places if place.kind == "governorate"]
    if one.cue in ("governorate", "country") and governorates:
        return governorates[0]
    if one.cue == "governorate":
        return None
    areas = [place for place in one.name.places if place.kind == one.cue]
    if one.cue in ("district", "subdistrict") and len(areas) == 1:
        return areas[0]
    return _settlement(one, around)


def _settlement(one: _Candidate, around: frozenset[str]) -> Place | None:
    communities = [place for place in one.name.places if place.kind == "community"]
    if largest := _largest(communities):
        known = one.name.standing in ("alone", "preposition") or governorate_of(largest.pcode) in around
        return largest if known and (one.cue or one.name.standing != "cue") else None
    if one.cue not in (None, "village", "before"):
        return None
    near = [place for place in communities if governorate_of(place.pcode) in around]
    if len(near) == 1:
        return near[0]
    return one.name.places[0] if not communities and one.name.standing == "alone" else None


def _largest(places: Sequence[Place]) -> Place | None:
    """The one that is much larger than all others of its name; an area only where no town bears the name."""
    ordered = sorted(places, key=lambda place: (place.kind != "community", -place.population))
    if not ordered or (ordered[0].kind == "community" and not ordered[0].population):
        return None
    others = [place.population for place in ordered[1:] if place.kind == "community"]
    return ordered[0] if not others or ordered[0].population >= _LARGE * max(others) else None


def _mention(text: str, one: _Candidate, place: Place) -> PlaceMention:
    start, end = one.text.edges[one.first][0] + one.skipped, one.text.edges[one.last][1]
    first, past = one.text.letters.span(start, end)
    begin, stop = one.text.start + first, one.text.start + past
    return PlaceMention(begin, stop, text[begin:stop], place.pcode)
