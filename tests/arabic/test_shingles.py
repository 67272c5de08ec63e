"""Signatures of texts: what is alike has a band in common, what is not has none."""

from app.arabic.shingles import BANDS, signature

WORDS = [f"كلمه{number}".encode() for number in range(200)]
OTHERS = [f"لفظ{number}".encode() for number in range(200)]


def test_the_same_words_give_the_same_signature_and_other_words_share_nothing() -> None:
    one, again, other = signature(WORDS), signature(list(WORDS)), signature(OTHERS)
    assert one == again
    assert len(one.bands) == BANDS
    assert not set(one.shingles) & set(other.shingles)
    assert not set(one.bands) & set(other.bands)


def test_a_report_with_another_opening_and_a_shorter_end_shares_a_band() -> None:
    copy = OTHERS[:8] + WORDS[5:150]
    assert set(signature(copy).bands) & set(signature(WORDS).bands)


def test_numbers_are_what_a_column_of_32_bits_holds() -> None:
    made = signature(WORDS)
    assert all(-(2**31) <= number < 2**31 for number in (*made.shingles, *made.bands))
    assert made.shingles == sorted(set(made.shingles))


def test_a_line_or_two_is_compared_with_nothing() -> None:
    assert signature(WORDS[:12]).bands == []
    assert signature(WORDS[:3]).shingles == []
    assert signature([]).shingles == []
