"""Marks are whole written words of the very text, snippets are cut between words."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.arabic.fold import folded
from app.arabic.words import words
from app.search import highlights, snippets
from app.search.query import Match, parse, unfinished

TEXT = "وقالت الناطقة باسم «الحديقة العامّة» إنّ الأخـبار عن المدينة، وأهلِ المدينة، كثيرة؛ وبالأخبار يبدأ اليوم."


def marked(text: str, q: str, match: Match = "stem") -> list[str]:
    return [text[mark.start : mark.end] for mark in highlights(text, parse(q, match))]


@pytest.mark.parametrize(
    ("q", "match", "found"),
    [
        ("أخبار", "stem", ["الأخـبار", "وبالأخبار"]),
        ("الاخبار", "normal", ["الأخـبار"]),
        ("الاخبار", "exact", []),
        ("الأخبار", "exact", ["الأخـبار"]),
        ('"الحديقة العامة"', "stem", ["الحديقة", "العامّة"]),
        ('"العامة الحديقة"', "stem", []),
        ("المدين", "normal", []),
        ("-المدينة", "stem", []),
    ],
)
def test_the_words_that_the_query_finds_are_marked(q: str, match: Match, found: list[str]) -> None:
    assert marked(TEXT, q, match) == found


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_composed_and_decomposed_texts_are_marked_alike(form: Literal["NFC", "NFD", "NFKD"]) -> None:
    text = unicodedata.normalize(form, "اجتمع رؤساء أحزاب سُوريّة")
    expected = [unicodedata.normalize(form, word) for word in ("رؤساء", "سُوريّة")]
    assert marked(text, "رئيس سوريا") == expected


def test_a_word_in_presentation_forms_is_marked_whole() -> None:
    assert marked("في ﻣﺪﺭﺳﺔ ﺍﻻﺣﻼﻡ", "مدرسة الاحلام") == ["ﻣﺪﺭﺳﺔ", "ﺍﻻﺣﻼﻡ"]


def test_an_unfinished_word_is_marked_whole() -> None:
    marks = highlights(TEXT, unfinished(parse("اخب المدين", "normal")))
    assert [TEXT[mark.start : mark.end] for mark in marks] == ["المدينة", "المدينة"]


def test_an_actor_is_marked_under_all_its_names() -> None:
    assert marked("قالت قوات سوريا الديمقراطية إن قسد", "SDF") == ["قوات", "سوريا", "الديمقراطية", "قسد"]


texts = st.text(st.sampled_from("ابتكلمويةأ ـّ،.\n«»ﻻa2"), max_size=120)
queries = st.text(st.sampled_from('ابتكلمويةأ "-«»a2'), max_size=20)
matches: st.SearchStrategy[Match] = st.sampled_from(["exact", "normal", "stem"])


@given(texts, queries, matches)
def test_every_mark_is_a_whole_word_of_the_text(text: str, q: str, match: Match) -> None:
    whole = {(word.start, word.end) for word in words(text)}
    assert set(highlights(text, parse(q, match))) <= whole


@given(texts, queries, st.integers(20, 80), st.integers(0, 4))
def test_snippets_are_cut_between_words_and_keep_their_length(text: str, q: str, length: int, count: int) -> None:
    marks = highlights(text, parse(q, "stem"))
    whole = [(word.start, word.end) for word in words(text)]
    found = snippets(text, marks, length=length, count=count)
    assert len(found) <= count
    for snippet in found:
        assert text[snippet.start : snippet.end] == snippet.text
        assert not any(start < cut < end for cut in (snippet.start, snippet.end) for start, end in whole)
        inside = [one for one in whole if snippet.start <= one[0] and one[1] <= snippet.end]
        assert len(snippet.text) <= length or len(inside) == 1
        for mark in snippet.marks:
            assert (snippet.start + mark.start, snippet.start + mark.end) in marks
    if marks and count:
        assert found[0].marks


@given(texts, queries, matches, st.sampled_from(["NFD", "NFKC", "tatweel"]))
def test_the_same_words_are_marked_however_they_are_written(text: str, q: str, match: Match, written: str) -> None:
    text = unicodedata.normalize("NFC", text)
    other = text.replace("ل", "لـ") if written == "tatweel" else unicodedata.normalize(written, text)  # type: ignore[arg-type]
    query = parse(q, match)
    one, another = ([folded(t[mark.start : mark.end]) for mark in highlights(t, query)] for t in (text, other))
    assert one == another
    for mark in highlights(other, query):
        assert mark.end == len(other) or not unicodedata.combining(other[mark.end])
