"""Forms (multipart/form-data): the files and the fields in one, read while it comes and never held in memory.

The library `multipart` reads them: it notices a form that was cut off, which python-multipart passes over, and shows
every header of a part, which streaming-form-data does not.
"""

import re
from collections.abc import Iterator

from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
)

from app.corpus.filters import LONGEST_VALUE
from app.errors import InvalidRequest, InvalidValue, TooLarge, UnsupportedMediaType
from app.intake.media_types import SentFile, header, kind_of_file

FILE = "file"
MOST_PARTS = 1000
LONGEST_BOUNDARY = 200
_BOUNDARY = re.compile(f"[ -~]{{1,{LONGEST_BOUNDARY}}}")
_OCTETS = "application/octet-stream"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_UNENCODED = ("", "7bit", "8bit", "binary")


class Form:
    """A form on its way. `fields` are the values of its fields so far, by name; empty ones count as not given."""

    def __init__(self, content_type: str, content_encoding: str) -> None:
        """Raises InvalidRequest without a boundary, UnsupportedMediaType for a form that is packed as a whole."""
        if content_encoding.strip().lower() not in ("", "identity"):
            raise UnsupportedMediaType(f"expected a form with packed files in it, got it in {content_encoding} itself")
        self.fields: dict[str, list[str]] = {}
        self._parser = PushMultipartParser(_boundary(content_type), max_segment_count=MOST_PARTS)
        self._files = 0
        self._part = MultipartSegment([])
        self._is_file = False
        self._value = b""

    def read(self, chunk: bytes) -> Iterator[SentFile | bytes]:
        """Each file as it begins, then its bytes. Raises InvalidRequest where this is no form, and what is wrong
        with a part.
        """
        try:
            for event in self._parser.parse(chunk) if chunk else ():
                if event is None:
                    self._end()
                elif isinstance(event, MultipartSegment):
                    yield from self._begin(event)
                elif self._is_file:
                    yield event
                else:
                    self._keep(event)
        except ParserLimitReached as failure:
            raise TooLarge(f"expected at most {MOST_PARTS} parts with short headers: {failure}") from None
        except MultipartError as failure:
            raise InvalidRequest(f"the form cannot be read: {failure}") from None

    def close(self) -> None:
        """Say that no more comes. Raises InvalidRequest where more must, or there was no file."""
        try:
            self._parser.close()
        except MultipartError:
            raise InvalidRequest("the form ends before its last boundary, or has none: was it cut off?") from None
        if not self._files:
            raise InvalidRequest(f"expected at least one file, in a part named {FILE}; got a form without one")

    def _begin(self, part: MultipartSegment) -> Iterator[SentFile]:
        self._part, self._value = part, b""
        self._is_file = part.name == FILE and not _is_unchosen(part)
        if self._is_file:
            self._files += 1
            yield _sent_file(part, self._files)
        elif part.filename:
            raise InvalidValue(f"expected files in parts named {FILE}, got one in a part named {part.name!r}")

    def _keep(self, data: bytes) -> None:
        if self._part.name == FILE:
            _sent_file(self._part, self._files + 1)  # which says what is wrong with it
        self._value += data
        if len(self._value) > 4 * LONGEST_VALUE:
            raise InvalidValue(f"{self._part.name}: expected at most {LONGEST_VALUE} characters, got more")

    def _end(self) -> None:
        if not self._is_file and self._value.strip():
            self.fields.setdefault(self._part.name, []).append(_decoded(self._part, self._value))


def _boundary(content_type: str) -> str:
    try:
        boundary = header(content_type).get_boundary() or ""
    except UnicodeError:  # given in an encoding of its own, and not in that
        boundary = ""
    if not _BOUNDARY.fullmatch(boundary):
        raise InvalidRequest(
            f"expected multipart/form-data; boundary= and 1 to {LONGEST_BOUNDARY} ASCII characters, "
            f"got {content_type[:300]}"
        )
    return boundary


def _is_unchosen(part: MultipartSegment) -> bool:
    """Whether this is what a browser sends where no file was chosen."""
    return not part.filename and part.content_type in (None, _OCTETS)


def _sent_file(part: MultipartSegment, number: int) -> SentFile:
    name = _CONTROLS.sub("", part.filename or "") or f"{FILE} {number}"
    if (encoding := part.header("Content-Transfer-Encoding", "").strip().lower()) not in _UNENCODED:
        raise UnsupportedMediaType(
            f"file {name!r}: expected its bytes as they are, got Content-Transfer-Encoding {encoding}"
        )
    kind = kind_of_file(name, part.header("Content-Type", ""), part.header("Content-Encoding", ""))
    return SentFile(name, kind)


def _decoded(part: MultipartSegment, value: bytes) -> str:
    try:
        text = value.decode(part.charset or "utf-8")
        text.encode()  # some encodings can say half a character
    except (LookupError, ValueError):
        raise InvalidRequest(f"the field {part.name} is not valid {part.charset or 'UTF-8'}") from None
    if "\0" in text:
        raise InvalidRequest(f"the field {part.name} holds the character NUL")
    return text
