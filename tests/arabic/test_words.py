"""Words stand where they are said to stand, whatever is written between their letters."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.arabic.fold import folded
from app.arabic.words import forms, words

LETTERS = "ابتكلموية أإآؤئى"
written = st.text(st.sampled_from(LETTERS + "ـًّٕٔ\u200c\u200f ﻣﻻ،.«»-a٢2"), max_size=40)


@given(written)
def test_the_span_of_a_word_holds_the_word_and_nothing_else(text: str) -> None:
    for word in words(text):
        assert forms(text[word.start : word.end], "folded") == [word.folded]


@given(written)
def test_words_are_in_order_and_never_overlap(text: str) -> None:
    found = list(words(text))
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(written)
def test_all_three_forms_have_the_same_number_of_words(text: str) -> None:
    assert len(forms(text, "plain")) == len(forms(text, "folded")) == len(forms(text, "stem"))


@given(written)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
