"""What holds for every page, whatever its bytes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.corpus.fields import Page
from app.extract.pages import PageRejected, read_page

SENTENCE = "قال المتحدث باسم الهيئة إن منسوب النهر ارتفع متراً خلال ليلة واحدة، مرجحاً أن يستمر الارتفاع حتى الأحد. "
LINES = [
    "",
    " \u200f",
    SENTENCE,
    SENTENCE * 2,
    "ارتفع متراً خلال ليلة واحدة، مرجحاً أن يستمر",
    "هيئة النهر تحذر من الفيضان",
    "هيئة النهر: المياه تصل إلى القرى",
    "اقرأ أيضا:",
    "الأكثر قراءة",
    "التعليقات",
    "11:09",
    "548",
    "مشاهدة",
    "14 آذار 2017 | كتب: سامر | 10:20",
    "https://a.example/1",
    "حجم الخط:",
    "© 2019 جميع الحقوق محفوظة",
]
TAGS = [
    "<p>",
    "</p>",
    "<div class='related nav'>",
    "</div>",
    "<h1>",
    "<br>",
    "<a href=x>",
    "</a>",
    "<time datetime=2015>",
]


def check_zones(page: Page) -> None:
    end = 0
    for zone in page.zones:
        assert end <= zone.start < zone.end <= len(page.text)
        end = zone.end
    for field in (page.title, page.caption, page.time_printed):
        assert field is None or field in page.text


def read(raw: bytes, media_type: str | None = None) -> None:
    """Read it; it may be rejected, with a reason, and nothing else may happen."""
    try:
        check_zones(read_page(raw, media_type=media_type))
    except PageRejected as rejected:
        assert rejected.reason
        assert rejected.detail


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_zones_of_a_dump_are_in_order_inside_the_text_and_apart(lines: list[str], end: str) -> None:
    read(end.join(lines).encode())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LINES, *TAGS]), max_size=40))
def test_zones_of_html_are_in_order_inside_the_text_and_apart(parts: list[str]) -> None:
    read(("<html><body>" + "\n".join(parts)).encode(), "text/html")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/plain"]))
def test_any_bytes_are_read_or_rejected(raw: bytes, media_type: str | None) -> None:
    read(raw, media_type)
    read(SENTENCE.encode() * 3 + raw, media_type)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_rejected(text: str) -> None:
    raw = (SENTENCE + "\n" + text).encode("utf-8", "replace")
    read(raw)
    read(b"<html><body><p>" + raw, "text/html")


@pytest.mark.parametrize(
    "unit",
    [
        "هيئة النهر تحذر من الفيضان\n\n",
        "اقرأ أيضا:\n\nخبر قصير\n\n",
        "خبر | ",
        "12/3/2015 ",
        "10 من شهر ",
        "<div>نص",
        "<a href=x>نص</a>",
        "نص<br>",
        "<!-- ",
        '<meta name="date" content="2015">',
        "Ø³",
    ],
)
def test_a_long_page_takes_time_in_proportion(unit: str) -> None:
    raw = (SENTENCE * 2 + "\n").encode() + unit.encode() * (50_000 // len(unit.encode()))
    started = time.process_time()
    read(raw)
    read(b"<html><body>" + raw)
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("head", "unit", "times"),
    [
        ("آخر الأخبار\n\n", f"14 آذار 2017\n\n{SENTENCE}\n\n", 4_000),
        (f"<html><body><p>{SENTENCE * 2}</p>", "<span>ن</span>", 200_000),
    ],
    ids=["dates below a heading of other articles", "elements of a letter"],
)
def test_many_of_what_costs_most_take_a_few_seconds(head: str, unit: str, times: int) -> None:
    started = time.process_time()
    read((head + unit * times).encode())
    assert time.process_time() - started < 7


@pytest.mark.parametrize(
    ("unit", "head"),
    [("<li>خبر قصير من المدينة</li>", "<html><body>"), (f"<p>{SENTENCE}</p>", "<html><body>"), (f"{SENTENCE}\n\n", "")],
)
def test_a_page_of_ten_megabytes_is_refused_before_it_costs_much(unit: str, head: str) -> None:
    raw = (head + unit * (9_900_000 // len(unit.encode()))).encode()
    started = time.process_time()
    with pytest.raises(PageRejected, match="too_large"):
        read_page(raw)
    assert time.process_time() - started < 12
