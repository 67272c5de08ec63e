"""Postgres itself refuses words that do not stand where they say."""

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from app.corpus.checking import check_corpus
from app.corpus.database import connect

TEXT = "😀 قال نبيل الزمردي إنّ «الطريق مفتوح»."
CONTENT, CUE, SPEAKER = "الطريق مفتوح", "قال", "نبيل الزمردي"


@pytest.fixture
async def connection(fresh: str) -> AsyncIterator[asyncpg.Connection]:
    connection: asyncpg.Connection = await connect(fresh)
    await connection.execute("INSERT INTO capture (id, content, content_length) VALUES ('c', '', 0)")
    await connection.execute(
        "INSERT INTO article (id, capture_id, text, body, word_count, content_hash, reader_version, extractor_version)"
        " VALUES ('a', 'c', $1, $1, 6, 'h', '1', '1')",
        TEXT,
    )
    await connection.execute("INSERT INTO speaker (id, name, key, kind) VALUES ('p', $1, $1, 'person')", SPEAKER)
    yield connection
    await connection.close()


def at(words: str, *, shift: int = 0) -> tuple[str, int, int]:
    start = TEXT.index(words) + shift
    return words, start, start + len(words)


async def insert(connection: asyncpg.Connection, **columns: Any) -> None:
    content, start, end = at(CONTENT)
    row = {"content": content, "content_start": start, "content_end": end} | columns
    fixed = {"id": "s", "article_id": "a", "ordinal": 0, "zone": "body", "kind": "direct", "confidence": 1.0}
    row = fixed | {"rule": "r", "extractor_version": "1"} | row
    holes = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await connection.execute(f"INSERT INTO statement ({', '.join(row)}) VALUES ({holes})", *row.values())


def stretch(name: str, words: tuple[str, int, int]) -> dict[str, Any]:
    column = "speaker_text" if name == "speaker" else name
    return {column: words[0], f"{name}_start": words[1], f"{name}_end": words[2]}


async def test_a_statement_whose_words_stand_where_it_says_is_taken(connection: asyncpg.Connection) -> None:
    words, start, end = at(CONTENT)
    segments = json.dumps([{"start": start, "end": end, "text": words, "direct": True}])
    await insert(connection, **stretch("cue", at(CUE)), **stretch("speaker", at(SPEAKER)), segments=segments)
    assert await connection.fetchval("SELECT count(*) FROM statement") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        stretch("content", at(CONTENT, shift=1)),
        stretch("cue", at(CUE, shift=-1)),
        stretch("cue", ("أكد", *at(CUE)[1:])),
        stretch("cue", (CUE, at(CUE)[2], at(CUE)[1])),
        stretch("speaker", at(SPEAKER, shift=1)),
        stretch("role", (CUE, 1000, 1003)),
        stretch("addressee", (CUE, -3, 0)),
        stretch("said_on", at(SPEAKER, shift=2)),
        {"cue": CUE},
        {"segments": '[{"start": 0, "end": 3, "text": "قال", "direct": true}]'},
        {"channel_kind": "agency", "channel_name": "وكالة", "channel_start": 90, "channel_end": 99},
    ],
    ids=lambda wrong: " ".join(wrong),
)
async def test_a_statement_whose_words_stand_elsewhere_is_refused(
    connection: asyncpg.Connection, wrong: dict[str, Any]
) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await insert(connection, **wrong)


async def test_a_statement_cannot_be_moved_away_from_its_words(connection: asyncpg.Connection) -> None:
    await insert(connection)
    with pytest.raises(asyncpg.CheckViolationError, match="content of statement s does not stand in article a"):
        await connection.execute(
            "UPDATE statement SET content_start = content_start + 1, content_end = content_end + 1"
        )


async def test_a_mention_stands_where_it_says(connection: asyncpg.Connection) -> None:
    order = "INSERT INTO mention (article_id, speaker_id, text, start, \"end\") VALUES ('a', 'p', $1, $2, $3)"
    await connection.execute(order, *at(SPEAKER))
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(order, *at(SPEAKER, shift=1))


async def test_a_new_text_is_refused_at_commit_unless_its_statements_moved_with_it(
    connection: asyncpg.Connection,
) -> None:
    await insert(connection)
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute("UPDATE article SET text = 'x' || text")
    async with connection.transaction():
        await connection.execute("UPDATE article SET text = 'x' || text")
        await connection.execute(
            "UPDATE statement SET content_start = content_start + 1, content_end = content_end + 1"
        )
    assert await connection.fetchval("SELECT left(text, 2) FROM article") == "x😀"


async def test_the_check_of_the_whole_corpus_finds_what_slipped_past(connection: asyncpg.Connection) -> None:
    await insert(connection)
    found = await check_corpus(connection)
    assert found.spans == 1
    assert [finding.kind for finding in found.findings] == ["words", "words"]
    # As a restore of a damaged dump would: with no trigger looking.
    await connection.execute("SET session_replication_role = replica")
    await connection.execute("UPDATE statement SET content_start = content_start + 1, content_end = content_end + 1")
    await connection.execute("UPDATE statement SET source_id = 'elsewhere'")
    await connection.execute("INSERT INTO capture (id, content, content_length) VALUES ('d', '', 0)")
    await connection.execute("INSERT INTO speaker_name (key, name, rank, speaker_id) VALUES ('k', 'K', 0, 'nobody')")
    found = await check_corpus(connection)
    assert {finding.kind: finding.id for finding in found.findings if finding.kind != "words"} == {
        "span": "s",
        "capture": "d",
        "statement": "s",
        "speaker name": "nobody",
    }


async def test_spans_across_the_pieces_of_a_long_text_are_looked_up_right(connection: asyncpg.Connection) -> None:
    text = "".join(chr(0x0621 + number % 26) + ("😀" if number % 7 == 0 else "") for number in range(12_000))
    await connection.execute("UPDATE article SET text = $1", text)
    for ordinal, (start, end) in enumerate([(0, 5), (4095, 4097), (4096, 4100), (4000, 9000), (8192, 12_289)]):
        stretch = {"content": text[start:end], "content_start": start, "content_end": end}
        await insert(connection, id=f"s{ordinal}", ordinal=ordinal, **stretch)
        with pytest.raises(asyncpg.CheckViolationError):
            await insert(
                connection, id="wrong", ordinal=99, **stretch | {"content_start": start + 1, "content_end": end + 1}
            )
    with pytest.raises(asyncpg.CheckViolationError):
        past = {"content": "ا", "content_start": len(text), "content_end": len(text) + 1}
        await insert(connection, id="past", ordinal=98, **past)
