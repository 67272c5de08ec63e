"""Labelled-text lines in, statements out: the JSON of `qawl extract`."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from app.errors import InvalidRequest
from app.extract.statements.assembly import extract_statements


class Line(msgspec.Struct):
    """One input line."""

    id: str | int
    text: str


def extract_lines(lines: Iterable[str | bytes]) -> Iterator[bytes]:
    """For each line `{"id", "text"}` one line `{"id", "statements": […]}`, UTF-8 without a newline.

    Empty lines, and members of other names, are passed over. InvalidRequest names the line that is not such an object.
    """
    decoder, encoder = msgspec.json.Decoder(Line), msgspec.json.Encoder()
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InvalidRequest(f"line {number}: expected an object with id and text, {error}") from error
        statements: list[Any] = extract_statements(line.text)
        yield encoder.encode({"id": line.id, "statements": statements})
