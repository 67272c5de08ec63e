"""`python -m tests.bench.inputs [MB]`: how fast and in how much memory inputs of each format are cut into pages."""

import gzip
import json
import resource
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

from app.intake.inputs import How, files_in, pages_in
from tests.intake.articles import HTML, article, web_archive


def _records(megabytes: int) -> Iterator[bytes]:
    """Lines of JSON of 5 kB, all different."""
    for number in range(megabytes * 200):
        record = article(number, text=(str(article(number)["text"]) + f" {number}\n\n") * 12)
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _lines(file: Path, megabytes: int, opened: Callable[[Path], object]) -> None:
    with opened(file) as out:  # type: ignore[attr-defined]
        for line in _records(megabytes):
            out.write(line)


def _list(file: Path, megabytes: int) -> None:
    file.write_bytes(b"[" + b",".join(_records(megabytes)) + b"]")


def _csv(file: Path, megabytes: int) -> None:
    with file.open("w") as out:
        out.write("title,text\n")
        for line in _records(megabytes):
            record = json.loads(line)
            out.write(f'"{record["title"]}","{record["text"].replace(chr(34), chr(34) * 2)}"\n')


def _warc(file: Path, megabytes: int) -> None:
    body = HTML.replace("</body>", "<p>" + "ساعة " * 400 + "</p></body>").encode()
    batch = web_archive(*[("200 OK", "text/html; charset=utf-8", body)] * 100)
    with file.open("wb") as out:
        for _ in range(megabytes * 2):
            out.write(batch)


def _zip(file: Path, megabytes: int) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(megabytes * 200):
            out.writestr(f"{number}.html", HTML + "<!-- x -->" * 400)


def _tar(file: Path, megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(file, "w:gz") as out:
        page = Path(folder, "page.html")
        page.write_text(HTML + "<!-- x -->" * 400)
        for number in range(megabytes * 200):
            out.add(page, f"{number}.html")


INPUTS: dict[str, Callable[[Path, int], None]] = {
    "a.jsonl": lambda file, size: _lines(file, size, lambda path: path.open("wb")),
    "a.jsonl.gz": lambda file, size: _lines(file, size, lambda path: gzip.open(path, "wb", 1)),  # noqa: SIM115 - used as a context manager below
    "a.jsonl.zst": lambda file, size: _lines(file, size, lambda path: zstandard.open(path, "wb")),
    "a.json": _list,
    "a.csv": _csv,
    "a.warc.gz": _warc,
    "a.zip": _zip,
    "a.tar.gz": _tar,
}


def run(megabytes: int) -> None:
    """Print pages and megabytes a second of one core, and the most memory so far, for each format."""
    for name, make in INPUTS.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, name)
            make(file, megabytes)
            started, count, size = time.process_time(), 0, 0
            for page in pages_in(files_in([file]), How()):
                count += 1
                size += len(page.raw)
            took = time.process_time() - started
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name:14}{file.stat().st_size / 1e6:8.0f} MB on disk{count / took:10,.0f} pages/s"
                f"{size / 1e6 / took:8.0f} MB/s {memory:6.0f} MB at most so far"
            )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
