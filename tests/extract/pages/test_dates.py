"""Dates as Arabic pages print them, and what a page as a whole says of its publication."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.fields import PublishedAt
from app.extract.pages import dates, read_page
from app.extract.pages.dates import find_dates, is_date_line

TABLES = Path(dates.__file__).parent / "data/dates.toml"
PARAGRAPH = (
    "قالت الناطقة باسم المجلس إن توزيع المساعدات سيبدأ يوم السبت في الأحياء الغربية، وأضافت أن القوائم جاهزة منذ أسبوع."
)


def published(line: str, *, url: str | None = None, fetched_at: datetime | None = None) -> PublishedAt:
    dump = f"توزيع المساعدات يبدأ يوم السبت في الأحياء الغربية\n{line}\n\n{PARAGRAPH}\n"
    return read_page(dump.encode(), url=url, fetched_at=fetched_at).published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 كانون الأول / ديسمبر 2016", (2016, 12, 20)),
        ("٢٠ كانون الأول ٢٠١٦", (2016, 12, 20)),
        ("۳ شباط ۲۰۱۳", (2013, 2, 3)),
        ("22 آب 2015", (2015, 8, 22)),
        ("22 اب 2015", (2015, 8, 22)),
        ("1 من كانون الثاني 2014", (2014, 1, 1)),
        ("9 أوت 2019", (2019, 8, 9)),
        ("5 جويلية 2020", (2020, 7, 5)),
        ("14 دجنبر 2021", (2021, 12, 14)),
        ("3 شباط (فبراير) 2013", (2013, 2, 3)),
        ("12 أُغسطس، 2018", (2018, 8, 12)),
        ("2016-12-20", (2016, 12, 20)),
        ("20/12/2016", (2016, 12, 20)),
        ("12/25/2016", (2016, 12, 25)),
        ("3.2.2017", (2017, 2, 3)),
        ("14 - 03 - 2021", (2021, 3, 14)),
        ("01 15:01 2023 فيفري", (2023, 2, 1)),
        ("Aug 28, 2013", (2013, 8, 28)),
        ("أيلول 2016", (2016, 9, None)),
        ("10 من سبتمبر الماضي", (None, 9, 10)),
    ],
)
def test_a_date_is_read_in_every_system(text: str, day: tuple[int | None, int, int | None]) -> None:
    (found,) = find_dates(f"يوم {text} في")
    assert (found.year, found.month, found.day) == day
    assert found.text == f"يوم {text} في"[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2016",
        "0/5/2016",
        "29 شباط 2015",
        "20 كانون الأول / يناير 2016",
        "2016",
        "1 من 5",
        "14 رجب 1437 هـ",
        "11:09",
    ],
)
def test_what_is_no_gregorian_day_is_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    "line",
    [
        "سلوى المختلقة 15 مارس 2020 19:46",
        "المنارة نشر في: 15 مارس 2020",
        "نشر من طرف صحيفة المنارة في الأحد, 2020/03/15 - 19:46",
        "الأحد 15 مارس-آذار 2020 الساعة 08 مساءً / المنارة - الضفة",
        "نشر في المنارة المختلقة يوم 15 - 03 - 2020",
        "بواسطة سلوى المختلقة 15 مارس 2020",
        "15 مارس 2020 بواسطة سلوى المختلقة",
    ],
)
def test_a_name_beside_the_day_of_publication_leaves_it_a_date_line(line: str) -> None:
    assert is_date_line(line)
    assert published(line).at == datetime(2020, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "الجسر الخشبي في 15 مارس 2020",
        "نشر المجلس في 15 مارس 2020 الساعة 19:46 قائمة الأسماء.",
        "نشر حراس جدد على الجسر 15 مارس 2020",
        "تحديث خريطة الطرق حول الضفة 15-3-2020",
        "نشرت البلدية قائمة الناجحين في 15 مارس 2020",
    ],
)
def test_a_caption_a_headline_or_a_sentence_with_a_day_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert is_date_line("الثلاثاء 14 آذار 2017، الساعة 10:30 صباحاً بتوقيت دمشق")
    assert not is_date_line("وصلت القافلة إلى المدينة في 14 آذار 2017")


@pytest.mark.parametrize(
    ("line", "at", "precision"),
    [
        ("الثلاثاء 14 آذار 2017", datetime(2017, 3, 14, tzinfo=UTC), "day"),
        ("2017-03-14T10:20:30+03:00", datetime(2017, 3, 14, 7, 20, 30, tzinfo=UTC), "second"),
        ("نشر في 3 تموز 2018، 18:20 بتوقيت غرينتش", datetime(2018, 7, 3, 18, 20, tzinfo=UTC), "minute"),
        ("3 تموز 2018 الساعة 6:20 مساءً بتوقيت مكة المكرمة", datetime(2018, 7, 3, 15, 20, tzinfo=UTC), "minute"),
        ("3 تموز 2018 - 18:20 بتوقيت دمشق", datetime(2018, 7, 3, 15, 20, tzinfo=UTC), "minute"),
        ("3 كانون الثاني 2018 - 18:20 بتوقيت دمشق", datetime(2018, 1, 3, 16, 20, tzinfo=UTC), "minute"),
        ("3 كانون الثاني 2023 - 18:20 بتوقيت دمشق", datetime(2023, 1, 3, 15, 20, tzinfo=UTC), "minute"),
        ("27 تشرين الأول 2017 - 00:30 (بتوقيت دمشق)", datetime(2017, 10, 26, 22, 30, tzinfo=UTC), "minute"),
        # In the night to that Friday the clocks of Damascus showed the last hour of Thursday twice.
        ("26 تشرين الأول 2017 - 23:30 (بتوقيت دمشق)", datetime(2017, 10, 26, tzinfo=UTC), "day"),
        ("3 تموز 2018 - 18:20 دمشق", datetime(2018, 7, 3, tzinfo=UTC), "day"),
        ("12:30 -3 تموز 2018", datetime(2018, 7, 3, tzinfo=UTC), "day"),
        ("3 تموز 2018 18:20 بتوقيت غرينتش+3", datetime(2018, 7, 3, 15, 20, tzinfo=UTC), "minute"),
        ("3 تموز 2018 18:20 -0500", datetime(2018, 7, 3, 23, 20, tzinfo=UTC), "minute"),
        ("3 تموز 2018 11:45 ظهراً بتوقيت دمشق", datetime(2018, 7, 3, 8, 45, tzinfo=UTC), "minute"),
        ("3 تموز 2018 3:45 عصراً بتوقيت دمشق", datetime(2018, 7, 3, 12, 45, tzinfo=UTC), "minute"),
        ("3 تموز 2018 12:15 ليلاً بتوقيت دمشق", datetime(2018, 7, 2, 21, 15, tzinfo=UTC), "minute"),
        ("3 تموز 2018 12:15 ص بتوقيت دمشق", datetime(2018, 7, 2, 21, 15, tzinfo=UTC), "minute"),
        ("3 تموز يوليو 2018", datetime(2018, 7, 3, tzinfo=UTC), "day"),
        ("الأحد 14 رجب 1437 هـ - 21 أبريل 2016 م", datetime(2016, 4, 21, tzinfo=UTC), "day"),
    ],
)
def test_the_date_line_gives_the_moment_as_exactly_as_it_says(line: str, at: datetime, precision: str) -> None:
    found = published(line)
    assert (found.at, found.precision) == (at, precision)
    assert line in found.evidence[0]


def test_an_hour_without_a_zone_is_no_moment() -> None:
    found = published("14 آذار 2017 - 23:30")
    assert (found.at, found.precision) == (datetime(2017, 3, 14, tzinfo=UTC), "day")
    assert any("without a zone" in note for note in found.evidence)


def test_hours_ago_need_the_day_of_fetching() -> None:
    assert published("منذ 3 ساعات").at is None
    fetched = published("منذ 3 ساعات", fetched_at=datetime(2020, 5, 2, 12, 0, tzinfo=UTC))
    assert fetched.at == datetime(2020, 5, 2, 9, 0, tzinfo=UTC)
    assert fetched.precision == "day"


@pytest.mark.parametrize(
    ("words", "ago", "precision"),
    [
        ("منذ 11 يوماً", timedelta(11), "day"),
        ("نُشر قبل 15 يوما", timedelta(15), "day"),
        ("منذ ساعة واحدة", timedelta(hours=1), "day"),
        ("منذ 13 أسبوعاً", timedelta(weeks=13), "month"),
    ],
)
def test_an_age_may_be_counted_in_the_accusative_and_said_to_be_that_of_publication(
    words: str, ago: timedelta, precision: str
) -> None:
    fetched = datetime(2020, 5, 2, 12, 0, tzinfo=UTC)
    found = published(words, fetched_at=fetched)
    assert (found.at, found.precision) == (fetched - ago, precision)


@pytest.mark.parametrize("words", ["آخر تحديث: منذ 3 ساعات", "تم التحديث قبل 11 يوماً"])
def test_the_age_of_an_update_is_not_that_of_publication(words: str) -> None:
    found = published(words, fetched_at=datetime(2020, 5, 2, 12, 0, tzinfo=UTC))
    assert found.at is None
    assert any("an update" in note for note in found.evidence)


def test_the_day_of_an_update_is_not_that_of_publication() -> None:
    found = published("آخر تحديث: 3 تموز 2018")
    assert found.at is None
    assert any("update" in note for note in found.evidence)


def test_a_url_gives_a_date_and_a_contradiction_is_recorded() -> None:
    assert published("", url="https://a.example/2016/12/20/x").at == datetime(2016, 12, 20, tzinfo=UTC)
    found = published("14 آذار 2017", url="https://a.example/2016/12/20/x")
    assert found.at == datetime(2017, 3, 14, tzinfo=UTC)
    assert any(note.startswith("contradiction") for note in found.evidence)


def test_a_copyright_year_or_a_date_in_the_body_is_never_the_publication() -> None:
    body = f"{PARAGRAPH}\n\nوصلت القافلة الأولى في 3 تموز 2018 إلى المدينة."
    dump = f"توزيع المساعدات يبدأ يوم السبت\n\n{body}\n\n© 2019 جميع الحقوق محفوظة"
    found = read_page(dump.encode()).published
    assert found.at is None
    assert any("3 تموز 2018" in note for note in found.evidence)


def test_the_date_of_today_in_the_head_of_a_site_is_not_taken() -> None:
    nav = "الأحد 22 تشرين الثاني 2026\n" + "\n".join(f"خبر عن مدينة بعيدة رقم {i}" for i in range(5))
    dump = f"{nav}\nتوزيع المساعدات يبدأ يوم السبت في الأحياء الغربية\n\n{PARAGRAPH}\n"
    assert read_page(dump.encode()).published.at is None


def test_three_years_ago_is_a_year_and_needs_the_day_of_fetching() -> None:
    assert published("قبل 3 سنوات").at is None
    found = published("قبل 3 سنوات", fetched_at=datetime(2020, 5, 2, 12, 0, tzinfo=UTC))
    assert found.at is not None
    assert (found.at.year, found.precision) == (2017, "year")


def test_a_hijri_date_alone_is_evidence_with_its_day_but_no_publication() -> None:
    found = published("14 رمضان 1437 هـ")
    assert found.at is None
    assert any("2016-06-19" in note for note in found.evidence)


def test_a_hijri_date_that_contradicts_the_one_beside_it_is_recorded() -> None:
    assert not any("contradiction" in note for note in published("14 رمضان 1437 هـ - 19 حزيران 2016 م").evidence)
    found = published("14 رمضان 1437 هـ - 19 أيار 2016 م")
    assert found.at == datetime(2016, 5, 19, tzinfo=UTC)
    assert any("contradiction" in note and "2016-06-19" in note for note in found.evidence)


MONTHS = tomllib.loads(TABLES.read_text("utf-8"))["months"]
ARABIC = [[name for name in names if re.match("[\u0621-\u064a]", name)] for names in MONTHS]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)), st.data())
def test_every_day_in_every_writing_is_read_as_itself(day: date, data: st.DataObject) -> None:
    one, two = (data.draw(st.sampled_from(ARABIC[day.month - 1])) for _ in range(2))
    written = data.draw(
        st.sampled_from(
            [
                f"{day.day} {one} {day.year}",
                f"{day.day} {one}/{two} {day.year}",
                f"{day.day} {one} ({two}) {day.year}",
                f"{day.day}/{day.month}/{day.year}",
                f"{day.year}-{day.month:02}-{day.day:02}",
            ]
        )
    )
    if data.draw(st.booleans()):
        written = written.translate(EASTERN)
    (found,) = find_dates(f"نشر في {written}")
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)
    assert f"نشر في {written}"[found.start : found.end] == found.text


@given(
    st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2035, 1, 1)),
    st.sampled_from(["بتوقيت دمشق", "بتوقيت بيروت", "بتوقيت القاهرة", "بتوقيت غرينتش", "+03:00"]),
)
def test_an_hour_with_a_zone_is_a_moment_of_that_day_or_the_day(at: datetime, zone: str) -> None:
    found = published(f"{at.day} آذار {at.year} - {at.hour:02}:{at.minute:02} {zone}")
    assert found.at is not None
    assert abs(found.at - datetime(at.year, 3, at.day, at.hour, at.minute, tzinfo=UTC)).days <= 1
    assert found.precision in ("minute", "day")
