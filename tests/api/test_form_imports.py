"""Sending files as a form does: each is known by its type or its name, and sending twice is sending once."""

import gzip
import io
import zipfile
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.corpus.database import connect
from app.corpus.keys import create_key
from app.intake.deliveries import MAX_DELIVERY_BYTES
from app.intake.forms import MOST_PARTS
from app.jobs import run_import

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "قال نبيل الزمردي إن الطريق إلى البلدة الثانية مفتوح منذ صباح اليوم أمام الجميع رقم"
UNTYPED = "application/octet-stream"


def record(number: int, name: str = "text") -> str:
    return f'{{"url": "http://nashra.example/f/{number}", "title": "خبر مختلق", "{name}": "{WORDS} {number}"}}\n'


@pytest_asyncio.fixture(loop_scope="module")
async def http(port: int, corpus: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the served API that may write."""
    connection = await connect(corpus)
    _, key = await create_key(connection, label="forms", scopes=["write"])
    await connection.close()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": key}) as client:
        yield client


async def imported(http: httpx.AsyncClient, corpus: str, sent: httpx.Response) -> dict[str, str]:
    """The verdicts of what was sent, by the names of its pages."""
    assert sent.status_code == 202, sent.text
    await run_import(corpus, sent.json()["id"], readers=1)
    items = (await http.get(sent.json()["items"])).json()["items"]
    return {one["name"]: one["verdict"] for one in items}


async def test_each_file_is_read_as_its_type_or_else_its_name_says(http: httpx.AsyncClient, corpus: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("page.txt", f"خبر آخر\n\n{WORDS} 7")
    arabic = f"<html><h1>خبر ثالث</h1><p>{WORDS} 8 وانتهى الخبر هنا</p></html>".encode("windows-1256")
    files = [
        ("file", ("feed.jsonl", record(1).encode(), UNTYPED)),
        ("file", ("أخبار.jsonl.gz", gzip.compress(record(2).encode()), "application/gzip")),
        ("file", ("lines", record(3).encode(), "application/x-ndjson")),
        ("file", ("pages.ZIP", archive.getvalue(), "application/x-zip-compressed")),
        ("file", ("one.page", arabic, "text/html; charset=windows-1256")),
        ("file", ("table.csv", f'title,text\nخبر,"{WORDS} 9"\n'.encode(), "application/vnd.ms-excel")),
    ]
    sent = await http.post("/v1/imports", files=files)
    assert sent.json()["label"] == "feed.jsonl, أخبار.jsonl.gz, lines, pages.ZIP, one.page, table.csv"
    verdicts = await imported(http, corpus, sent)
    assert list(verdicts) == [
        *("feed.jsonl:line 1", "أخبار.jsonl.gz:line 1", "lines:line 1"),
        *("pages.ZIP:page.txt", "one.page", "table.csv:line 2"),
    ]
    assert set(verdicts.values()) <= {"created", "near_duplicate"}


async def test_the_fields_of_a_form_are_the_parameters_of_the_address(http: httpx.AsyncClient, corpus: str) -> None:
    feed = {"file": ("feed.jsonl", record(20, "content").encode(), UNTYPED)}
    asked = {"source": "nashra.example", "field": ["text=content"], "label": "الاثنين"}
    sent = await http.post("/v1/imports", files=feed, data=asked)
    assert (sent.json()["label"], sent.json()["source"]) == ("الاثنين", "nashra.example")
    assert set((await imported(http, corpus, sent)).values()) <= {"created", "near_duplicate"}
    empty = await http.post("/v1/imports", params={"source": "nashra.example"}, files=feed, data={"source": ""})
    assert empty.json()["source"] == "nashra.example"  # as browsers send a field that nobody filled in


async def test_the_same_files_are_the_same_whatever_the_boundary(http: httpx.AsyncClient) -> None:
    async def send(text: str, name: str = "feed.jsonl", **more: str) -> httpx.Response:
        files = {"file": (name, text.encode(), UNTYPED)}
        return await http.post("/v1/imports", files=files, data=more, headers={"Idempotency-Key": "form"})

    first = await send(record(30))
    again = await send(record(30))
    assert first.request.headers["Content-Type"] != again.request.headers["Content-Type"]
    assert first.headers["Location"] == again.headers["Location"]
    others = [await send(record(31)), await send(record(30), "other.jsonl"), await send(record(30), source="nashra")]
    assert {(other.status_code, other.json()["type"]) for other in others} == {(422, "/problems/invalid-value")}


FILE = ("feed.jsonl", record(40).encode(), UNTYPED)
REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no file": ({"files": {"label": (None, "x")}}, 400, "named file"),
    "no file chosen": ({"files": {"file": ("", b"", UNTYPED)}}, 400, "named file"),
    "empty files": ({"files": {"file": ("a.jsonl", b"", UNTYPED)}}, 400, "got nothing"),
    "another name": ({"files": {"upload": FILE}}, 422, "'upload'"),
    "unknown kind": ({"files": {"file": ("photo.png", b"x", "image/png")}}, 415, "'photo.png'"),
    "unknown field": ({"files": {"file": FILE}, "data": {"colour": "red"}}, 422, "known: source, label, field"),
    "a field in both": ({"files": {"file": FILE}, "data": {"label": "a"}, "params": {"label": "b"}}, 422, "in both"),
    "a field twice": ({"files": {"file": FILE}, "data": {"label": ["a", "b"]}}, 422, "2 times"),
    "no such outlet": ({"files": {"file": FILE}, "data": {"source": "نشرة"}}, 422, "a source is named"),
    "a long field": ({"files": {"file": FILE}, "data": {"label": "س" * 201}}, 422, "label"),
    "too many parts": ({"files": [("file", FILE)] * (MOST_PARTS + 1)}, 413, str(MOST_PARTS)),
    "no boundary": ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "boundary="),
    "a boundary that is none": (
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary*=undefined''b"}}, 400, "boundary=",
    ),
    "half a character": (
        {"files": {"file": FILE, "label": (None, "+2AA-", "text/plain; charset=utf-7")}}, 400, "not valid utf-7",
    ),
    "an encoding that is none": (
        {"files": {"file": FILE, "label": (None, "x", "text/plain; charset=undefined")}}, 400, "not valid undefined",
    ),
    "packed whole": ({"files": {"file": FILE}, "headers": {"Content-Encoding": "gzip"}}, 415, "packed files in it"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_wrong_with_a_form_is_said(http: httpx.AsyncClient, case: str) -> None:
    sent, status, detail = REFUSED[case]
    answer = await http.post("/v1/imports", **sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert detail in answer.json()["detail"]


async def test_a_form_that_was_cut_off_is_refused(http: httpx.AsyncClient) -> None:
    whole = http.build_request("POST", "/v1/imports", files={"file": FILE})
    headers = {"Content-Type": whole.headers["Content-Type"]}
    cut = await http.post("/v1/imports", content=whole.read()[:-8], headers=headers)
    assert (cut.status_code, cut.json()["type"]) == (400, "/problems/invalid-request")
    assert "ends before" in cut.json()["detail"]


async def test_the_limit_counts_the_whole_form(http: httpx.AsyncClient) -> None:
    def form() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(MAX_DELIVERY_BYTES // 1_000_000):
            yield b"x" * 1_000_000
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    large = await http.post("/v1/imports", content=b"".join(form()), headers=headers)
    assert (large.status_code, large.json()["type"]) == (413, "/problems/too-large")
