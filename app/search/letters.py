"""Arabic words in letters that Meilisearch leaves alone: each Arabic letter stands for one Cyrillic letter.

Meilisearch takes Arabic for Persian, splits the article off and normalises letters of its own accord, and none of
that can be switched off. Lower-case Cyrillic letters that no other letter is composed of have no such rules, and take
two bytes as Arabic ones do. So it sees exactly the words that Postgres sees. Cyrillic words of a text change places
with Ethiopic letters, which the rarest Arabic letters take as well; digits and Latin pass unchanged.

A mark is a word as it was written, beside the stems: it has a letter before it that no word has.
"""

import unicodedata
from collections.abc import Iterable

from app.arabic.words import Form

_ARABIC = [chr(point) for point in range(0x0620, 0x0700) if unicodedata.category(chr(point)) == "Lo"]
# The letters of Arabic first, then those that Persian, Kurdish and Urdu have beside them.
_ARABIC.sort(key=lambda letter: (not "\u0621" <= letter <= "\u064a", letter not in "پچژگکیەۆێڵڕڤٱہھےٹڈڑں", letter))
_CYRILLIC = [
    chr(point)
    for point in range(0x0430, 0x0530)
    if unicodedata.category(chr(point)) == "Ll" and not unicodedata.decomposition(chr(point))
]
_FOLDED, _PLAIN = _CYRILLIC[:2]
_ETHIOPIC = [chr(point) for point in range(0x1200, 0x1358) if unicodedata.category(chr(point)) == "Lo"]
_THERE = dict(zip(_ARABIC, [*_CYRILLIC[2:], *_ETHIOPIC], strict=False))
_THERE |= dict(zip(_CYRILLIC, reversed(_ETHIOPIC), strict=False))
_TABLE = str.maketrans(_THERE)
_BACK = {ord(there): here for here, there in _THERE.items()}

# Words stand apart by a sign across which Meilisearch keeps no nearness: marks have no order.
APART = ". "


def disguised(words: Iterable[str]) -> str:
    """The words in one line, in letters that Meilisearch leaves alone."""
    return " ".join(words).translate(_TABLE)


def mark(word: str, form: Form) -> str:
    """The mark of a word in plain or folded form."""
    return (_PLAIN if form == "plain" else _FOLDED) + word.translate(_TABLE)


def readable(text: str) -> str:
    """The Arabic of a disguised text, for people who look into the index."""
    return text.translate(_BACK)
