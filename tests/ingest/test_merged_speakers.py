"""Two speakers become one: nothing of what the first said is lost, and what is read later is the second's as well."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.corpus.checking import check_corpus
from app.corpus.database import connect, writing_engine
from app.corpus.fields import Verdict
from app.corpus.merging import merge_speakers
from app.corpus.speakers import speaker_ids
from app.errors import InvalidValue, NotFound
from app.ingest import ingest_paths
from app.reread import reread
from app.search.new_names import spread_names
from tests.ingest.pages import dump, write

Look = Callable[..., Any]
OLD, NEW = "نبيل الزمردي", "وسيم الفيروزي"
SAID_BY = "SELECT p.name, count(*) FROM statement s JOIN speaker p ON p.id = s.speaker_id GROUP BY 1"
COUNTS = "SELECT statement_count FROM speaker WHERE name = ANY(ARRAY[$1, $2]) ORDER BY name = $2"


@pytest.fixture
async def connection(corpus: str) -> AsyncIterator[asyncpg.Connection]:
    connected = await connect(corpus)
    yield connected
    await connected.close()


async def brought_in(corpus: str, folder: Path) -> dict[Verdict, int]:
    return (await ingest_paths(corpus, [folder], workers=1)).verdicts


async def merge(connection: asyncpg.Connection, name: str = OLD, into: str = NEW) -> tuple[int, int]:
    ids = [await connection.fetchval("SELECT id FROM speaker WHERE name = $1", one) for one in (name, into)]
    done = await merge_speakers(connection, *ids)
    return done.statements, done.articles


async def test_what_the_first_said_is_the_seconds_and_everything_still_counts(
    corpus: str, look: Look, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    write(tmp_path, 1, dump(1, says=("الطريق مفتوح", "الجسر مغلق")))
    write(tmp_path, 2, dump(2).replace(OLD, NEW))
    await brought_in(corpus, tmp_path)
    await look("DELETE FROM outbox")
    revision = await look("SELECT max(revision) FROM article")
    assert await merge(connection) == (2, 1)
    assert await look(SAID_BY) == [(NEW, 3)]
    assert await look(COUNTS, OLD, NEW) == [(0,), (3,)]
    assert await look("SELECT name, aliases FROM speaker WHERE merged_into IS NULL") == [(NEW, [OLD])]
    assert await speaker_ids(connection, [OLD]) == await speaker_ids(connection, [NEW])
    assert await look("SELECT count(*) FROM article WHERE revision > $1", revision) == 1
    found = await check_corpus(connection)
    assert (found.mentions, found.findings) == (await look("SELECT count(*) FROM mention"), [])


async def test_search_learns_it_under_both_names(
    corpus: str, look: Look, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, dump(2).replace(OLD, NEW))
    await brought_in(corpus, tmp_path)
    await look("DELETE FROM outbox")
    await merge(connection)
    moved = "SELECT article_id FROM statement WHERE content LIKE '%يوم 1 %'"
    assert await look("SELECT entity_id FROM outbox WHERE entity = 'article'") == await look(moved)
    engine = writing_engine(corpus)
    await spread_names(engine)
    await engine.dispose()
    for name in ("الزمردي", "الفيروزي"):
        assert await look("SELECT count(*) FROM statement_words WHERE plain @@ $1::text::tsquery", name) == 2
    suggested = "SELECT DISTINCT speaker_id FROM speaker_name WHERE key LIKE 'نبيل%' ORDER BY 1"
    assert len(await look(suggested)) == 2  # the first, which is no longer listed, and the second


async def test_pages_that_come_later_and_those_read_again_follow_the_merge(
    corpus: str, look: Look, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, dump(2).replace(OLD, NEW))
    await brought_in(corpus, tmp_path)
    await merge(connection)
    write(tmp_path, 3)
    assert await brought_in(corpus, tmp_path) == {"unchanged": 2, "created": 1}
    assert await look(SAID_BY) == [(NEW, 3)]
    await look("UPDATE article SET extractor_version = '0.9'")
    assert (await reread(corpus, workers=1)).verdicts == {"unchanged": 3}
    assert await look(COUNTS, OLD, NEW) == [(0,), (3,)]


async def test_what_was_deleted_is_left_out_of_the_count(
    corpus: str, look: Look, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, dump(2).replace(OLD, NEW))
    await brought_in(corpus, tmp_path)
    await look("UPDATE article SET deleted_at = now() WHERE body LIKE '%' || $1 || '%'", OLD)
    assert await merge(connection) == (0, 0)
    assert await look(COUNTS, OLD, NEW) == [(0,), (1,)]


async def test_what_cannot_be_merged_is_said(
    corpus: str, look: Look, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    for number, name in enumerate((OLD, NEW, "سامر العقيقي")):
        write(tmp_path, number, dump(number).replace(OLD, name))
    await brought_in(corpus, tmp_path)
    old, new, third = [await look("SELECT id FROM speaker WHERE name = $1", one) for one in (OLD, NEW, "سامر العقيقي")]
    with pytest.raises(InvalidValue, match="the same one"):
        await merge_speakers(connection, old, old)
    with pytest.raises(NotFound, match="'nobody'"):
        await merge_speakers(connection, old, "nobody")
    await merge_speakers(connection, old, new)
    with pytest.raises(InvalidValue, match="merged into"):
        await merge_speakers(connection, third, old)
    await merge_speakers(connection, new, third)  # and takes along who was merged into it
    assert await speaker_ids(connection, [OLD]) == [third]
    assert await look("SELECT statement_count FROM speaker WHERE id = $1", third) == 3
