"""The full personal names of an article, found once, so that a short name can be traced to one of them."""

from typing import NamedTuple

from app.arabic.names import given_names, name_words
from app.extract.statements.mentions import _name_end, is_person_start
from app.extract.statements.stream import Stream


class PersonName(NamedTuple):
    """A full name at tokens `first` to `last`; `words` are folded, `name` is as written."""

    first: int
    last: int
    words: tuple[str, ...]
    name: str
    gender: str | None


def person_names(stream: Stream) -> list[PersonName]:
    """All full names in the order of the text."""
    given, world, words = given_names(), name_words(), stream.words
    found: list[PersonName] = []
    i, size = 0, len(words)
    while i < size - 1:
        word = words[i]
        if (word in given or word in world) and is_person_start(stream, i, size):
            last = _name_end(stream, i, stream.sentence_end[i])
            if last > i + 1:
                known = given.get(word)
                gender = known if known in ("m", "f") else None
                found.append(PersonName(i, last, tuple(words[i:last]), stream.written(i, last), gender))
                i = last
                continue
        i += 1
    return found
