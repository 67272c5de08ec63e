"""Owners of servers as processes of their own, so that they can be killed, and what they leave behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / "var" / "cache"
# What root's tests run as an ordinary user still has to find its way to this working copy.
AS_ORDINARY_USER = (
    *("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"),
    *("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--securebits=+no_setuid_fixup"),
)

NO_CHANGE: Mapping[str, str] = {}


class Owner:
    """A running `tests.embedded.owner`; `servers` is what it said, `error` its last words when it failed."""

    def __init__(
        self, data_dir: Path, *words: str, prefix: Sequence[str] = (), environment: Mapping[str, str] = NO_CHANGE
    ) -> None:
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-B", "-m", "tests.embedded.owner", str(data_dir), *words],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.servers: dict[str, str] = json.loads(said) if said else {}
        self.error = "" if said else self.process.communicate()[1].strip()

    def leave(self) -> None:
        """End it in good order."""
        self.process.communicate()

    def kill(self) -> None:
        """Kill it as the system would when memory is short."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def new_data_dir() -> Iterator[Path]:
    """An empty folder in which anybody may make folders, at a short path; no server in it survives the test."""
    folder = Path(tempfile.mkdtemp(prefix="qawl-"))
    folder.chmod(0o777)
    yield folder
    for process in processes_of(folder):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data_dir(new_data_dir: Path, made_data_dir: Path) -> Path:
    """A folder whose servers have run before."""
    subprocess.run(["cp", "-a", f"{made_data_dir}/.", new_data_dir], check=True)
    return new_data_dir


@pytest.fixture(scope="module")
def made_data_dir() -> Iterator[Path]:
    """To be copied: making the data of Postgres takes longer than all the rest of a start."""
    with tempfile.TemporaryDirectory(prefix="qawl-") as folder:
        Owner(Path(folder), "postgres").leave()
        yield Path(folder)


@pytest.fixture
def own() -> Iterator[Callable[..., Owner]]:
    """Starts owners, which end with the test at the latest."""
    owners: list[Owner] = []

    def start(folder: Path, *words: str, **options: Any) -> Owner:
        owners.append(Owner(folder, *words, **options))
        return owners[-1]

    yield start
    for owner in owners:
        if owner.process.poll() is None:
            owner.kill()


def processes_of(folder: Path) -> list[psutil.Process]:
    """The servers that work in the folder, whoever started them."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and any(str(folder) in word for word in [process.cwd(), *process.cmdline()]):
                found.append(process)
        except psutil.Error:
            continue
    return found


def are_gone(folder: Path, seconds: float = 5) -> bool:
    """Whether no server of the folder is left, or will be within the time."""
    deadline = time.monotonic() + seconds
    while processes_of(folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
