"""Words: where they stand in a text as written, and the forms under which they are found.

Three forms of one word, from strict to kind: `plain` (as written, without tashkeel, tatweel and invisible
characters), `folded` (one alef, one yeh …) and `stem` (clitics and light suffixes taken off as well).
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from app.arabic.fold import Folded, fold, folded, plain
from app.arabic.runs import Runs
from app.arabic.stem import stem

Form = Literal["plain", "folded", "stem"]
FORMS: tuple[Form, ...] = get_args(Form)

# A longer run of letters is no word of any language, and more than search engines take: it is cut.
LONGEST = 60
_WORDS = Runs(r"[^\W_]", f"{{1,{LONGEST}}}")


class Word(NamedTuple):
    """One written word: its span in the text as written, and its folded form."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order; diacritics and tatweel belong to the word they stand in."""
    letters = fold(text)
    places = word_places(letters)
    for (start, end), (first, last) in zip(letters.spans(places), places, strict=True):
        yield Word(start, end, letters.text[first:last])


def word_places(letters: Folded) -> list[tuple[int, int]]:
    """Where in the folded text its words stand."""
    return _WORDS.places(letters.text)


def forms(text: str, form: Form) -> list[str]:
    """The words of `text` in order, each in the form asked for."""
    if form == "plain":
        return _WORDS.of(plain(text))
    if form == "folded":
        return _WORDS.of(folded(text))
    return [stem(word) for word in _WORDS.of(folded(text))]


def form_of(written: str, form: Form) -> str:
    """One written word in the form asked for."""
    if form == "plain":
        return plain(written)
    return folded(written) if form == "folded" else stem(folded(written))
