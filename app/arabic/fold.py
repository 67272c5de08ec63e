"""Letters made comparable, with the way back to the letters as written.

Folding takes away what writers of Arabic leave out or vary: diacritics (tashkeel), tatweel, invisible
characters, the hamza's seat, ة/ه, ى/ي, Persian letters, presentation forms, both sets of Eastern digits, Latin
case. The folded text is for comparing and indexing only; it is never shown and never stored as the text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f"
TATWEEL = "\u0640"

_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېےۍ", "ي"),
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ک": "ك",
    "ڪ": "ك",
}


# What changes in nearly every Arabic text: taken letter by letter, each in one quick walk.
_COMMON = "أإآىئؤة\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u00a0"
# A shorter text is looked up character by character in less time.
_SHORT = 40


class _FoldTable(dict[int, str]):
    """Code point to folded string, worked out when first met.

    `uneven` are the characters that fold to nothing or to more than one letter: only they move offsets.
    """

    def __init__(self, letters: Mapping[str, str]) -> None:
        removed = re.compile(f"[{MARKS}{INVISIBLE}{TATWEEL}]")
        # The blocks where compatibility forms that matter for Arabic pages live.
        blocks = (
            *range(0x00A0, 0x0100),
            *range(0x0300, 0x0900),
            *range(0x180E, 0x180F),
            *range(0x2000, 0x2190),
        )
        blocks = (*blocks, *range(0xFB00, 0xFE10), *range(0xFE70, 0xFF00), *range(0xFF00, 0xFFF0))
        uneven = []
        for point in blocks:
            char = chr(point)
            if removed.match(char):
                self[point] = ""
            else:
                plain = removed.sub("", unicodedata.normalize("NFKC", char)).lower()
                # A compatibility form that begins with a space (ﹰ) is a mark standing alone.
                self[point] = "".join(letters.get(c, self._digit(c)) for c in plain) or " "
            if len(self[point]) != 1:
                uneven.append(char)
        self.uneven = re.compile("[" + "".join(map(re.escape, uneven)) + "]")
        self._common = [(char, self[ord(char)]) for char in _COMMON if self[ord(char)] != char]
        same = (chr(point) for block in (range(0x0700), range(0x2000, 0x2190)) for point in block)
        unchanged = "".join(re.escape(char) for char in same if self[ord(char)] == char)
        self._is_done = re.compile(f"[{unchanged}]*+").fullmatch

    def folded(self, text: str) -> str:
        """`text` with every character looked up, the quickest way: `str.translate` takes four times as long."""
        if len(text) < _SHORT:
            return text.translate(self)
        for char, letter in self._common:
            if char in text:  # asked in a tenth of the time that replacing nothing takes
                text = text.replace(char, letter)
        return text if self._is_done(text) else text.translate(self)

    @staticmethod
    def _digit(char: str) -> str:
        return str(unicodedata.decimal(char)) if char.isdecimal() else char

    def __missing__(self, point: int) -> str:
        char = chr(point)
        lower = char.lower()
        folded = lower if len(lower) == 1 else char
        self[point] = folded
        return folded


_FOLD = _FoldTable(_LETTERS)
_PLAIN = _FoldTable({})


class Folded:
    """A folded text and the map of its offsets to those of the text as written.

    `text` is folded; offsets are code points. Both ways of the map are monotone.
    """

    def __init__(self, original: str, table: _FoldTable) -> None:
        self.original = original
        self.text = table.folded(original)
        self._table = table
        # Worked out when they are asked for, and kept here: a cached property takes several times as long to be read.
        self._steps: tuple[list[int], list[int]] | None = None
        self._written_steps: list[int] | None = None

    def _find_steps(self) -> tuple[list[int], list[int]]:
        """Folded offsets from which a shift holds, and the shifts (written minus folded)."""
        starts, shifts, shift = [0], [0], 0
        for match in self._table.uneven.finditer(self.original):
            offset, length = match.start() - shift, len(self._table[ord(match[0])])
            if length == 0:  # what follows stands one further on in the written text
                shift += 1
                starts.append(offset)
                shifts.append(shift)
            for further in range(1, length):  # each further letter stands where the first does
                shift -= 1
                starts.append(offset + further)
                shifts.append(shift)
        self._steps = starts, shifts
        return self._steps

    def _find_written_steps(self) -> list[int]:
        """Written offsets from which the shifts hold."""
        self._written_steps = list(map(add, *(self._steps or self._find_steps())))
        return self._written_steps

    def start(self, offset: int) -> int:
        """Where in the written text the folded character at `offset` begins."""
        starts, shifts = self._steps or self._find_steps()
        return offset + shifts[bisect_right(starts, offset) - 1]

    def end(self, offset: int) -> int:
        """Where in the written text the folded stretch that ends before `offset` ends, its diacritics included."""
        if offset <= 0:
            return 0
        starts, shifts = self._steps or self._find_steps()
        end, original = offset + shifts[bisect_right(starts, offset - 1) - 1], self.original
        while end < len(original) and original[end] in _TRAILING:
            end += 1
        return end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The written stretch that a folded one stands for."""
        return self.start(start), self.end(end)

    def spans(self, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The written stretches that folded ones stand for; these must ascend and not overlap.

        The same as `span` for each, in one walk over the map.
        """
        starts, shifts = self._steps or self._find_steps()
        original, step, last = self.original, 0, len(starts) - 1
        for start, end in stretches:
            while step < last and starts[step + 1] <= start:
                step += 1
            begin = start + shifts[step]
            while step < last and starts[step + 1] < end:
                step += 1
            stop = end + shifts[step]
            while stop < len(original) and original[stop] in _TRAILING:
                stop += 1
            yield begin, stop

    def offset(self, written: int) -> int:
        """The folded offset of what stands at or after `written`."""
        step = bisect_left(self._written_steps or self._find_written_steps(), written)
        if step == 0:
            return 0
        starts, shifts = self._steps or self._find_steps()
        folded_offset = written - shifts[step - 1]
        return min(folded_offset, starts[step] if step < len(starts) else len(self.text))


_TRAILING = frozenset(chr(point) for point in range(0x10000) if re.match(f"[{MARKS}{TATWEEL}]", chr(point)))


# A paragraph is folded by each room that reads it, one after the other; the last ones are kept for the next.
_KEPT, _LONGEST_KEPT = 256, 16_000


def fold(text: str) -> Folded:
    """`text` folded, with its offset map."""
    return _fold_kept(text) if len(text) <= _LONGEST_KEPT else Folded(text, _FOLD)


@lru_cache(_KEPT)
def _fold_kept(text: str) -> Folded:
    return Folded(text, _FOLD)


def folded(text: str) -> str:
    """`text` folded, without a map: for keys and comparisons."""
    return _FOLD.folded(text)


def plain(text: str) -> str:
    """`text` as written but for tashkeel, tatweel, invisible characters, presentation forms and case.

    Composed first (NFC), so that a hamza typed as a combining mark is the same letter as the composed one.
    """
    return _PLAIN.folded(unicodedata.normalize("NFC", text))
