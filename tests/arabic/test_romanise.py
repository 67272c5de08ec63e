"""Latin spellings: made for reading, and met by ear whichever is typed."""

import pytest

from app.arabic.romanise import is_latin, romanised, sounds


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("القامشلي", ["Qamishli", "Kamishly", "al-Qamishli", "Qāmišlī"]),
        ("أحمد", ["Ahmad", "Ahmed", "Aḥmad"]),
        ("الرقة", ["Raqqa", "Ar-Raqqah", "Rakka", "al-Raqqa"]),
        ("دير الزور", ["Deir ez-Zor", "Dayr az-Zawr", "Deir al-Zour"]),
        ("خالد", ["Khaled", "Khalid", "Haled"]),
    ],
)
def test_spellings_of_one_name_sound_alike_in_both_scripts(arabic: str, latin: list[str]) -> None:
    heard = sounds(arabic)
    assert [sounds(one) for one in latin] == [heard] * len(latin)


def test_different_names_sound_different() -> None:
    assert len({sounds(name) for name in ("حلب", "حمص", "دمشق", "منبج", "الرقة")}) == 5


def test_a_name_is_written_with_the_vowels_of_known_names() -> None:
    assert romanised("حقي كوباني") == ["Haqi Kobani"]
    assert romanised("بشار السرحان")[0].startswith("Bashar al-")
    assert romanised("SDF") == []


def test_what_is_typed_is_latin_or_not() -> None:
    assert is_latin("Kobanê")
    assert not is_latin("كوباني Kobani")
    assert not is_latin("123")
