"""One key for the forms of a word, and different keys for different words."""

import pytest

from app.arabic.stem import stem
from app.arabic.words import forms


@pytest.mark.parametrize(
    "words",
    [
        "أخبار والأخبار بالأخبار خبر",
        "مدينة المدينة للمدينة بالمدينة مدن",
        "سوريا سورية السوري السوريين لسوريا وسوريا",
        "كتاب كتابهم الكتاب كتب",
        "رجل رجال",
        "مدرسة مدارس المدارس",
        "لاجئ لاجئون للاجئين",
        "قال فقال وقال",
        "ديمقراطية الديموقراطيين ديموقراطي",
        "مسؤول مسئولين",
        "أمريكا أميركية",
        "صاروخ بالصواريخ",
        "تصريح تصريحاته",
        "وسيقوم سيقوم يقوم",
        "قتلوهم قتلوا",
        "بيت بيتها بيوت",
        "قائد قادة قادتهم",
        "أمين الأمين",
    ],
)
def test_forms_of_a_word_share_a_stem(words: str) -> None:
    assert len(set(forms(words, "stem"))) == 1


@pytest.mark.parametrize("word", ["وزير", "بشار", "كتاب", "لسان", "فريق", "بيان", "لبنان", "فلسطين", "قانون", "سيار"])
def test_letters_of_the_word_itself_stay(word: str) -> None:
    assert stem(word) == word
    assert forms(f"ال{word} و{word} ل{word}", "stem") == [word] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علم", "عالم"),
        ("ألمانيا", "مانيا"),
        ("حلب", "كلب"),
        ("وفد", "فد"),
        ("طلب", "طالب"),
        ("علم", "إعلام"),
        ("علي", "عليها"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert forms(one, "stem") != forms(other, "stem")


def test_other_scripts_and_digits_stay_as_they_are() -> None:
    assert forms("Kobani 2018 ٢٠١٨ covid19", "stem") == ["kobani", "2018", "2018", "covid19"]
