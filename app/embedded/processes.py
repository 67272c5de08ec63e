"""Child processes: started so that they die with us, stopped in stages, found again when they outlived their owner."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import psutil

from app.embedded.account import Account, needs_passage
from app.errors import SetupError

# A full shutdown of Postgres writes a checkpoint; of Meilisearch, it ends the batch it is indexing.
STOP_SECONDS = 20.0
# The servers see nothing of our environment: a LANG that is not installed breaks initdb, PG* variables redirect it.
CLEAN_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
    "TZ": "UTC",
}


def launch(
    command: Sequence[str | Path],
    *,
    account: Account,
    folder: Path,
    log: IO[bytes] | int,
    death_signal: str,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in `folder`, in a session of its own, so that Ctrl-C reaches only us.

    Where the system can do it (Linux with `setpriv`), the child is sent `death_signal` ("INT", "TERM", …) when the
    thread that called this ends for whatever reason. OSError when the program cannot be executed.
    """
    return subprocess.Popen(
        [*_privileges(account, death_signal, Path(command[0]), folder), *map(str, command)],
        cwd=folder,
        env=CLEAN_ENVIRONMENT | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def tied_to_us(death_signal: str) -> list[str]:
    """The words before a command that make it die with the thread that starts it; none where that is not known."""
    setpriv = shutil.which("setpriv")
    return [setpriv, f"--pdeathsig={death_signal}"] if setpriv else []


def _privileges(account: Account, death_signal: str, program: Path, folder: Path) -> list[str]:
    """`setpriv` and its options: give up root, keep only the passage through closed folders where it is needed."""
    prefix = tied_to_us(death_signal)
    if not account.dropped:
        return prefix
    if not prefix:
        raise SetupError("root needs the program setpriv (of util-linux) to run the servers as another user")
    passage = needs_passage(account, program, folder.parent)
    kept = "-all,+dac_override" if passage else "-all"
    return [
        *prefix,
        f"--reuid={account.uid}",
        f"--regid={account.gid}",
        "--clear-groups",
        "--no-new-privs",
        f"--inh-caps={kept}",
        f"--ambient-caps={kept}",
        f"--bounding-set={kept}",
        # initdb asks access(2) whether postgres can be run; without this the answer leaves capabilities out.
        *(["--securebits=+no_setuid_fixup"] if passage else []),
    ]


def stop(process: "subprocess.Popen[bytes] | psutil.Process", *signals: signal.Signals) -> None:
    """Ask with each signal in turn, waiting up to `STOP_SECONDS` after each; at last kill. Returns when it is gone."""
    for number in (*signals, signal.SIGKILL):
        try:
            process.send_signal(number)
            process.wait(STOP_SECONDS)
        except (psutil.NoSuchProcess, ProcessLookupError):
            return
        except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
            continue
        return


def stop_orphans(is_ours: Callable[[psutil.Process], bool], first: signal.Signals) -> int:
    """Stop every process that `is_ours` (a server whose owner is gone); how many there were."""
    orphans = [process for process in psutil.process_iter() if _matches(process, is_ours)]
    for orphan in orphans:
        stop(orphan, first)
    return len(orphans)


def _matches(process: psutil.Process, is_ours: Callable[[psutil.Process], bool]) -> bool:
    try:
        return process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE and is_ours(process)
    except psutil.Error:
        return False


def works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether the folder is the process's current one."""
    return Path(process.cwd()) == folder
