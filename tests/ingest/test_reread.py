"""Stored pages read again: what is the same keeps its id and revision, what changed is counted, stops cost nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidValue
from app.extract.statements import EXTRACTOR_VERSION
from app.ingest import ingest_paths
from app.reread import reread
from tests.ingest.pages import dump, write

Look = Callable[..., Any]
STATE = (
    "SELECT a.id, a.revision, s.id, s.updated_at FROM article a JOIN statement s ON s.article_id = a.id ORDER BY s.id"
)


async def test_what_is_read_the_same_stays_as_it_is_and_is_not_read_twice(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    for number in range(3):
        write(tmp_path, number)
    await ingest_paths(corpus, [tmp_path], workers=1, source="nashra")
    before = await look(STATE)
    assert (await reread(corpus, workers=1)).verdicts == {}
    await look("UPDATE article SET extractor_version = '0.9'")
    assert (await reread(corpus, workers=1)).verdicts == {"unchanged": 3}
    assert await look(STATE) == before
    assert await look("SELECT count(*) FROM article WHERE extractor_version = $1", EXTRACTOR_VERSION) == 3
    assert (await reread(corpus, workers=1)).verdicts == {}


async def test_what_is_read_differently_is_written_and_counted(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1, dump(1, says=("الطريق مفتوح", "الجسر مغلق", "المخبز يعمل")))
    await ingest_paths(corpus, [tmp_path], workers=1)
    before = await look("SELECT id, content FROM statement ORDER BY ordinal")
    await look("DELETE FROM statement WHERE ordinal = 2")
    await look("UPDATE statement SET confidence = 0.1 WHERE ordinal = 1")
    await look("UPDATE article SET extractor_version = '0.9'")
    report = await reread(corpus, workers=1)
    assert report.verdicts == {"updated": 1}
    assert report.statements == {"added": 1, "changed": 1, "removed": 0}
    assert await look("SELECT id, content FROM statement ORDER BY ordinal") == before
    assert await look("SELECT count(*) FROM statement_words") == len(before)


async def test_a_page_that_was_rejected_gets_another_chance(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1)
    await ingest_paths(corpus, [tmp_path], workers=1)
    await look("UPDATE import_item SET verdict = 'rejected', article_id = NULL")
    await look("DELETE FROM article_signature")
    await look("DELETE FROM article")
    assert (await reread(corpus, workers=1)).verdicts == {"created": 1}


async def test_an_article_that_gets_another_id_does_not_stay_under_the_old_one_as_well(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    write(tmp_path, 1)
    await ingest_paths(corpus, [tmp_path], workers=1)
    id = await look("SELECT id FROM article")
    for table in ("statement_words", "article_words", "mention", "statement", "article_signature"):
        await look(f"DELETE FROM {table}")
    await look("UPDATE import_item SET article_id = NULL")
    await look("UPDATE article SET id = 'older', canonical_url = NULL, content_hash = 'x', extractor_version = '0.9'")
    assert (await reread(corpus, workers=1)).verdicts == {"created": 1}
    assert await look("SELECT id FROM article WHERE deleted_at IS NULL") == id
    assert await look("SELECT operation FROM outbox WHERE entity_id = 'older'") == "delete"


async def test_it_goes_on_where_it_was_stopped(corpus: str, look: Look, tmp_path: Path) -> None:
    for number in range(150):
        write(tmp_path, number)
    await ingest_paths(corpus, [tmp_path], workers=1)
    await look("UPDATE article SET extractor_version = '0.9'")
    seen: list[int] = []

    def stop_early(done: int, total: int) -> None:
        seen.append(done)
        if done:
            task.cancel()

    task = asyncio.create_task(reread(corpus, workers=1, progress=stop_early))
    with pytest.raises(asyncio.CancelledError):
        await task
    left = 150 - seen[-1]
    assert 0 < left < 150
    assert (await reread(corpus, workers=1)).verdicts == {"unchanged": left}


async def test_only_what_is_older_than_a_version(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2)
    await ingest_paths(corpus, [tmp_path], workers=1)
    await look("UPDATE article SET reader_version = '3', extractor_version = '0.10'")
    await look("UPDATE article SET extractor_version = '0.9' WHERE url LIKE '%1'")
    assert (await reread(corpus, since_version="0.10", workers=1)).verdicts == {"unchanged": 1}
    with pytest.raises(InvalidValue):
        await reread(corpus, since_version="newest")
