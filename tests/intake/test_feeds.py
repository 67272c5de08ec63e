"""Feeds of JSON and CSV: every record one page, its fields before those that the text says."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidValue
from app.intake.deliveries import delivered_pages
from app.intake.feeds import LISTS
from app.intake.inputs import How
from app.intake.json_values import json_values
from app.intake.media_types import Kind, SentFile
from app.intake.raw_page import RawPage, Refused
from app.intake.reading import Reading, read, read_fields
from tests.intake.articles import FIRST, HTML, SECOND, TEXT, TITLE, URL, article, line, pages, read_one


def written(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def table(*rows: list[str], delimiter: str = ",") -> str:
    whole = io.StringIO()
    csv.writer(whole, delimiter=delimiter).writerows(rows)
    return whole.getvalue()


def test_the_fields_of_a_record_become_those_of_the_article(tmp_path: Path) -> None:
    record = line(author="سميرة الكستنائي", published_at="2021-02-18T16:42:10+02:00", source="nashra")
    page = read_one(written(tmp_path, "dump.jsonl", record))
    assert (page.title, page.author, page.site, page.url) == (TITLE, "سميرة الكستنائي", "nashra", f"{URL}/1")
    assert page.published.at == datetime(2021, 2, 18, 14, 42, 10, tzinfo=UTC)
    assert "the date given" in page.published.evidence[0]
    assert page.body == TEXT
    assert page.text == f"{TITLE}\n\n{TEXT}"


def test_what_is_given_wins_and_the_contradiction_is_recorded(tmp_path: Path) -> None:
    html = HTML.replace("</head>", '<meta name="author" content="سالم"><meta name="date" content="2020-05-01"></head>')
    record = line(text=None, html=html, title="ساعة الميدان تدور", author="سميرة", published_at="2021-02-18")
    page = read_one(written(tmp_path, "dump.jsonl", record))
    assert (page.title, page.author) == ("ساعة الميدان تدور", "سميرة")
    assert page.text.startswith("ساعة الميدان تدور")
    assert page.published.at == datetime(2021, 2, 18, tzinfo=UTC)
    assert any("contradiction" in note and "2020-05-01" in note for note in page.published.evidence)


def test_an_hour_without_a_zone_gives_the_day(tmp_path: Path) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(published_at="2015-07-21 02:51:32")))
    assert (page.published.at, page.published.precision) == (datetime(2015, 7, 21, tzinfo=UTC), "day")
    assert any("without a zone" in note for note in page.published.evidence)


@pytest.mark.parametrize("value", [1613659330, 1613659330000])
def test_seconds_and_milliseconds_since_1970_are_moments(tmp_path: Path, value: int) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(published_at=value)))
    assert (page.published.at, page.published.precision) == (datetime(2021, 2, 18, 14, 42, 10, tzinfo=UTC), "second")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        *((written, "2021-02-18") for written in (20210218, "20210218", 20210218164210, "202102181642", 2021021816)),
        *((number, None) for number in (0, -1, 2021)),
    ],
)
def test_a_number_that_is_written_as_a_day_is_that_day_and_none_of_1970_or_2034(
    tmp_path: Path, value: object, day: str | None
) -> None:
    published = read_one(written(tmp_path, "dump.jsonl", line(published_at=value))).published
    assert (published.at and published.at.date().isoformat(), published.precision) == (day, "day" if day else "unknown")
    assert "the date given" in published.evidence[0]


def test_in_csv_numbers_are_moments_too(tmp_path: Path) -> None:
    rows = table(["url", "text", "date", "fetched_at"], [URL, f"{FIRST}\n{SECOND}", "1613659330", "1613659330.5"])
    page = read_one(written(tmp_path, "dump.csv", rows))
    assert page.published.at == datetime(2021, 2, 18, 14, 42, 10, tzinfo=UTC)


def test_articles_as_wordpress_serves_them(tmp_path: Path) -> None:
    served = {
        "link": f"{URL}/1",
        "author": 7,
        "title": {"rendered": f"&#8220;{TITLE}&#8221; &amp; أكثر"},
        "content": {"rendered": f"<p>{FIRST}</p>\n<p>{SECOND}</p>", "protected": False},
    }
    page = read_one(written(tmp_path, "posts.json", json.dumps([served])))
    assert (page.title, page.body, page.author) == (f"“{TITLE}” & أكثر", TEXT, None)


def test_escapes_of_html_in_plain_text_are_resolved_and_recorded(tmp_path: Path) -> None:
    escaped = TEXT.replace('"', "&quot;")
    page = read_one(written(tmp_path, "dump.jsonl", line(text=escaped)))
    assert page.body == TEXT
    assert page.repairs == ["2 escapes of HTML resolved"]
    wholly = "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in TEXT.split("\n\n"))
    assert read_one(written(tmp_path, "dump.jsonl", line(text=wholly))).body == TEXT


@pytest.mark.parametrize("address", [17, "/clock/1", "https://nashra.example/", [], {"id": 3}])
def test_what_other_articles_may_have_too_is_no_address(tmp_path: Path, address: object) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(url=address)))
    assert page.url is None
    assert page.site == ("nashra.example" if isinstance(address, str) and "nashra" in address else None)


def test_an_address_without_its_scheme_is_completed(tmp_path: Path) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(url=URL.removeprefix("https://"))))
    assert (page.url, page.site) == (URL, "nashra.example")


def test_of_several_addresses_the_first_is_taken(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "dump.jsonl", line(url=[f"{URL}/1", f"{URL}/2"]))).url == f"{URL}/1"


def test_a_date_that_cannot_be_read_is_no_date_and_is_told(tmp_path: Path) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(published_at="قريبا")))
    assert page.published.at is None
    assert any("قريبا" in note for note in page.published.evidence)


def test_other_names_of_fields_can_be_given_and_go_down_into_objects(tmp_path: Path) -> None:
    record = {"data": {"headline": {"ar": TITLE}, "paragraphs": [FIRST, SECOND]}, "link": URL, "text": "شيء آخر تماما"}
    names = {"text": "data.paragraphs", "title": "data.headline.ar", "url": "link"}
    file = written(tmp_path, "dump.jsonl", json.dumps(record))
    (page,) = pages(file, How(fields=names))
    found = read_fields(page)
    assert (found.title, found.body, found.url) == (TITLE, TEXT, URL)
    # All that reading needs stands in the page itself, so that its capture can be read again by itself.
    assert page.media_type == "application/json; text=data.paragraphs; title=data.headline.ar; url=link"


def test_a_field_that_articles_do_not_have_is_refused() -> None:
    with pytest.raises(InvalidValue, match="published_at"):
        How(fields={"day": "date"})


def test_text_with_markup_is_read_as_html(tmp_path: Path) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(text=f"<p>{FIRST}</p><p>{SECOND}</p>")))
    assert (page.title, page.body) == (TITLE, TEXT)


def test_an_address_in_the_text_is_not_that_of_the_article(tmp_path: Path) -> None:
    page = read_one(written(tmp_path, "dump.jsonl", line(text=f"{FIRST}\n\nhttps://other.example/x\n\n{SECOND}")))
    assert (page.url, page.body) == (f"{URL}/1", TEXT)


def test_links_to_other_articles_in_a_record_are_no_body(tmp_path: Path) -> None:
    text = f"{FIRST}\n\nاقرأ أيضا: مدرسة ريفية تحصل على حافلة جديدة\n\n{SECOND}"
    assert read_one(written(tmp_path, "dump.jsonl", line(text=text))).body == TEXT


def test_a_title_that_opens_the_text_stands_there_once(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "dump.jsonl", line(text=f"{TITLE}\n{TEXT}"))).text == f"{TITLE}\n{TEXT}"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (b'{"title": "x", "text": ', "broken JSON"),
        (b"[1, 2]", "a list"),
        (b'{"title": "x", "summary": "y"}', "title, summary"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_one_rejected_page_and_the_next_is_read(tmp_path: Path, record: bytes, words: str) -> None:
    first, second = pages(written(tmp_path, "dump.jsonl", record + b"\n\n" + line() + b"\n"))
    assert (first.name, second.name) == (f"{tmp_path}/dump.jsonl:line 1", f"{tmp_path}/dump.jsonl:line 3")
    refused = read(first)
    assert isinstance(refused, Refused)
    assert words in refused.detail
    assert isinstance(read(second), Reading)
    assert second.raw == line()


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    first, second = pages(written(tmp_path, "dump.jsonl", b"x" * 25_000_000 + b"\n" + line()))
    assert first.refused
    assert first.refused.reason == "too_large"
    assert second.raw == line()


@pytest.mark.parametrize(
    "whole",
    [
        [article(1), article(2)],
        {"status": "ok", "more": {"articles": 3}, "articles": [article(1), article(2)], "next": [1]},
    ],
)
def test_a_json_file_holds_a_list_of_articles(tmp_path: Path, whole: object) -> None:
    found = pages(written(tmp_path, "dump.json", json.dumps(whole, ensure_ascii=False, indent=1)))
    assert [page.name.rpartition(":")[2] for page in found] == ["item 1", "item 2"]
    assert [json.loads(page.raw)["url"] for page in found] == [f"{URL}/1", f"{URL}/2"]


def test_a_json_file_holds_one_article(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "one.json", json.dumps(article()))).title == TITLE


class Drops:
    """A stream that gives a few bytes at a time."""

    def __init__(self, raw: bytes, size: int) -> None:
        self._raw, self._size = raw, size

    def read(self, _: int) -> bytes:
        drop, self._raw = self._raw[: self._size], self._raw[self._size :]
        return drop


json_texts = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(['"', "\\", "[{", "}]", '\\"'])
json_trees = st.recursive(
    st.none() | st.integers() | json_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(json_texts, inner),
)


@given(st.lists(st.dictionaries(json_texts, json_trees, max_size=4), max_size=5), st.integers(1, 40), st.booleans())
def test_the_articles_of_a_list_come_out_one_by_one(articles: list[object], size: int, wrapped: bool) -> None:
    whole = {"found": 3, "items": articles, "rest": [{}]} if wrapped else articles
    found = json_values(Drops(json.dumps(whole, ensure_ascii=False).encode(), size), LISTS, 10**6)  # type: ignore[arg-type]
    assert [json.loads(value or b"") for value in found] == articles


@given(st.binary(max_size=60), st.integers(1, 7))
def test_any_bytes_are_cut_somehow(raw: bytes, size: int) -> None:
    list(json_values(Drops(raw, size), LISTS, 20))  # type: ignore[arg-type]


def test_an_article_of_a_list_that_is_too_long_is_one_rejected_page(tmp_path: Path) -> None:
    whole = json.dumps([article(1), {"text": "ط" * 11_000_000}, article(3)], ensure_ascii=False)
    found = pages(written(tmp_path, "dump.json", whole))
    assert [page.refused.reason if page.refused else None for page in found] == [None, "too_large", None]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_rows_of_csv_are_read_by_the_names_in_the_first_line(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = table(
        ["Title", "Text", "الرابط"], [TITLE, TEXT, URL], [TITLE, TEXT + " انتهى.", URL + "/2"], delimiter=delimiter
    )
    first, second = pages(written(tmp_path, "dump.csv", mark + rows))
    assert (first.name.rpartition(":")[2], second.name.rpartition(":")[2]) == ("line 2", "line 5")
    found = read_fields(first)
    assert (found.title, found.body, found.url) == (TITLE, TEXT, URL)


def test_csv_in_windows_1256_is_read_also_where_a_row_alone_would_not_tell(tmp_path: Path) -> None:
    rows = table(["title", "text"], *[[TITLE, TEXT]] * 3, ["نص", "قصير"])
    found = pages(written(tmp_path, "dump.csv", rows.encode("cp1256")))
    assert {page.declared_charset for page in found} == {"windows-1256"}
    assert isinstance(read(found[0]), Reading)


@pytest.mark.parametrize("before", ["sep=;\r\n", '"sep=;"\r\n', "\r\n", "\ufeffsep=;\r\n"])
def test_what_spreadsheets_write_above_the_names_of_columns_is_passed_over(tmp_path: Path, before: str) -> None:
    whole = before + table(["url", "title", "text"], [URL, TITLE, TEXT], delimiter=";")
    (page,) = pages(written(tmp_path, "dump.csv", whole))
    assert page.name.endswith(":line 3")
    assert (read_fields(page).title, read_fields(page).body) == (TITLE, TEXT)


def test_a_carriage_return_alone_in_a_cell_stops_nothing(tmp_path: Path) -> None:
    plain = SECOND.replace('"', "")
    whole = f'url,title,text\n{URL}/1,ساعة\rالميدان,{plain}\n{URL}/2,{TITLE},"{FIRST}\r{plain}"\n'
    one, two = map(read_fields, pages(written(tmp_path, "dump.csv", whole)))
    assert (one.title, two.body) == ("ساعة الميدان", f"{FIRST}\n\n{plain}")


def test_lines_of_csv_that_end_in_a_carriage_return_alone_are_told(tmp_path: Path) -> None:
    (page,) = pages(written(tmp_path, "dump.csv", table(["title", "text"], [TITLE, FIRST]).replace("\n", "")))
    assert page.refused
    assert r"ends in \n or \r\n" in page.refused.detail


def test_csv_in_utf_16_as_spreadsheets_write_it(tmp_path: Path) -> None:
    rows = table(["title", "text"], [TITLE, TEXT], delimiter="\t")
    assert read_one(written(tmp_path, "dump.csv", rows.encode("utf-16"))).body == TEXT


@pytest.mark.parametrize("charset", ["utf-16", "utf16", "utf_16_le"])
def test_csv_sent_in_utf_16_is_read_whatever_that_is_called(tmp_path: Path, charset: str) -> None:
    file = written(tmp_path, "sent.csv", table(["title", "text"], [TITLE, TEXT]).encode("utf-16"))
    (page,) = delivered_pages(file, SentFile(None, Kind("csv", ".csv", charset)), {})
    assert read_fields(page).body == TEXT


def test_a_row_of_the_wrong_width_is_one_rejected_page(tmp_path: Path) -> None:
    found = pages(written(tmp_path, "dump.csv", f'title,text\na,b,c\n"{TITLE}","{TEXT}"\n'))
    refused = read(found[0])
    assert isinstance(refused, Refused)
    assert "expected 2 columns" in refused.detail
    assert isinstance(read(found[1]), Reading)


def test_a_quotation_mark_that_nobody_closes_costs_no_row_after_it(tmp_path: Path) -> None:
    rows = f'title,text\n"{TITLE},{"x" * 10_000_000}\n' + table([TITLE, TEXT])
    found = pages(written(tmp_path, "dump.csv", rows))
    assert [page.refused.reason if page.refused else None for page in found] == ["too_large", None]
    assert isinstance(read(found[1]), Reading)


def test_names_of_fields_that_cannot_be_stored_are_told_without_harm() -> None:
    told = read(RawPage("x", b'{"\\u0000a": 1, "\\ud800b": 2}', "application/json"))
    assert isinstance(told, Refused)
    assert told.detail.endswith("got fields: \ufffda, \ufffdb")


def test_what_cannot_be_stored_of_a_text_is_replaced_and_recorded() -> None:
    harmful = line().replace(FIRST.encode(), b"\\ud800 \\u0000 " + FIRST.encode())
    found = read_fields(RawPage("x", harmful, "application/json"))
    assert found.body == f"\ufffd \ufffd {TEXT}"
    assert "halves of surrogate pairs" in found.repairs[0]
