"""What becomes of a page: the verdict, and what the corpus holds afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.corpus.database import connect, writing_engine
from app.errors import InvalidValue, NotFound, SetupError, Unavailable
from app.ingest import Outcome, ingest_paths
from app.search.new_names import spread_names
from tests.ingest.pages import SAMPLE, dump, write

Look = Callable[..., Any]
ALL_ROWS = """
    SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM statement), (SELECT count(*) FROM mention),
           (SELECT count(*) FROM speaker), (SELECT count(*) FROM capture), (SELECT count(*) FROM outbox),
           (SELECT sum(revision) FROM article)
"""
WORDS_LACKING = """
    SELECT count(*) FROM (
        SELECT unnest(tsvector_to_array(folded)) FROM article_words EXCEPT SELECT word FROM vocabulary) AS lacking
"""

WORDS_WAITING = """
    SELECT sum(gin_clean_pending_list(indexrelid)) FROM pg_stat_user_indexes
    WHERE indexrelname ~ '_words_(plain|folded|stem)$'
"""


async def test_the_sample_page_comes_in_with_its_fields_and_statements(corpus: str, look: Look) -> None:
    report = await ingest_paths(corpus, [SAMPLE], workers=1)
    assert report.verdicts == {"created": 1}
    assert await look("SELECT url, views, time_printed, published_at, published_precision, source_id FROM article") == [
        ("http://anapress.net/a/291111897751641", 548, "11:09", None, "unknown", "anapress.net")
    ]
    assert report.statements == await look("SELECT count(*) FROM statement") > 10
    assert await look("SELECT content_length FROM capture") == SAMPLE.stat().st_size
    assert await look("SELECT entity, operation FROM outbox") == [("article", "upsert")]
    assert await look("SELECT count(*) FROM article_words") == 1


async def test_no_search_has_to_read_through_words_that_are_not_sorted_in_yet(corpus: str, look: Look) -> None:
    await ingest_paths(corpus, [SAMPLE], workers=1)
    assert await look(WORDS_WAITING) == 0


async def test_words_are_sorted_in_also_when_bringing_in_is_stopped(corpus: str, look: Look) -> None:
    def stop(_: Outcome) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await ingest_paths(corpus, [SAMPLE], workers=1, on_progress=stop)
    assert await look("SELECT count(*) FROM article_words") == 1
    assert await look(WORDS_WAITING) == 0


async def test_the_same_page_again_changes_nothing(corpus: str, look: Look) -> None:
    await ingest_paths(corpus, [SAMPLE], workers=1)
    before = await look(ALL_ROWS)
    report = await ingest_paths(corpus, [SAMPLE], workers=1)
    assert (report.verdicts, report.statements) == ({"unchanged": 1}, 0)
    assert await look(ALL_ROWS) == before


async def test_the_same_bytes_twice_in_one_run_are_one_article(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, dump(1))
    report = await ingest_paths(corpus, [tmp_path], workers=2)
    assert report.verdicts == {"created": 1, "unchanged": 1}
    assert await look("SELECT count(*) FROM article") == 1


async def test_a_changed_page_is_updated_and_unchanged_statements_keep_their_ids(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    write(tmp_path, 1, dump(1, says=("الطريق مفتوح", "الجسر مغلق"), views=12))
    await ingest_paths(corpus, [tmp_path], workers=1)
    before = dict(await look("SELECT content, id FROM statement"))
    revision = await look("SELECT revision FROM article")

    write(tmp_path, 1, dump(1, says=("المخبز يعمل", "الطريق مفتوح"), views=1300))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"updated": 1}

    after = dict(await look("SELECT content, id FROM statement"))
    kept, gone = before.keys() & after.keys(), before.keys() - after.keys()
    assert len(kept) == len(gone) == 1
    assert all(before[content] == after[content] for content in kept)
    assert await look("SELECT count(*) FROM outbox WHERE operation = 'delete' AND entity_id = $1", before[gone.pop()])
    assert await look("SELECT revision FROM article") > revision
    assert await look("SELECT views FROM article") == 1300
    assert await look("SELECT count(*) FROM capture") == 2


async def test_three_versions_of_a_page_in_one_run_end_as_the_last(corpus: str, look: Look, tmp_path: Path) -> None:
    for number, says in enumerate([("الطريق مفتوح",), ("الجسر مغلق",), ("الطريق مفتوح", "المخبز يعمل")]):
        write(tmp_path, number, dump(1, says=says))
    report = await ingest_paths(corpus, [tmp_path], workers=2)
    assert report.verdicts == {"created": 1, "updated": 2}
    contents = [row[0] for row in await look("SELECT content FROM statement ORDER BY ordinal")]
    assert [content.split()[0] for content in contents] == ["الطريق", "المخبز"]
    assert await look("SELECT count(*) FROM statement JOIN statement_words ON statement_id = id") == len(contents)
    assert await look("SELECT length(folded) FROM article_words WHERE folded @@ 'المخبز' AND NOT folded @@ 'الجسر'")


async def test_the_same_words_at_another_address_are_a_duplicate_of_the_first(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    write(tmp_path, 1, dump(1))
    write(tmp_path, 2, dump(1, url="http://nuskha.example/b/1"))
    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"created": 1, "duplicate": 1}
    items = await look("SELECT verdict, article_id, url, capture_id IS NOT NULL FROM import_item ORDER BY ordinal")
    assert items[0][1] == items[1][1]
    assert items[1][2:] == ("http://nuskha.example/b/1", True)
    assert await look("SELECT count(*) FROM capture") == 2


async def test_another_spelling_of_the_address_is_the_same_article(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1, dump(1, url="http://nashra.example/a/1"))
    write(tmp_path, 2, dump(1, url="https://www.nashra.example/a/1/?utm_source=x"))
    await ingest_paths(corpus, [tmp_path], workers=1)
    assert await look("SELECT count(*) FROM article") == 1


async def test_pages_that_are_none_are_rejected_with_the_reason(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 0, b"")
    write(tmp_path, 1, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    write(tmp_path, 2, "الرئيسية\nأخبار\nاقتصاد\nرياضة\nثقافة وفن\nاتصل بنا\nمن نحن\nالأكثر قراءة\nتواصل معنا\n")
    write(tmp_path, 3, "An English page about nothing at all, with many words in it.\n" * 5)
    with write(tmp_path, 4, b"").open("wb") as large:
        large.truncate(50_000_000)
    write(tmp_path, 5, dump(5))
    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"rejected": 5, "created": 1}
    reasons = [outcome.reason for outcome in report.rejected]
    assert reasons[0] == "empty"
    assert reasons[1] == "not_text"
    assert reasons[2] in ("no_body", "boilerplate_only")
    assert reasons[3:] == ["not_arabic", "too_large"]
    assert all(outcome.detail for outcome in report.rejected)
    kept = await look("SELECT capture_id IS NOT NULL FROM import_item ORDER BY ordinal")
    assert [row[0] for row in kept] == [False, True, True, True, False, True]


async def test_nul_bytes_do_not_stop_a_page(corpus: str, look: Look, tmp_path: Path) -> None:
    write(tmp_path, 1, dump(1).replace("خبر", "خ\0بر"))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"created": 1}
    assert await look("SELECT count(*) FROM article") == 1


async def test_a_page_that_postgres_refuses_is_alone_in_its_refusal(corpus: str, look: Look, tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path, number)
    # Longer than an entry of the index over addresses may be, and of a kind that does not compress.
    address = "http://nashra.example/" + str(pow(7, 4000))
    write(tmp_path, 9, dump(9, url=address))
    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"created": 4, "rejected": 1}
    assert [outcome.reason for outcome in report.rejected] == ["unreadable"]
    assert await look("SELECT count(*) FROM capture") == 5
    assert await look(WORDS_LACKING) == 0  # the first attempt at all five was rolled back, its words with it


async def test_an_article_that_was_deleted_stays_deleted(corpus: str, look: Look, tmp_path: Path) -> None:
    file = write(tmp_path, 1)
    await ingest_paths(corpus, [file], workers=1)
    await look("UPDATE article SET deleted_at = now()")
    for text in (dump(1), dump(1, views=99)):
        write(tmp_path, 1, text)
        assert (await ingest_paths(corpus, [file], workers=1)).verdicts == {"unchanged": 1}
    assert await look("SELECT count(*) FROM article WHERE deleted_at IS NULL") == 0


async def test_a_newer_extractor_reads_again_and_what_it_finds_the_same_is_no_change(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    file = write(tmp_path, 1)
    await ingest_paths(corpus, [file], workers=1)
    before = await look("SELECT s.id, s.updated_at, revision FROM statement s JOIN article a ON a.id = article_id")
    await look("UPDATE article SET extractor_version = 'older'")
    assert (await ingest_paths(corpus, [file], workers=1)).verdicts == {"unchanged": 1}
    assert await look("SELECT count(*) FROM article WHERE extractor_version = 'older'") == 0
    assert (
        await look("SELECT s.id, s.updated_at, revision FROM statement s JOIN article a ON a.id = article_id") == before
    )


async def test_a_named_source_wins_over_the_host(corpus: str, look: Look, tmp_path: Path) -> None:
    file = write(tmp_path, 1)
    await ingest_paths(corpus, [file], workers=1)
    assert await look("SELECT id FROM source") == "nashra.example"
    assert (await ingest_paths(corpus, [file], workers=1, source="nashra")).verdicts == {"updated": 1}
    assert await look("SELECT source_id FROM article") == "nashra"
    with pytest.raises(InvalidValue):
        await ingest_paths(corpus, [file], source="نشرة")


async def test_a_dry_run_gives_the_verdicts_and_keeps_nothing(corpus: str, look: Look, tmp_path: Path) -> None:
    before = await look(ALL_ROWS)
    write(tmp_path, 1)
    write(tmp_path, 2, b"")
    report = await ingest_paths(corpus, [tmp_path], workers=1, dry_run=True)
    assert report.verdicts == {"created": 1, "rejected": 1}
    assert await look(ALL_ROWS) == before
    assert await look("SELECT count(*) FROM import") == 0


async def test_spellings_of_a_name_are_one_speaker(corpus: str, look: Look, tmp_path: Path) -> None:
    page = dump(1, says=("الطريق مفتوح",))
    write(tmp_path, 1, page.replace("نبيل الزمردي", "أُسامة الزمرّدي"))
    write(tmp_path, 2, dump(2).replace("نبيل الزمردي", "اسامه الزمردى"))
    await ingest_paths(corpus, [tmp_path], workers=1)
    assert await look("SELECT count(*) FROM speaker") == 1
    assert await look("SELECT count(DISTINCT speaker_id) FROM statement") == 1
    assert await look("SELECT name, aliases FROM speaker") == [("أُسامة الزمرّدي", ["اسامه الزمردى"])]


async def test_hidden_files_and_readmes_are_no_pages(corpus: str, tmp_path: Path) -> None:
    (tmp_path / "deep" / ".git").mkdir(parents=True)
    for name in ("README.md", ".hidden", "deep/.git/config"):
        (tmp_path / name).write_text("x")
    write(tmp_path / "deep", 1)
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).pages == 1


async def test_what_cannot_begin_says_why(corpus: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await ingest_paths(corpus, [tmp_path / "nowhere"])
    with pytest.raises(Unavailable):
        await ingest_paths(f"postgresql://postgres@/qawl?host={tmp_path}", [tmp_path])
    with pytest.raises(SetupError, match="qawl migrate"):
        await ingest_paths(
            corpus.replace("@/test", "@/postgres?x=", 1).split("?x=")[0] + "?" + corpus.split("?")[1], [tmp_path]
        )


async def test_postgres_counts_code_points_as_python_does(corpus: str, tmp_path: Path) -> None:
    """Letters outside the basic plane stand before the statement: UTF-16 counting would miss by some."""
    write(tmp_path, 1, "𐤀𐤁𝔘😀\n" + dump(1).replace("الطريق", "الطّريق 😀"))
    assert (await ingest_paths(corpus, [tmp_path], workers=1)).verdicts == {"created": 1}
    connection = await connect(corpus)
    row = await connection.fetchrow("SELECT text, content, content_start, content_end FROM article, statement")
    await connection.close()
    assert row is not None
    assert row["text"][row["content_start"] : row["content_end"]] == row["content"]
    assert "😀" in row["content"]


async def test_a_new_spelling_of_a_speaker_reaches_the_words_of_what_was_said_before(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    write(tmp_path, 1, dump(1).replace("نبيل الزمردي", "أُسامة الزمرّدي"))
    await ingest_paths(corpus, [tmp_path], workers=1)
    await look("DELETE FROM outbox")
    write(tmp_path, 2, dump(2).replace("نبيل الزمردي", "اسامه الزمردى"))
    await ingest_paths(corpus, [tmp_path], workers=1)
    by_new_spelling = "SELECT count(*) FROM statement_words WHERE plain @@ '''اسامه'' & ''الزمردى'''"
    assert await look(by_new_spelling) == 1
    assert await look("SELECT count(*) FROM outbox WHERE entity = 'speaker'") == 1
    engine = writing_engine(corpus)
    assert [await spread_names(engine), await spread_names(engine)] == [1, 0]
    await engine.dispose()
    assert await look(by_new_spelling) == 2
    assert await look("SELECT count(*) FROM outbox WHERE entity = 'article'") == 2
