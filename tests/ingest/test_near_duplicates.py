"""Articles that say nearly the same: their groups, and the statements that they repeat of each other."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.corpus.database import writing_engine
from app.corpus.removal import remove_article
from app.ingest import ingest_paths
from tests.ingest.pages import OTHER, REST, SAID, report, write

Look = Callable[..., Any]
FIRST, COPY = (
    report("awwal.example", *REST),
    report("thani.example", *REST, "وأرسلت النشرة مراسلها إلى المكان مساء أمس."),
)
STRANGER = report("gharib.example", *OTHER, said=())
GROUPS = """
    SELECT a.source_id, f.source_id FROM article a JOIN article f ON f.id = a.near_duplicate_group
    WHERE a.deleted_at IS NULL ORDER BY 1
"""
COPIES = """
    SELECT a.source_id, f.source_id, s.content = o.content FROM statement s JOIN article a ON a.id = s.article_id
    JOIN statement o ON o.id = s.copy_of JOIN article f ON f.id = o.article_id ORDER BY 1, s.ordinal
"""


async def test_a_copy_with_other_words_around_it_joins_the_first_and_keeps_its_own_record(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    for number, text in enumerate((FIRST, COPY, STRANGER)):
        write(tmp_path, number, text)
    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"created": 2, "near_duplicate": 1}
    assert await look(GROUPS) == [
        ("awwal.example", "awwal.example"),
        ("gharib.example", "gharib.example"),
        ("thani.example", "awwal.example"),
    ]
    first = await look("SELECT id FROM article WHERE source_id = 'awwal.example'")
    verdict = await look(
        "SELECT i.verdict, a.source_id, i.detail FROM import_item i JOIN article a ON a.id = i.article_id "
        "WHERE i.verdict = 'near_duplicate'"
    )
    assert verdict[0][:2] == ("near_duplicate", "thani.example")
    assert first in verdict[0][2]


async def test_statements_of_a_copy_name_those_that_they_repeat(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1, FIRST)
    await ingest_paths(corpus, [tmp_path], workers=1)
    write(tmp_path, 2, COPY)
    await ingest_paths(corpus, [tmp_path], workers=1)
    said = await look("SELECT count(*) FROM statement s JOIN article a ON a.id = article_id WHERE url LIKE '%awwal%'")
    assert await look(COPIES) == [("thani.example", "awwal.example", True)] * said
    assert said >= len(SAID)


async def test_the_same_copy_again_is_unchanged(corpus: str, look: Look, tmp_path: Path) -> None:
    everything = "SELECT (SELECT sum(revision) FROM article), (SELECT max(updated_at) FROM statement)"
    write(tmp_path, 1, FIRST)
    write(tmp_path, 2, COPY)
    await ingest_paths(corpus, [tmp_path], workers=1)
    before = await look(everything), await look(COPIES)
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"unchanged": 2}
    assert (await look(everything), await look(COPIES)) == before


async def test_copies_that_come_at_the_same_time_end_in_one_group(corpus: str, look: Look, tmp_path: Path) -> None:
    files = []
    for number in range(6):
        text = report(f"n{number}.example", *REST, f"ونقلت ذلك النشرة رقم {number} في عددها الصباحي.")
        files.append(write(tmp_path, number, text))
    await asyncio.gather(*(ingest_paths(corpus, [file], workers=1) for file in files))
    assert await look("SELECT count(DISTINCT near_duplicate_group) FROM article") == 1
    founder = await look("SELECT DISTINCT near_duplicate_group FROM article")
    assert await look("SELECT count(*) FROM statement WHERE (copy_of IS NULL) <> (article_id = $1)", founder) == 0
    assert await look("SELECT count(DISTINCT copy_of) FROM statement") >= len(SAID)


@pytest.mark.parametrize("gone", ["n0.example", "n1.example"])
async def test_a_deleted_article_leaves_the_others_with_each_other(
    corpus: str, look: Look, tmp_path: Path, gone: str
) -> None:
    for number in range(3):
        write(tmp_path, number, report(f"n{number}.example", *REST, f"ونقلت ذلك النشرة رقم {number} في عددها الصباحي."))
        await ingest_paths(corpus, [tmp_path], workers=1)
    engine = writing_engine(corpus)
    async with engine.begin() as connection:
        id = await look("SELECT id FROM article WHERE source_id = $1", gone)
        assert await remove_article(connection, id) == "removed"
    await engine.dispose()
    left = [f"n{number}.example" for number in range(3) if f"n{number}.example" != gone]
    assert await look(GROUPS) == [(name, left[0]) for name in left]
    assert {row for row in await look(COPIES) if row[0] != gone} == {(left[1], left[0], True)}


async def test_a_first_article_that_is_rewritten_lets_the_others_go(corpus: str, look: Look, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, number, report(f"n{number}.example", *REST, f"ونقلت ذلك النشرة رقم {number} في عددها الصباحي."))
        await ingest_paths(corpus, [tmp_path], workers=1)
    write(tmp_path, 0, report("n0.example", *OTHER, said=()))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"updated": 1, "unchanged": 2}
    assert await look(GROUPS) == [(f"n{one}.example", f"n{of}.example") for one, of in ((0, 0), (1, 1), (2, 1))]
    assert set(await look(COPIES)) == {("n2.example", "n1.example", True)}


async def test_a_round_up_that_holds_the_report_among_others_is_no_copy(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    words = " ".join(OTHER).replace(".", "").split()
    turned = [" ".join(words[step * place % len(words)] for place in range(1, 26)) + "." for step in range(2, 12)]
    write(tmp_path, 1, FIRST)
    write(tmp_path, 2, report("jamia.example", *REST, *turned))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"created": 2}
    assert await look("SELECT max(word_count) > 3 * min(word_count) FROM article")
