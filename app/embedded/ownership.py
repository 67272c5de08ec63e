"""One server for all processes on a folder: the first to come owns it, the others join, the owner stops it after them.

The owner holds a lock that the system releases when the owner ends, however it ends; beside it stands a small file
that says where the server answers.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from app.embedded.account import Account, give, unusable
from app.embedded.guests import no_guests, visiting
from app.errors import SetupError, Unavailable
from app.logs import log

# Longer than a server may take to start, so that who waits learns how the owner fared.
JOIN_SECONDS = 120.0
POLL_SECONDS = 0.05
SUCCESSION_POLL_SECONDS = 0.25
SUCCESSION_RETRY_SECONDS = 5.0
STATE = "running.json"

# Starts the server, at the address where it was before if there is one, and gives its address.
Start = Callable[[str | None], AbstractContextManager[str]]
logger = log(__name__)


@dataclass(frozen=True)
class Shared:
    """A running server: its address, and whether this process owns it."""

    address: str
    owned: bool


@contextmanager
def shared(folder: Path, start: Start, account: Account, *, lasting: bool = False) -> Iterator[Shared]:
    """Own the server of `folder`, or join the process that does.

    A `lasting` run stops the server when it ends, and takes over at the same address when the owner ends before.
    Any other one runs the server on until those that joined it have left, unless it ends by an exception.
    Unavailable when the owner's server is not ready within `JOIN_SECONDS`.
    """
    lock = FileLock(folder / "owner.lock", thread_local=False)
    deadline = time.monotonic() + JOIN_SECONDS
    while True:
        if _acquired(lock, account):
            with _owned(folder, lock, account, start(_last_address(folder)), patient=not lasting) as address:
                yield Shared(address, owned=True)
            return
        # Who takes over needs no patience from the owner, and would try it for ever.
        with nullcontext() if lasting else visiting(folder, account):
            address_of_owner = read_address(folder)
            if address_of_owner is not None:
                with _succession(folder, lock, account, partial(start, address_of_owner)) if lasting else nullcontext():
                    yield Shared(address_of_owner, owned=False)
                return
        if time.monotonic() > deadline:
            raise Unavailable(f"another process has been starting a server in {folder} for {JOIN_SECONDS:.0f} s")
        time.sleep(POLL_SECONDS)


def read_address(folder: Path) -> str | None:
    """Where the running server of `folder` answers; None while there is none."""
    try:
        state = json.loads((folder / STATE).read_text())
        owner = psutil.Process(state["owner"])
        return str(state["address"]) if abs(owner.create_time() - state["owner_started"]) < 1 else None
    except (OSError, ValueError, KeyError, psutil.Error):
        return None


@contextmanager
def _owned(
    folder: Path, lock: FileLock, account: Account, server: AbstractContextManager[str], *, patient: bool = False
) -> Iterator[str]:
    """Run the server under the lock that we hold, and tell the others its address."""
    state = folder / STATE
    state.unlink(missing_ok=True)
    try:
        with server as address, ExitStack() as closing:
            _write_state(state, address, account)
            try:
                yield address
                if patient:
                    closing.enter_context(no_guests(folder, account))
            finally:
                state.unlink(missing_ok=True)
    finally:
        lock.release()


@contextmanager
def _succession(
    folder: Path, lock: FileLock, account: Account, start: Callable[[], AbstractContextManager[str]]
) -> Iterator[None]:
    """Watch for the owner's end, and be the next owner until this context ends."""
    over = threading.Event()

    def wait_and_own() -> None:
        while not over.wait(SUCCESSION_POLL_SECONDS):
            try:
                if _acquired(lock, account):
                    logger.warning("the process that ran a server has ended; running it here now", folder=str(folder))
                    with _owned(folder, lock, account, start()):
                        over.wait()
            except Exception as error:
                logger.error("a server could not be started", folder=str(folder), reason=str(error))
                over.wait(SUCCESSION_RETRY_SECONDS)

    thread = threading.Thread(target=wait_and_own, name="succession", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _acquired(lock: FileLock, account: Account) -> bool:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except OSError as error:
        raise SetupError(unusable(Path(lock.lock_file).parent, error.strerror or str(error))) from None
    give(Path(lock.lock_file), account)
    return True


def _last_address(folder: Path) -> str | None:
    """Where an owner that was killed had its server."""
    try:
        return str(json.loads((folder / STATE).read_text())["address"])
    except (OSError, ValueError, KeyError):
        return None


def _write_state(state: Path, address: str, account: Account) -> None:
    us = psutil.Process()
    fresh = state.with_suffix(".new")
    fresh.write_text(json.dumps({"owner": us.pid, "owner_started": us.create_time(), "address": address}))
    fresh.chmod(0o600)
    give(fresh, account)
    fresh.replace(state)
