"""Arabic words in letters that Meilisearch leaves alone: each Arabic letter stands for one Ethiopic letter.

Meilisearch takes Arabic for Persian, splits the article off and normalises letters of its own accord, and none of
that can be switched off. It has no rules for Ethiopic, which has neither case nor combining forms. So it sees
exactly the words that Postgres sees; digits and other scripts pass unchanged. Why: docs/decisions.
"""

import unicodedata
from collections.abc import Iterable

_ARABIC = [chr(point) for point in range(0x0620, 0x0700) if unicodedata.category(chr(point)) == "Lo"]
_ETHIOPIC = [chr(point) for point in range(0x1200, 0x1358) if unicodedata.category(chr(point)) == "Lo"]
_THERE = str.maketrans(dict(zip(_ARABIC, _ETHIOPIC, strict=False)))
_BACK = {ord(there): chr(here) for here, there in _THERE.items()}


def disguised(words: Iterable[str]) -> str:
    """The words in one line, in letters that Meilisearch leaves alone."""
    return " ".join(words).translate(_THERE)


def readable(text: str) -> str:
    """The Arabic of a disguised text, for people who look into the index."""
    return text.translate(_BACK)
