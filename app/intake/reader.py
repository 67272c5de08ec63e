"""A reading process: pages come in on standard input, answers go out on standard output, until the input ends.

A message is its length in four bytes and then MessagePack. The process ends when its input does, so it never
outlives the one it reads for.
"""

import gc
import os
import signal
import struct
import sys
from typing import BinaryIO

import msgspec

from app.intake.raw_page import RawPage, Refused
from app.intake.reading import Reading, read

PAGE_SECONDS = 30.0
LENGTH = struct.Struct("<I")
# What one page makes is forgotten whole, none of it in cycles; what is kept are the words met, half a million objects
# in the end. To walk these in search of cycles at Python's own rate takes a tenth of the time.
OBJECTS_BEFORE_CYCLES = 1_000_000

_pages = msgspec.msgpack.Decoder(RawPage)
_answers: msgspec.msgpack.Decoder[Reading | Refused] = msgspec.msgpack.Decoder(Reading | Refused)
_encoder = msgspec.msgpack.Encoder()


def message(content: object) -> bytes:
    """A page, or the answer to one, as it goes over the wire."""
    encoded = _encoder.encode(content)
    return LENGTH.pack(len(encoded)) + encoded


def answer_in(encoded: bytes) -> Reading | Refused:
    """The answer in a message, its length taken off."""
    return _answers.decode(encoded)


def serve(pages: BinaryIO, answers: BinaryIO) -> None:
    """Answer every page of one stream on the other. First comes an empty answer: ready."""
    answers.write(LENGTH.pack(0))
    answers.flush()
    while length := pages.read(LENGTH.size):
        page = _pages.decode(pages.read(*LENGTH.unpack(length)))
        # Should the process we read for be gone, nobody else would stop a page that never ends.
        signal.alarm(2 * int(PAGE_SECONDS))
        answers.write(message(read(page)))
        answers.flush()
        signal.alarm(0)


def main() -> None:
    """Be a reader. What libraries print goes to standard error: standard output belongs to the answers."""
    gc.set_threshold(OBJECTS_BEFORE_CYCLES)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process we read for
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)  # nobody reads the answers any more, nor should what is left of them be written
