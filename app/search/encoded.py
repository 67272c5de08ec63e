"""The words of a text in all forms at once, encoded: so they are hashed, compared and sent to Postgres."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.stem import stem
from app.arabic.words import FORMS, Form, forms
from app.search.entities import Beginning, beginning, entities_at
from app.search.lexemes import Lexemes, lexemes


class Encoded(NamedTuple):
    """The words of a text in order, in each form, and by place the keys of the names that end there, all in UTF-8."""

    plain: Sequence[bytes]
    folded: Sequence[bytes]
    stem: Sequence[bytes]
    keys: dict[int, bytes]

    @property
    def is_even(self) -> bool:
        """Whether a word stands at the same place in each form; so it is in nearly every text."""
        return len(self.plain) == len(self.folded)

    def only(self, form: Form) -> "Encoded":
        """The words of one form in the place of all."""
        words: Sequence[bytes] = getattr(self, form)
        return Encoded(words, words, words, self.keys if form == "stem" else {})


@lru_cache(maxsize=64)
def encoded(text: str) -> Encoded:
    """The words of a text in all forms; the same as `lexemes` of each form, in one walk.

    Most words have been met before, so each is looked up as written. What an article says is asked for more than once
    while it is read.
    """
    if not _folds_alike_composed(text):
        return _encoded(*(lexemes(text, form) for form in FORMS))
    written = forms(text, "plain")
    if not written:
        return Encoded((), (), (), {})
    alike, beginnings, plain, same, stems = zip(*map(_known, written), strict=True)
    keys = {one.end - 1: one.key.encode() for one in entities_at(alike, beginnings)}
    return Encoded(plain, same, stems, {at: key for at, key in keys.items() if key != stems[at]})


def lexemes_in_all_forms(text: str) -> tuple[Lexemes, ...]:
    """The words of a text in each form, in the order of `FORMS`, as `lexemes` gives them."""
    found = encoded(text)
    keys = {at: key.decode() for at, key in found.keys.items()}
    return Lexemes(_decoded(found.plain), {}), Lexemes(_decoded(found.folded), {}), Lexemes(_decoded(found.stem), keys)


def _encoded(plain: Lexemes, alike: Lexemes, stems: Lexemes) -> Encoded:
    keys = {at: key.encode() for at, key in stems.keys.items()}
    in_plain, same, in_stems = ([word.encode() for word in one.words] for one in (plain, alike, stems))
    return Encoded(in_plain, same, in_stems, keys)


def _decoded(words: Sequence[bytes]) -> list[str]:
    return b" ".join(words).decode().split()


def _folds_alike_composed(text: str) -> bool:
    """Whether the words as written fold to those of the text: of a letter and a mark apart folding takes the mark."""
    return is_normalized("NFC", text) or folded(normalize("NFC", text)) == folded(text)


def _read_word(written: str) -> tuple[str, Beginning | None, bytes, bytes, bytes]:
    """A word as written to the same folded, what may begin with it, and its three forms encoded."""
    alike = folded(written)
    plain = written.encode()
    same = plain if alike == written else alike.encode()
    bare = stem(alike)
    # One string is kept where several say the same.
    return (
        written if alike == written else alike,
        beginning(alike),
        plain,
        same,
        same if bare == alike else bare.encode(),
    )


# Every word of every article is asked for, so twice as many are kept as of other answers: some 6 % of words are still
# looked at. A word takes about 420 bytes, and `kept` holds two generations: at most 55 MB.
_known = kept(_read_word, most=65_536)
