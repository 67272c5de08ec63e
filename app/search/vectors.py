"""Texts as Postgres' own search reads them: vectors built here, not by a parser. Pure, so that it is done anywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from app.arabic.words import FORMS, Form
from app.search.encoded import Encoded, encoded

# Limits of tsvector: positions end at 16,383, a lexeme keeps 255 of them, all lexemes together 1 MB.
LAST_POSITION = 16_383
POSITIONS_KEPT = 255
VECTOR_BYTES = 1_000_000
POSITION_BYTES = 2
# Words further apart than any phrase is long: no phrase may reach from one field into the next.
FIELD_GAP = 10
# Longer runs of letters are no words; they would only fill the vocabulary.
LONGEST_WORD = 30
_LONGEST_KEPT = 100  # code points; longer names and roles seldom come again
_WEIGHTS = {"A": 3, "B": 2, "C": 1, "D": 0}
# What stands between a word and its positions: the end of the word and their number, by how many bytes they take.
_COUNTS = [b"\0" + (size // POSITION_BYTES).to_bytes(2) for size in range(POSITION_BYTES * POSITIONS_KEPT + 1)]


class Field(NamedTuple):
    """One field of what is searched and its weight in Postgres' ranking: A, B, C or D.

    `recurs` says that the same text comes again and again: names and roles do, what people say does not.
    """

    text: str
    weight: str
    recurs: bool = False


class Vectors(msgspec.Struct, frozen=True, array_like=True):
    """Some fields as a `tsvector` in the form Postgres receives it in, in each form of `app.arabic.words`.

    `line` are their stems in order, a line a field, with the key of a name after its last word; and in a last line all
    distinct folded words. `length` counts the stems.
    """

    plain: bytes
    folded: bytes
    stem: bytes
    line: str
    length: int

    @property
    def words(self) -> list[str]:
        """The distinct folded words, which belong into the vocabulary."""
        return self.line.rpartition("\n")[2].split()


def article_fields(title: str, caption: str, body: str) -> list[Field]:
    """What of an article is searched: the title above the caption above the body."""
    return [Field(title, "A"), Field(caption, "C"), Field(body, "D")]


def statement_fields(content: str, speaker: str, role: str) -> list[Field]:
    """What of a statement is searched: what was said, by whom (all names), in which role."""
    return [Field(content, "A"), Field(speaker, "B", recurs=True), Field(role, "C", recurs=True)]


def names_in_line(names: Iterable[str | None]) -> str:
    """Names as one text in which no phrase reaches from one into the next by a space alone."""
    return " . ".join(name for name in names if name)


def vectors(fields: Sequence[Field]) -> Vectors:
    """The fields as vectors."""
    read = [(_read(one), one.weight) for one in fields]
    if all(found.is_even for found, _ in read):
        places = _places(read)
    else:
        places = {form: _places([(found.only(form), weight) for found, weight in read])[form] for form in FORMS}
    plain, alike, stems = (_vector(places[form]) for form in FORMS)
    lines = [*[_in_line(found) for found, _ in read], _words(places["folded"])]
    line = b" \n ".join(map(b" ".join, lines)).decode()
    length = sum([len(found.stem) for found, _ in read])
    return Vectors(plain, alike, stems, f" {line} ", length)


def _read(field: Field) -> Encoded:
    return _encoded_once(field.text) if field.recurs and len(field.text) <= _LONGEST_KEPT else encoded(field.text)


_encoded_once = lru_cache(maxsize=20_000)(encoded)


def _in_line(found: Encoded) -> Iterable[bytes]:
    """The stems, each key after the word where its name ends."""
    if not found.keys:
        return found.stem
    words = list(found.stem)
    for at, key in reversed(found.keys.items()):
        words.insert(at + 1, key)
    return words


def _words(places: Iterable[bytes]) -> Iterable[bytes]:
    """Those of these words that are no longer than words are; few take so many bytes that their letters are counted."""
    if max(map(len, places), default=0) <= LONGEST_WORD:
        return places
    return (word for word in places if len(word) <= LONGEST_WORD or len(word.decode()) <= LONGEST_WORD)


def _places(fields: Sequence[tuple[Encoded, str]]) -> dict[Form, dict[bytes, bytes]]:
    """In each form, each word of the fields and each key beside the stems, as they come, with its positions and their
    weights as a `tsvector` has them. The fields are even.
    """
    plain: list[bytes] = []
    alike: list[bytes] = []
    stems: list[bytes] = []
    keys: list[bytes] = []
    marks: list[bytes] = []
    marks_of_stems: list[bytes] = []
    first = 0
    for found, weight in fields:
        if size := len(found.plain):
            known = _all_marks(weight)
            where = known[first : first + size]
            where += known[-1:] * (size - len(where))
            plain += found.plain
            alike += found.folded
            stems += found.stem
            marks += where
            marks_of_stems += where
            if found.keys:
                stems += found.keys.values()
                keys += found.keys.values()
                marks_of_stems += [where[at] for at in found.keys]
            first += size + FIELD_GAP
    in_stems = _together(stems, marks_of_stems)
    _put_in_order(in_stems, set(keys))  # they came after all words of their field
    made: dict[Form, dict[bytes, bytes]] = {
        "plain": _together(plain, marks),
        "folded": _together(alike, marks),
        "stem": in_stems,
    }
    if first > LAST_POSITION:
        for places in made.values():
            _put_in_order(places, places)
    return made


def _together(words: Iterable[bytes], marks: Iterable[bytes]) -> dict[bytes, bytes]:
    places: dict[bytes, bytes] = {}
    for word, mark in zip(words, marks, strict=True):
        places[word] = places[word] + mark if word in places else mark
    return places


def _put_in_order(places: dict[bytes, bytes], words: Iterable[bytes]) -> None:
    for word in words:
        if len(places[word]) > POSITION_BYTES:
            places[word] = _in_order(places[word])


def _in_order(where: bytes) -> bytes:
    """Positions as Postgres takes them: ascending, each once with its best weight. All beyond the last are the last."""
    marks = sorted(int.from_bytes(where[at : at + POSITION_BYTES]) for at in range(0, len(where), POSITION_BYTES))
    best = {mark & LAST_POSITION: mark for mark in marks}
    return b"".join(best[at].to_bytes(POSITION_BYTES) for at in sorted(best))


def _vector(places: Mapping[bytes, bytes]) -> bytes:
    """Words with their positions as Postgres receives them: their number, then each word with its positions."""
    try:
        written = _written(places)
    except IndexError:
        most = POSITION_BYTES * POSITIONS_KEPT
        places = {word: where[:most] for word, where in places.items()}
        written = _written(places)
    # As received a vector is longer than kept, so most need no counting.
    return written if len(written) < VECTOR_BYTES else _written(dict(_within_limit(places)))


def _written(places: Mapping[bytes, bytes]) -> bytes:
    """Raises IndexError where a word has more positions than a vector keeps."""
    parts = [b""] * (3 * len(places))
    parts[::3], parts[2::3] = places, places.values()
    parts[1::3] = [_COUNTS[size] for size in map(len, places.values())]
    return len(places).to_bytes(4) + b"".join(parts)


@cache
def _all_marks(weight: str) -> list[bytes]:
    heavy = _WEIGHTS[weight] << 14
    return [(heavy | at).to_bytes(POSITION_BYTES) for at in range(1, LAST_POSITION + 1)]


def _within_limit(places: Mapping[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The words as they come, until they fill a vector; beyond the limit Postgres would refuse all of them."""
    size = 0
    for word, where in places.items():
        # A word's letters, its positions and their number, and what makes them even.
        size += len(word) + len(where) + 4
        if size > VECTOR_BYTES:
            return
        yield word, where
