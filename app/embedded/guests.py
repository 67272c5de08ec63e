"""Guests of a server: processes that use it for a while, and that its owner waits for before it stops the server.

A guest holds a shared lock on a file beside the data, which the system releases however the guest ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.embedded.account import Account, give, unusable
from app.errors import SetupError
from app.logs import log

LOCK = "guests.lock"
logger = log(__name__)


@contextmanager
def visiting(folder: Path, account: Account) -> Iterator[None]:
    """Be a guest of the server of `folder`, or of the next one there, for as long as the context lasts."""
    with _opened(folder, account) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def no_guests(folder: Path, account: Account) -> Iterator[None]:
    """Wait until the last guest has left, and let none in until the context ends."""
    with _opened(folder, account) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.info("other commands still use the server; it is stopped after them", folder=str(folder))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _opened(folder: Path, account: Account) -> BinaryIO:
    path = folder / LOCK
    try:
        file = path.open("ab")
    except OSError as error:
        raise SetupError(unusable(folder, error.strerror or str(error))) from None
    give(path, account)
    return file
