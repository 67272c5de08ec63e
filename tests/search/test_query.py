"""What was typed is read as it was meant."""

import pytest
from pydantic import ValidationError

from app.arabic.lists import entries
from app.arabic.names import canonical_name
from app.arabic.words import forms
from app.search import ArticleSearch, StatementSearch
from app.search.entities import AMBIGUOUS, entities
from app.search.query import parse


def read(q: str) -> tuple[list[str], list[list[str]], list[list[str]]]:
    query = parse(q, "normal")
    return (
        [word.plain for word in query.words],
        [[word.plain for word in phrase] for phrase in query.phrases],
        [[word.plain for word in phrase] for phrase in query.excluded],
    )


@pytest.mark.parametrize(
    ("q", "words", "phrases", "excluded"),
    [
        ('معرض "الزهور البيضاء" -خريف', ["معرض"], [["الزهور", "البيضاء"]], [["خريف"]]),
        ("«الزهور البيضاء» “في الربيع” ''لا غير''", [], [["الزهور", "البيضاء"], ["في", "الربيع"], ["لا", "غير"]], []),
        ('-"في الربيع" −«لا غير»', [], [], [["في", "الربيع"], ["لا", "غير"]]),
        ("دمشق-حلب - حمص", ["دمشق", "حلب", "حمص"], [], []),
        ('معرض "الزهور', ["معرض", "الزهور"], [], []),
        ('"" - «»', [], [], []),
    ],
)
def test_words_phrases_and_exclusions(
    q: str, words: list[str], phrases: list[list[str]], excluded: list[list[str]]
) -> None:
    assert read(q) == (words, phrases, excluded)


@pytest.mark.parametrize(
    "wrong", [{"q": "a\x00b"}, {"q": "ا" * 501}, {"limit": 0}, {"limit": 101}, {"match": "fuzzy"}, {"qq": "x"}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    for model in (ArticleSearch, StatementSearch):
        with pytest.raises(ValidationError):
            model.model_validate(wrong)


def test_an_actors_name_that_is_ambiguous_among_other_words_is_not_taken_for_the_actor() -> None:
    for name in entries(AMBIGUOUS):
        assert canonical_name(name), f"{name} is no actor's name, so the list need not hold it"
        words = forms(name, "folded")
        assert all((one.start, one.end) != (0, len(words)) for one in entities(words)), name


def keys(q: str) -> set[str]:
    return {one.key for one in entities(forms(q, "folded"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سلقين", "Salqin"),
        ("سلقين", "Selqin"),
        ("كفر نبل", "كفرنبل"),
        ("كفر نبل", "Kafr Nabl"),
        ("معرة النعمان", "Maarrat al-Numan"),
        ("جيش الإسلام", "Jaysh al-Islam"),
        ("أبو بكر", "أبي بكر"),
        ("أبوبكر", "أبا بكر"),
        ("نورالدين", "نور الدين"),
        ("القاهرة", "Cairo"),
    ],
)
def test_the_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"), [("الحميدية", "Ahmed"), ("سلامين", "Salman"), ("سعاد", "said"), ("أبواب", "أبو اب")]
)
def test_a_name_that_only_resembles_another_has_its_own_key(one: str, other: str) -> None:
    assert not keys(one) & keys(other)
