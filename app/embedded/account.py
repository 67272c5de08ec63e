"""Whose process an embedded server is, and the private folders that belong to it.

Postgres refuses to run as root, so root hands a server over to an unprivileged account: the owner of the data that
is already there, else `postgres`, else `nobody`. Everybody else runs the servers as themselves.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from app.errors import SetupError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user of this machine; `dropped` when we are root and the server is not."""

    uid: int
    gid: int
    dropped: bool


def account_for(folder: Path) -> Account:
    """Who runs the server whose data is in `folder`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    if folder.exists() and folder.stat().st_uid != 0:
        owner = folder.stat()
        return Account(owner.st_uid, owner.st_gid, dropped=True)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, dropped=True)
    raise SetupError(
        f"root cannot run Postgres, and there is no account {' or '.join(UNPRIVILEGED)} to run it; "
        "start Qawl as an ordinary user"
    )


def private_folder(folder: Path, account: Account) -> Path:
    """Make `folder` (mode 700, of `account`) where it is missing; SetupError where it cannot be used.

    What is there already and holds something is never given away.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            give(folder, account)
    except OSError as error:
        raise SetupError(unusable(folder, error.strerror or str(error))) from None
    owner = folder.stat().st_uid
    if owner != account.uid:
        raise SetupError(unusable(folder, f"it belongs to {user_name(owner)}"))
    if not account.dropped and not os.access(folder, os.W_OK | os.X_OK):
        raise SetupError(unusable(folder, "it is not writable"))
    return folder


def give(path: Path, account: Account) -> None:
    """Make what root has written the account's own; nothing to do for everybody else."""
    if account.dropped:
        os.chown(path, account.uid, account.gid)


def needs_passage(account: Account, *paths: Path) -> bool:
    """Whether the account could not reach one of the paths, because a folder above it is closed to others."""
    if not account.dropped:
        return False
    return any(not _open_to_others(step) for path in paths for step in (path, *path.parents) if step.exists())


def user_name(uid: int) -> str:
    """The name of a user of this machine, or the number where there is no name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def unusable(folder: Path, reason: str) -> str:
    """The sentence for a folder that cannot hold a server's data."""
    user = user_name(os.geteuid())
    return f"{folder} cannot be used by {user}: {reason}; set QAWL_DATA_DIR to a folder that {user} may write"


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IXOTH)
