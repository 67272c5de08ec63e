"""Feeds and archives on their way into the corpus: every record one verdict, its bytes kept, ready to be read again."""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import zstandard

from app.corpus.fields import Verdict
from app.ingest import ingest_paths
from app.intake.inputs import How
from tests.ingest.pages import dump
from tests.intake.articles import TITLE, URL, line

Look = Callable[..., Any]


async def test_every_line_of_a_feed_is_one_verdict(corpus: str, look: Look, tmp_path: Path) -> None:
    lines = [
        line(1, source="nashra"),
        b'{"title": ',
        line(2, text="The bridge is open again."),
        line(1, source="nashra"),
    ]
    (tmp_path / "dump.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines)))
    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"created": 1, "rejected": 2, "unchanged": 1}
    assert {one.name.rpartition(":")[2]: one.reason for one in report.rejected} == {
        "line 2": "unreadable",
        "line 3": "no_body",
    }
    assert await look("SELECT title, source_id, url FROM article") == [(TITLE, "nashra", f"{URL}/1")]
    again = await ingest_paths(corpus, [tmp_path], workers=1)
    assert again.verdicts == {"unchanged": 2, "rejected": 2}


async def test_names_that_cannot_be_stored_stop_no_run(corpus: str, look: Look, tmp_path: Path) -> None:
    file = tmp_path / "caf\udce9.jsonl"
    file.write_bytes(b'{"\\u0000": 1, "url": "x"}\n{"\\ud800": 2}\n' + line(1))
    report = await ingest_paths(corpus, [file], workers=1)
    assert report.verdicts == {"created": 1, "rejected": 2}
    assert await look("SELECT label FROM import") == f"{tmp_path}/caf\ufffd.jsonl"


async def test_articles_that_give_one_first_page_as_address_do_not_become_one(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    texts = ["".join(f"{word} " for word in dump(number, url=None).split()) for number in (1, 2, 3)]
    lines = [line(1, url="https://nashra.example/", text=text) for text in texts]
    (tmp_path / "dump.jsonl").write_bytes(b"\n".join(lines))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"created": 3}
    assert await look("SELECT DISTINCT source_id FROM article") == "nashra.example"


async def test_the_bytes_of_a_record_are_kept_as_they_came_with_the_names_of_its_fields(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    raw = line(1).replace(b'"text"', b'"content"')
    (tmp_path / "dump.jsonl").write_bytes(raw + b"\r\n")
    how = How(fields={"text": "content"})
    assert (await ingest_paths(corpus, [tmp_path], how=how, workers=1)).verdicts == {"created": 1}
    ((content, media_type),) = await look("SELECT content, media_type FROM capture")
    assert zstandard.decompress(content) == raw
    assert media_type == "application/json; text=content"


async def test_the_same_bytes_with_other_names_of_fields_are_read_again_and_so_kept(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    (tmp_path / "dump.jsonl").write_bytes(line(1, headline="ساعة الميدان تدق"))

    async def verdicts(**fields: str) -> Mapping[Verdict, int]:
        return (await ingest_paths(corpus, [tmp_path], how=How(fields=fields), workers=1)).verdicts

    assert await verdicts() == {"created": 1}
    assert await verdicts(title="headline") == {"updated": 1}
    assert await verdicts(title="headline") == {"unchanged": 1}
    assert await look("SELECT title, media_type FROM article JOIN capture ON capture.id = capture_id") == [
        ("ساعة الميدان تدق", "application/json; title=headline")
    ]
    # Names by which nothing can be read change nothing, nor how the bytes are read later.
    assert await verdicts(text="nothing") == {"rejected": 1}
    assert await verdicts(title="headline") == {"unchanged": 1}
