"""Where a place is meant and where its name is something else; all texts are invented."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.arabic.places import lineage, places
from app.corpus.fields import Zone
from app.extract.places import find_places

ABOUT = "تحدث سكان سوريون عن الحدائق. "


def found(text: str) -> list[tuple[str, str]]:
    """The names found in one paragraph about Syria, with their P-codes."""
    whole = ABOUT + text
    mentions = find_places(whole, [Zone("body", 0, len(whole))])
    assert all(whole[one.start : one.end] == one.text for one in mentions)
    return [(one.text, one.place) for one in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زرعت الأشجار في حلب", [("حلب", "C1007")]),
        ("زرعت الأشجار بحلب ومنبج", [("حلب", "C1007"), ("منبج", "C1767")]),
        ("في محافظة حلب", [("حلب", "SY02")]),
        ("في ريف حلب الشمالي", [("حلب", "SY02")]),
        ("في ريف دمشق", [("ريف دمشق", "SY03")]),
        ("سكان كوباني زرعوا", [("كوباني", "C1946")]),
        ("سكان عَين العَرب زرعوا", [("عَين العَرب", "C1946")]),
        ("في مدينة الباب بريف حلب", [("الباب", "C1202"), ("حلب", "SY02")]),
        ("في محافظات حلب والرقة", [("حلب", "SY02"), ("الرقة", "SY11")]),
        ("في تدمر حديقة", [("تدمر", "C2889")]),
        ("في خان شيخون حديقة", [("خان شيخون", "C3987")]),
    ],
)
def test_a_place_is_found_by_its_name_and_the_words_around(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "وقف عند الباب طويلا",
        "الريح تدمر الأشجار",
        "في حي الزهراء",
        "في شارع حلب",
        "قال سالم كوباني إن الأشجار كثرت. وأضاف كوباني أنها كبرت",
        "في القاهرة وبيروت والقدس",
        "في لبنان حدائق",
        "في المنطقة المنكوبة",
    ],
)
def test_an_everyday_word_a_person_a_street_and_other_countries_are_no_place(text: str) -> None:
    assert found(text) == []


def test_a_village_is_taken_only_where_the_article_is_about_its_governorate() -> None:
    assert found("في قرية جرجناز") == []
    assert found("في إدلب وفي قرية جرجناز") == [("إدلب", "C3871"), ("جرجناز", "C3977")]


def test_only_paragraphs_of_articles_about_syria_are_looked_at() -> None:
    text = "زرعت الأشجار في حلب"
    assert find_places(text, [Zone("body", 0, len(text))]) == []
    about = ABOUT + text
    assert find_places(about, [Zone("title", 0, len(about))]) == []


def test_every_place_lies_in_a_governorate() -> None:
    assert sum(place.kind == "governorate" for place in places().values()) == 14
    for pcode in places():
        first, *_, last = (*lineage(pcode), pcode)
        assert (places()[first].kind, last) == ("governorate", pcode)


WORDS = "في مدينة حلب الرقة و، بـ ريف منبج عَين العرب قرية تدمر كوباني . سوريا"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_spans_slice_back_however_letters_are_composed(words: list[str]) -> None:
    text = unicodedata.normalize("NFD", "سوريا " + " ".join(words))
    for one in find_places(text, [Zone("body", 0, len(text))]):
        assert text[one.start : one.end] == one.text
        assert one.place in places()
