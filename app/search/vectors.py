"""Texts as Postgres' own search reads them: vectors built here, not by a parser. Pure, so that it is done anywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from app.arabic.words import FORMS
from app.search.lexemes import Lexemes, lexemes_in_all_forms

# Limits of tsvector: positions end at 16,383, a lexeme keeps 255 of them, all lexemes together 1 MB.
LAST_POSITION = 16_383
POSITIONS_KEPT = 255
VECTOR_BYTES = 1_000_000
POSITION_BYTES = 2
# Words further apart than any phrase is long: no phrase may reach from one field into the next.
FIELD_GAP = 10
# Longer runs of letters are no words; they would only fill the vocabulary.
LONGEST_WORD = 30
# What stands between a word and its positions: the end of the word and their number, by how many bytes they take.
_COUNTS = [b"\0" + (size // POSITION_BYTES).to_bytes(2) for size in range(POSITION_BYTES * POSITIONS_KEPT + 1)]
_WEIGHTS = {"A": 3, "B": 2, "C": 1, "D": 0}
_STEM = FORMS.index("stem")


class Field(NamedTuple):
    """One field of what is searched and its weight in Postgres' ranking: A, B, C or D."""

    text: str
    weight: str


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


def article_fields(title: str, caption: str, body: str) -> list[Field]:
    """What of an article is searched: the title above the caption above the body."""
    return [Field(title, "A"), Field(caption, "C"), Field(body, "D")]


def statement_fields(content: str, speaker: str, role: str) -> list[Field]:
    """What of a statement is searched: what was said, by whom (all names), in which role."""
    return [Field(content, "A"), Field(speaker, "B"), Field(role, "C")]


def names_in_line(names: Iterable[str | None]) -> str:
    """Names as one text in which no phrase reaches from one into the next by a space alone."""
    return " . ".join(name for name in names if name)


def vectors(fields: Sequence[Field]) -> tuple[Vectors, list[str]]:
    """The fields as vectors, and their distinct folded words that belong into the vocabulary, as they come."""
    read = [(_lexemes(field.text), field.weight) for field in fields]
    plain, alike, stems = (_places([(found[at], weight) for found, weight in read]) for at in range(len(FORMS)))
    words = list(alike)
    if max(map(len, words), default=0) > LONGEST_WORD:
        words = [word for word in words if len(word) <= LONGEST_WORD]
    line = "\n".join([*(_line(found) for found, _ in read), f" {' '.join(words)} "])
    length = sum(len(found[_STEM].words) for found, _ in read)
    return Vectors(_vector(plain), _vector(alike), _vector(stems), line, length), words


def _line(found: tuple[Lexemes, ...]) -> str:
    return f" {' '.join(found[_STEM].in_line())} "


def _lexemes(text: str) -> tuple[Lexemes, ...]:
    """Names and roles come again and again; long texts do not."""
    return _lexemes_kept(text) if len(text) <= 100 else lexemes_in_all_forms(text)


_lexemes_kept = lru_cache(maxsize=20_000)(lexemes_in_all_forms)


def _places(fields: Iterable[tuple[Lexemes, str]]) -> dict[str, bytes]:
    """Each word of the fields, as they come, with its positions and their weights as a `tsvector` has them."""
    places: dict[str, bytes] = {}
    astray: set[str] = set()
    first = 1
    for found, weight in fields:
        if not found.words:
            continue
        marks = _marks(first, len(found.words), weight)
        for word, mark in zip(found.words, marks, strict=True):
            places[word] = places[word] + mark if word in places else mark
        for at, key in found.keys.items():
            if key in places:
                astray.add(key)
            places[key] = places.get(key, b"") + marks[at]
        first += len(found.words) + FIELD_GAP
    for word in places if first > LAST_POSITION else astray:
        places[word] = _in_order(places[word])
    return places


def _in_order(where: bytes) -> bytes:
    """Positions as Postgres takes them: ascending, each once with its best weight. All beyond the last are the last."""
    marks = sorted(int.from_bytes(where[at : at + POSITION_BYTES]) for at in range(0, len(where), POSITION_BYTES))
    best = {mark & LAST_POSITION: mark for mark in marks}
    return b"".join(best[at].to_bytes(POSITION_BYTES) for at in sorted(best))


def _vector(places: Mapping[str, bytes]) -> bytes:
    """Words with their positions as Postgres receives them: their number, then each word with its positions."""
    try:
        written = _written(places)
    except IndexError:
        most = POSITION_BYTES * POSITIONS_KEPT
        places = {word: where[:most] for word, where in places.items()}
        written = _written(places)
    # As received a vector is longer than kept, so most need no counting.
    return written if len(written) < VECTOR_BYTES else _written(dict(_within_limit(places)))


def _written(places: Mapping[str, bytes]) -> bytes:
    """Raises IndexError where a word has more positions than a vector keeps."""
    words = [word.encode() + _COUNTS[len(where)] + where for word, where in places.items()]
    return len(words).to_bytes(4) + b"".join(words)


@lru_cache(maxsize=64)
def _all_marks(weight: str, hundreds: int) -> list[bytes]:
    return [_mark(at, weight) for at in range(1, 100 * hundreds + 1)]


def _mark(at: int, weight: str) -> bytes:
    return (_WEIGHTS[weight] << 14 | at).to_bytes(POSITION_BYTES)


@lru_cache(maxsize=16)
def _marks(first: int, count: int, weight: str) -> Sequence[bytes]:
    """Positions with their weight, as a vector has them; each field is asked for them in each form."""
    inside = max(0, min(count, LAST_POSITION - first + 1))
    known = _all_marks(weight, -(-(first + inside) // 100))
    return known[first - 1 : first - 1 + inside] + [_mark(LAST_POSITION, weight)] * (count - inside)


def _within_limit(places: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The words as they come, until they fill a vector; beyond the limit Postgres would refuse all of them."""
    size = 0
    for word, where in places.items():
        # A word's letters, its positions and their number, and what makes them even.
        size += len(word.encode()) + len(where) + 4
        if size > VECTOR_BYTES:
            return
        yield word, where
