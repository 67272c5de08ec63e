"""JSON of any length: the articles in it one by one, as the bytes they are, without holding the whole."""

import re
from collections.abc import Collection, Iterator
from typing import BinaryIO

CHUNK = 1 << 18
_OUTSIDE = re.compile(rb'["\[\]{},]')
_INSIDE = re.compile(rb'["\\]')
_BLANK = b" \t\r\n,"
_BOM = b"\xef\xbb\xbf"


def json_values(stream: BinaryIO, lists: Collection[str], most: int) -> Iterator[bytes | None]:
    """Each article's bytes; None for one of more than `most` bytes.

    Articles are the elements of a list; or of the list in an object that one of `lists` names; or objects one after
    the other. Nothing is checked: broken JSON comes out as a piece that nobody can read.
    """
    scan = _Scan({name.encode() for name in lists}, most)
    while chunk := stream.read(CHUNK):
        yield from scan.feed(chunk)
    yield from scan.end()


class _Scan:
    """Where in the JSON we are. Articles stand `level` brackets deep; a value begins at `start` of the buffer."""

    def __init__(self, lists: Collection[bytes], most: int) -> None:
        self._lists = lists
        self._most = most
        self._buffer = bytearray()
        self._begun = False
        self._at = self._start = self._string_at = 0
        self._depth = self._level = 0
        self._in_string = False
        self._key = b""
        self._dropped = False  # the value was too long and is only walked through
        self._unwrapped = False  # the object around has given its list away and is no article itself

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """The values that end in `chunk`."""
        self._buffer += chunk if self._begun else chunk.removeprefix(_BOM)
        self._begun = True
        while True:
            found = (_INSIDE if self._in_string else _OUTSIDE).search(self._buffer, self._at)
            if found is None:
                self._at = len(self._buffer)
                break
            self._at = found.end()
            if found[0] == b"\\":
                if self._at == len(self._buffer):  # the escaped letter is in the next chunk
                    self._at -= 1
                    break
                self._at += 1
            elif found[0] == b'"':
                self._quote(found.start())
            else:
                yield from self._sign(found[0])
        self._shorten()

    def end(self) -> Iterator[bytes | None]:
        """What is left when the input ends: nothing, or the piece of a value that was cut off."""
        self._at = len(self._buffer)
        if not self._unwrapped:
            yield from self._value()

    def _quote(self, at: int) -> None:
        if self._in_string and self._depth == 1 and self._level == 0:
            self._key = bytes(self._buffer[self._string_at : at])
        self._in_string, self._string_at = not self._in_string, at + 1

    def _sign(self, sign: bytes) -> Iterator[bytes | None]:
        if sign in b"[{":
            if (
                self._level == 0
                and sign == b"["
                and (self._depth == 0 or (self._depth == 1 and self._key in self._lists))
            ):
                self._unwrapped = self._depth == 1
                self._level = self._depth + 1
                self._begin()
            self._depth += 1
        elif sign == b",":
            if self._depth == self._level > 0:
                yield from self._value(self._at - 1)
        else:
            yield from self._closed()

    def _closed(self) -> Iterator[bytes | None]:
        if self._level and self._depth == self._level:
            yield from self._value(self._at - 1)
            self._level = 0
        self._depth = max(0, self._depth - 1)
        if self._depth == 0 and not self._level:
            if not self._unwrapped:
                yield from self._value()
            self._unwrapped = False
            self._begin()

    def _value(self, end: int | None = None) -> Iterator[bytes | None]:
        value = bytes(self._buffer[self._start : self._at if end is None else end]).strip(_BLANK)
        if self._dropped:
            yield None
        elif value and value != b"]":
            yield value
        self._begin()

    def _begin(self) -> None:
        self._start, self._dropped = self._at, False

    def _shorten(self) -> None:
        """Forget what was given out, and what is too long to be."""
        if self._unwrapped and not self._level:
            self._start = self._at
        elif self._at - self._start > self._most:
            self._start, self._dropped = self._at, True
        del self._buffer[: self._start]
        self._at -= self._start
        self._string_at = max(0, self._string_at - self._start)
        self._start = 0
