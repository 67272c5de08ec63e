"""Folding: what counts as the same letter, and the way back to the letters as written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.arabic.fold import fold, folded, plain

ARABIC = st.text(
    st.sampled_from("ابتةثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئٱ پچگکیـًٌٍَُِّْٰٕٓٔﻻﷲﺍﻟﻘﺪﺱ٠١٩۲۹.,«»\"'\u200c\u200f\u202bAbz9½ﷺ")
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("إِسْطَنْبُول", "اسطنبول"),
        ("الـمدينة", "المدينه"),
        ("على شؤون رئيس", "علي شوون رييس"),
        ("کتابی", "كتابي"),
        ("ﻣﺪﺭﺳﺔ ﻻ", "مدرسه لا"),
        ("٢٠١٢ ۲۰۱۲", "2012 2012"),
        ("SDF قسد", "sdf قسد"),
        ("مد\u200cرسة\u200f", "مدرسه"),
        (unicodedata.normalize("NFD", "أحمد آمن مؤمن"), "احمد امن مومن"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(written: str, expected: str) -> None:
    assert folded(written) == expected
    assert fold(written).text == expected


@pytest.mark.parametrize(
    ("written", "word", "expected"),
    [
        ("قال إنّ حقٌّ مشروعٌ.", "مشروع", "مشروعٌ"),
        ("تنظيم الـــدولة", "الدوله", "الـــدولة"),
        ("رحمه ﷲ تعالى", "تعالي", "تعالى"),
        (unicodedata.normalize("NFD", "قال أحمد إن"), "احمد", unicodedata.normalize("NFD", "أحمد")),
    ],
)
def test_a_folded_stretch_leads_back_to_the_whole_written_word(written: str, word: str, expected: str) -> None:
    letters = fold(written)
    start = letters.text.index(word)
    assert written[slice(*letters.span(start, start + len(word)))] == expected


def test_plain_keeps_letters_and_drops_only_what_is_not_one() -> None:
    assert plain("أَحْمَدُ الـمدينة") == "أحمد المدينة"
    assert plain(unicodedata.normalize("NFD", "أحمد")) == "أحمد"


@given(st.one_of(ARABIC, st.text()))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.one_of(ARABIC, st.text()))
def test_the_offset_map_is_monotone_and_stays_inside(text: str) -> None:
    letters = fold(text)
    starts = [letters.start(i) for i in range(len(letters.text) + 1)]
    ends = [letters.end(i) for i in range(len(letters.text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= at <= len(text) for at in starts + ends)


@given(ARABIC)
def test_each_folded_letter_comes_from_where_the_map_says(text: str) -> None:
    letters = fold(text)
    for i, letter in enumerate(letters.text):
        assert letter in folded(text[letters.start(i)])


@given(ARABIC)
def test_offsets_lead_there_and_back(text: str) -> None:
    letters = fold(text)
    for i in range(len(letters.text)):
        there = letters.start(i)
        assert letters.start(letters.offset(there)) == there
