"""The sample page: every zone of it, and the article's fields."""

from pathlib import Path

import pytest

from app.corpus.fields import Page
from app.extract.pages import read_page

SAMPLE = Path(__file__).parents[3] / "seed/pages/000_865c67220dd4d87b.txt"

# Labelled by hand: kind, start, end in code points of the dump.
ZONES = [
    ("nav", 0, 582),
    ("nav_title", 582, 649),
    ("time", 657, 662),
    ("url", 664, 701),
    ("view_count", 702, 712),
    ("title", 715, 782),
    ("caption", 783, 795),
    ("ui", 797, 806),
    ("body", 808, 979),
    ("body", 981, 1306),
    ("body", 1308, 1588),
    ("pull_quote", 1590, 1701),
    ("body", 1703, 2047),
    ("body", 2049, 2237),
    ("body", 2239, 2706),
    ("body", 2708, 3050),
    ("body", 3052, 3710),
    ("related", 3712, 3785),
    ("body", 3787, 4217),
    ("subheading", 4219, 4254),
    ("body", 4256, 4642),
    ("body", 4644, 4869),
    ("related", 4871, 4942),
    ("body", 4944, 5531),
    ("body", 5533, 5710),
    ("body", 5712, 6062),
]


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(SAMPLE.read_bytes())


def test_every_zone_of_the_sample_page_is_where_it_was_labelled(page: Page) -> None:
    assert [(zone.kind, zone.start, zone.end) for zone in page.zones] == ZONES


def test_the_text_is_the_dump_exactly_as_it_came(page: Page) -> None:
    assert page.text.encode() == SAMPLE.read_bytes()


def test_the_fields_are_those_that_the_page_prints(page: Page) -> None:
    assert page.title == 'بعد خسائرها الأخيرة.. "قسد" تتهم تركيا بـ "محاولة إعادة إحياء داعش"'
    assert page.url == "http://anapress.net/a/291111897751641"
    assert page.site == "anapress.net"
    assert page.time_printed == "11:09"
    assert page.views == 548
    assert page.caption == "قسد- أرشيفية"
    assert page.author is None


def test_no_date_is_invented_but_what_speaks_of_one_is_kept(page: Page) -> None:
    assert page.published.at is None
    assert page.published.precision == "unknown"
    evidence = "\n".join(page.published.evidence)
    assert "11:09" in evidence
    assert "الـ 10 من سبتمبر الماضي" in evidence


def test_the_body_holds_no_navigation_pull_quote_or_link(page: Page) -> None:
    assert "عميد كلية الطب" not in page.body
    assert "اقرأ/ي" not in page.body
    assert page.body.count("حكومة رجب طيّب أردوغان تريد إحياء") == 1
