"""The pages of the seed corpus: each is read as its README says."""

import re
from pathlib import Path

import pytest

from app.corpus.fields import Page
from app.extract.pages import read_page

SEED = Path(__file__).parents[3] / "seed"
INVENTED = sorted(path for path in (SEED / "pages").iterdir() if not path.name.startswith("000_"))

DAYS = {
    "001": "2017-03-14",
    "002": "2018-08-12",
    "003": "2019-08-09",
    "004": "2021-02-18",
    "005": "2021-02-19",
    "006": "2020-06-03",
    "007": "2010-11-21",
    "008": "2016-12-20",
    "009": "2018-07-05",
    "010": "2022-05-11",
    "011": "2015-11-07",
}
NUMBER_OF_PARAGRAPHS = {
    "001": 6,
    "002": 6,
    "003": 6,
    "004": 6,
    "005": 5,
    "006": 5,
    "007": 4,
    "008": 6,
    "009": 6,
    "010": 9,
    "011": 6,
}


def read(path: Path) -> Page:
    return read_page(path.read_bytes())


def test_there_are_ten_invented_pages_or_more_and_the_readme_tells_of_each() -> None:
    readme = (SEED / "README.md").read_text("utf-8")
    assert len(INVENTED) >= 10
    assert [path.name for path in INVENTED if path.name not in readme] == []


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.name)
def test_an_invented_page_says_so_outside_its_article(path: Path) -> None:
    page = read(path)
    assert "مختلقة" in page.text
    assert "مختلق" not in page.body
    assert page.site is None or page.site.endswith(".example")


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.name)
def test_title_day_and_paragraphs_of_an_invented_page(path: Path) -> None:
    page, number = read(path), path.name[:3]
    assert page.title
    assert page.published.at is not None
    assert page.published.at.date().isoformat() == DAYS[number]
    assert sum(zone.kind == "body" for zone in page.zones) == NUMBER_OF_PARAGRAPHS[number]
    for foreign in ("اقر[أ]", "إقرأ", "فيسبوك", "التعليقات", "جميع الحقوق", "الأكثر قراءة"):
        assert not re.search(foreign, page.body)


def test_the_wire_copy_has_the_words_of_the_original() -> None:
    original, copy = (read(path) for path in INVENTED if path.name[:3] in ("004", "005"))
    words = set(copy.body.split())
    assert len(words & set(original.body.split())) > 0.9 * len(words)
    assert original.site != copy.site
