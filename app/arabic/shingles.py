"""Signatures of texts: by these, texts that say nearly the same in the same words find each other.

A text is the set of its shingles, each run of four folded words as one number. Two texts are alike when most shingles
of the shorter one stand in the longer one too. To find such texts among many, each has a handful of bands, made so
that texts that share much are likely to have one in common (MinHash with one permutation, locality-sensitive hashing).
"""

from bisect import bisect_left
from collections.abc import Sequence
from zlib import crc32

import msgspec

SHINGLE = 4
# Texts with fewer shingles are a line or two, alike by their form of words alone: they are compared with nothing.
FEWEST_SHINGLES = 16
# Measured on 23,221 articles: of the pairs that are alike, 98.9 % have a band in common; one article meets one other
# by chance.
BANDS, ROWS = 24, 2
_BINS = BANDS * ROWS
# A line for each band: its number, and the places of the numbers of its bins.
_BANDS = b"\n".join(b" ".join([b"%d" % band, *[b"%d"] * ROWS]) for band in range(BANDS))


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """The shingles of a text, each once and sorted, and its bands: whole numbers of 32 bits with sign, as Postgres
    keeps them. The bands of a text that is too short to be compared are none.
    """

    shingles: list[int]
    bands: list[int]


def signature(words: Sequence[bytes]) -> Signature:
    """The signature of a text, from its folded words in UTF-8."""
    shingles = sorted(_shingles(words))
    bands = _bands(shingles) if len(shingles) >= FEWEST_SHINGLES else []
    signed = bisect_left(shingles, 1 << 31)
    return Signature([number - (1 << 32) for number in shingles[signed:]] + shingles[:signed], bands)


def _shingles(words: Sequence[bytes]) -> set[int]:
    """A number for each run of words."""
    runs = zip(*(words[first:] for first in range(SHINGLE)), strict=False)
    return set(map(crc32, map(b" ".join, runs)))


def _bands(shingles: Sequence[int]) -> list[int]:
    """Each bin's least shingle, two bins to a band; an empty bin takes what the next one has. `shingles` ascend."""
    descending = shingles[::-1]
    least = dict(zip([shingle % _BINS for shingle in descending], descending, strict=True))
    for place in range(2 * _BINS - 1, -1, -1) if len(least) < _BINS else ():
        here, following = place % _BINS, (place + 1) % _BINS
        if here not in least and following in least:
            least[here] = least[following]
    written = _BANDS % tuple(least[number] // _BINS for number in range(_BINS))
    return [_signed(crc32(band)) for band in written.split(b"\n")]


def _signed(number: int) -> int:
    return number - (1 << 32) if number >= 1 << 31 else number
