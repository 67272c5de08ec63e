"""Files, folders, archives and standard input: every page is found again by its name, nothing stops the rest."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from app.errors import InvalidValue
from app.intake.inputs import STANDARD_INPUT, How, files_in, size_of
from app.intake.raw_page import Refused
from app.intake.reading import Reading, read, read_fields
from tests.intake.articles import FIRST, HTML, SECOND, TEXT, TITLE, URL, line, pages, read_one, web_archive

LINES = b"\n".join(line(number) for number in (1, 2)) + b"\n"


def in_zip(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def in_tar(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return whole.getvalue()


FILES = {"a/one.html": HTML.encode(), "two.jsonl": LINES, ".hidden.html": b"x", "a/README.md": b"x"}
NAMES = ["a/one.html", "two.jsonl:line 1", "two.jsonl:line 2"]


@pytest.mark.parametrize(
    ("name", "raw", "names"),
    [
        ("d.jsonl.gz", gzip.compress(LINES), ["line 1", "line 2"]),
        ("d.jsonl.gz", gzip.compress(line(1) + b"\n") + gzip.compress(line(2)), ["line 1", "line 2"]),
        ("d.ndjson.zst", zstandard.compress(LINES), ["line 1", "line 2"]),
        ("d.zip", in_zip(FILES), NAMES),
        ("d.tar.gz", in_tar(FILES), NAMES),
        ("d.tgz", in_tar(FILES), NAMES),
        ("d.tar", in_tar(FILES, "w"), NAMES),
        ("d.tar.zst", zstandard.compress(in_tar(FILES, "w")), NAMES),
        ("d.zip", in_zip({"x.jsonl.gz": gzip.compress(LINES)}), ["x.jsonl.gz:line 1", "x.jsonl.gz:line 2"]),
    ],
)
def test_what_is_packed_is_unpacked_and_named_by_its_place(
    tmp_path: Path, name: str, raw: bytes, names: list[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    found = pages(file)
    assert [page.name for page in found] == [f"{file}:{own}" for own in names]
    assert all(isinstance(read(page), Reading) for page in found)


def test_every_file_of_an_archive_without_a_page_is_told_once(tmp_path: Path) -> None:
    whole = in_zip({"a.csv": b"url,text\n", "b.jsonl": b"", "c.jsonl": LINES, "d.jsonl.gz": b"no gzip"})
    (tmp_path / "d.zip").write_bytes(whole)
    found = pages(tmp_path / "d.zip")
    assert [(one.name.rpartition("zip:")[2], one.refused and one.refused.reason) for one in found] == [
        ("a.csv", "empty"), ("b.jsonl", "empty"), ("c.jsonl:line 1", None), ("c.jsonl:line 2", None),
        ("d.jsonl.gz", "unreadable"),
    ]  # fmt: skip


def test_arabic_names_in_a_zip_that_does_not_say_it_is_utf_8(tmp_path: Path) -> None:
    name = "ساعة.html".encode()
    whole = in_zip({"x" * len(name): HTML.encode()}).replace(b"x" * len(name), name)
    (tmp_path / "d.zip").write_bytes(whole)
    assert pages(tmp_path / "d.zip")[0].name == f"{tmp_path}/d.zip:ساعة.html"


def test_names_that_are_no_utf_8_are_told_without_harm(tmp_path: Path) -> None:
    (tmp_path / "d.tar").write_bytes(in_tar({"caf\udce9.html": HTML.encode()}, "w"))
    (tmp_path / "caf\udce9.html").write_bytes(HTML.encode())
    assert [page.name.rpartition("/")[2] for page in pages(tmp_path)] == ["caf\ufffd.html", "d.tar:caf\ufffd.html"]


def test_links_to_folders_are_followed_into_each_folder_once(tmp_path: Path) -> None:
    (elsewhere := tmp_path / "disk" / "more").mkdir(parents=True)
    (elsewhere / "x.html").write_text(HTML)
    (folder := tmp_path / "pages").mkdir()
    (folder / "link").symlink_to(elsewhere)
    (folder / "loop").symlink_to(folder)
    (folder / "twin").symlink_to(elsewhere)
    assert files_in([folder]) == [folder / "link" / "x.html"]


@pytest.mark.parametrize(("mode", "told"), [(0, "shut"), (0o444, "shut/in.html")])
def test_a_folder_that_cannot_be_looked_into_is_one_rejected_page(mode: int, told: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "open.html").write_text(HTML)
        (folder / "shut").mkdir()
        (folder / "shut" / "in.html").write_text(HTML)
        (folder / "shut").chmod(mode)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)  # to root all folders are open
        try:
            one, other = pages(folder)
            size = size_of(files_in([folder]))
        finally:
            os.seteuid(before)
            (folder / "shut").chmod(0o700)
    assert (one.refused, other.name) == (None, f"{folder}/{told}")
    assert (size or 0) >= len(HTML.encode())
    assert other.refused
    assert "Permission denied" in other.refused.detail


def test_a_page_alone_may_be_compressed(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(HTML.encode()))
    assert read_one(tmp_path / "page.html.gz").title == TITLE


@pytest.mark.parametrize(
    ("name", "raw", "read_before"),
    [
        ("d.jsonl.gz", gzip.compress(LINES + os.urandom(400_000))[:-100_000], 2),
        ("d.jsonl.gz", b"no gzip at all", 0),
        ("d.jsonl.zst", zstandard.compress(LINES)[:30], 0),
        ("d.zip", b"PK no zip at all", 0),
        ("d.zip", in_zip({"inner.zip": in_zip(FILES)}), 0),
        ("d.tar.gz", in_tar(FILES)[:200], 0),
        ("d.warc.gz", b"no archive at all", 0),
        ("d.warc", b"no archive at all", 0),
    ],
)
def test_a_broken_file_gives_what_it_can_and_says_why_no_more(
    tmp_path: Path, name: str, raw: bytes, read_before: int
) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "z.txt").write_text(f"{TITLE}\n\n{TEXT}\n")
    *before, broken, after = pages(tmp_path)
    assert len([page for page in before if isinstance(read(page), Reading)]) == read_before
    assert broken.refused
    assert "cannot be read" in broken.refused.detail or "holds none" in broken.refused.detail
    assert isinstance(read(after), Reading)


def test_one_broken_member_of_a_zip_costs_only_itself(tmp_path: Path) -> None:
    raw = in_zip({"a.html": HTML.encode(), "b.html": HTML.encode()})
    (tmp_path / "d.zip").write_bytes(raw[:60] + b"\0\0\0" + raw[63:])
    *_, broken, whole = pages(tmp_path / "d.zip")
    assert broken.refused
    assert broken.name.endswith("d.zip:a.html")
    assert isinstance(read(whole), Reading)


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.html.gz", "bomb.zip", "bomb.csv.zst", "bomb.tar.gz"])
def test_a_bomb_is_one_rejected_page(tmp_path: Path, name: str) -> None:
    zeros = b"0" * 300_000_000
    packed = {
        "gz": lambda: gzip.compress(zeros),
        "zip": lambda: in_zip({"x.jsonl": zeros}),
        "zst": lambda: zstandard.compress(zeros),
        "tar.gz": lambda: in_tar({"x.jsonl": zeros}),
    }
    (tmp_path / name).write_bytes(packed["tar.gz" if "tar" in name else name.rpartition(".")[2]]())
    found = pages(tmp_path / name)
    assert [page.refused.reason for page in found if page.refused][-1] == "too_large"
    assert len(found) <= 2


def test_a_web_archive_gives_its_pages_with_address_and_hour_of_fetching(tmp_path: Path) -> None:
    whole = web_archive(
        ("200 OK", "text/html; charset=windows-1256", HTML.replace("utf-8", "windows-1256").encode("cp1256")),
        ("404 Not Found", "text/html", b"<html>no"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html", HTML.encode()),
    )
    (tmp_path / "crawl.warc.gz").write_bytes(whole)
    first, second = pages(tmp_path / "crawl.warc.gz")
    assert (first.name.rpartition(":")[2], second.name.rpartition(":")[2]) == ("record 2", "record 8")
    assert (first.url, first.declared_charset) == (f"{URL}/1", "windows-1256")
    assert first.fetched_at == datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    found = read_fields(first)
    assert (found.title, found.charset, found.url) == (TITLE, "windows-1256", f"{URL}/1")


@pytest.mark.parametrize("broken", [False, True])
def test_pages_in_brotli_are_unpacked(tmp_path: Path, broken: bool) -> None:
    body = brotli.compress(HTML.encode())
    answer = ("200 OK", "text/html\r\nContent-Encoding: br", body[:20] + b"?" * 200 if broken else body)
    (tmp_path / "crawl.warc.gz").write_bytes(web_archive(answer, ("200 OK", "text/html", HTML.encode())))
    first, second = pages(tmp_path / "crawl.warc.gz")
    assert isinstance(read(first), Refused if broken else Reading)
    assert read_fields(second).title == TITLE


@pytest.mark.parametrize(
    ("coding", "pack"), [("br", brotli.compress), ("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_a_packed_page_that_breaks_in_the_middle_is_no_shorter_page(
    tmp_path: Path, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    page = HTML.encode() + os.urandom(60_000).hex().encode()
    body = pack(page)
    half, kind = len(body) // 2, f"text/html\r\nContent-Encoding: {coding}"
    bodies = [body, body[:half], body[:half] + b"?" * half, b""]
    (tmp_path / "crawl.warc").write_bytes(web_archive(*[("200 OK", kind, one) for one in bodies], compressed=False))
    whole, cut, broken, nothing = pages(tmp_path / "crawl.warc")
    assert [(one.raw, one.refused) for one in (whole, nothing)] == [(page, None), (b"", None)]
    for one in (cut, broken):
        assert one.refused
        assert "unpacked to its end" in one.refused.detail


def test_a_page_in_brotli_that_grows_beyond_measure_is_too_large(tmp_path: Path) -> None:
    answer = ("200 OK", "text/html\r\nContent-Encoding: br", brotli.compress(b" " * 50_000_000))
    (tmp_path / "crawl.warc").write_bytes(web_archive(answer, compressed=False))
    (page,) = pages(tmp_path / "crawl.warc")
    assert page.refused
    assert page.refused.reason == "too_large"


@pytest.mark.parametrize(
    "root", ["<rss version='2.0'>", "<!-- x -->\n<feed xmlns='http://www.w3.org/2005/Atom'>", "<urlset>"]
)
def test_a_feed_in_xml_is_no_article(tmp_path: Path, root: str) -> None:
    items = f"<item><title>{TITLE}</title><description>{FIRST} {SECOND}</description></item>" * 3
    (tmp_path / "feed.xml").write_text(f'<?xml version="1.0"?>\n{root}<channel>{items}</channel>')
    (page,) = pages(tmp_path / "feed.xml")
    told = read(page)
    assert isinstance(told, Refused)
    assert (told.reason, "RSS" in told.detail) == ("not_text", True)


def test_the_texts_of_a_wet_file_are_pages(tmp_path: Path) -> None:
    content = f"{TITLE}\n\n{TEXT}\n".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-02-03T04:05:06Z\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    (tmp_path / "x.warc.wet.gz").write_bytes(gzip.compress(head.encode() + content + b"\r\n\r\n"))
    page = read_one(tmp_path / "x.warc.wet.gz")
    assert (page.title, page.url, page.body) == (TITLE, URL, TEXT)


def test_a_web_archive_cut_off_keeps_the_pages_before_the_cut(tmp_path: Path) -> None:
    whole = web_archive(*[("200 OK", "text/html", HTML.encode())] * 5)
    (tmp_path / "crawl.warc.gz").write_bytes(whole[: len(whole) * 3 // 4])
    found = [page for page in pages(tmp_path / "crawl.warc.gz") if not page.refused]
    assert len(found) >= 3
    assert isinstance(read(found[0]), Reading)


@pytest.mark.parametrize("packed", [lambda raw: raw, gzip.compress, zstandard.compress])
def test_standard_input_is_read_by_its_format(packed: "type[bytes]") -> None:
    script = (
        "from app.intake.inputs import *; how = How('jsonl')\n"
        "for page in pages_in(files_in([STANDARD_INPUT], how), how): print(page.name, len(page.raw))"
    )
    done = subprocess.run([sys.executable, "-c", script], input=packed(LINES), capture_output=True, check=True)
    size = len(line(1))
    assert done.stdout.decode() == f"standard input:line 1 {size}\nstandard input:line 2 {size}\n"


def test_standard_input_without_a_format_is_refused() -> None:
    with pytest.raises(InvalidValue, match="--format"):
        files_in([STANDARD_INPUT])


def test_a_format_wins_over_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "export.txt").write_bytes(LINES)
    assert len(pages(tmp_path / "export.txt", How("jsonl"))) == 2


def test_how_far_reading_has_come_is_told_in_bytes(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "page.html").write_text(HTML)
    told: list[int] = []
    pages(tmp_path, How(on_bytes=told.append))
    assert sum(told) == size_of(files_in([tmp_path])) == sum(file.stat().st_size for file in tmp_path.iterdir())
