"""Real pages and real articles in page skeletons, where `../shared/data` lies beside the checkout."""

import pytest

from app.arabic.fold import folded
from tests.evaluation.pages import DATA, compare, real_pages, skeleton_scores, stories

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="there is no ../shared/data")


def test_real_pages_give_title_date_and_words() -> None:
    found = list(real_pages())
    assert found
    for name, page, title, paragraphs in found:
        words = compare(paragraphs, page.body)
        assert folded(page.title or "") == folded(title), name
        assert page.published.at is not None, name
        assert words.recall >= 95, name
        assert words.foreign <= 5, name


def test_real_articles_come_out_of_every_skeleton() -> None:
    for name, words, titles, worst in skeleton_scores(stories(30)):
        assert words.recall >= 99, (name, worst)
        assert words.foreign <= 1, (name, worst)
        assert titles >= 29, name
