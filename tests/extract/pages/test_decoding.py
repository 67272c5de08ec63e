"""Bytes become text, whatever the page says or hides about its character set."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract.pages import PageRejected, decode

NEWS = "أعلن المجلس في المدينة أن المياه ستعود إلى الأحياء الغربية خلال يومين، وقال إن العمل مستمر.\n" * 3


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1256", "windows-1256"),
        ("iso8859-6", "iso-8859-6"),
    ],
)
def test_an_undeclared_character_set_is_found(encoding: str, charset: str) -> None:
    decoded = decode(NEWS.encode(encoding))
    assert (decoded.text, decoded.charset, decoded.repairs) == (NEWS, charset, [])


def test_the_declared_character_set_is_used() -> None:
    decoded = decode("سوريا".encode("cp1256"), declared_charset="windows-1256")
    assert (decoded.text, decoded.declared_charset) == ("سوريا", "windows-1256")


def test_a_false_declaration_is_passed_over_and_recorded() -> None:
    decoded = decode(NEWS.encode(), declared_charset="windows-1256")
    assert decoded.text == NEWS
    assert decoded.charset == "utf-8"
    assert decoded.repairs


def test_latin_declared_for_arabic_bytes_is_read_as_arabic() -> None:
    decoded = decode(NEWS.encode("cp1256"), declared_charset="iso-8859-1")
    assert (decoded.text, decoded.charset) == (NEWS, "windows-1256")


def test_an_unknown_declaration_does_no_harm() -> None:
    assert decode(NEWS.encode(), declared_charset="x-no-such-set").text == NEWS


@pytest.mark.parametrize("misread_as", ["latin-1", "cp1256"])
def test_mojibake_is_undone_when_all_of_it_goes_back(misread_as: str) -> None:
    decoded = decode(NEWS.encode().decode(misread_as).encode())
    assert decoded.text == NEWS
    assert len(decoded.repairs) == 1


def test_a_page_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    decoded = decode(NEWS.encode()[:-3])
    assert decoded.text.startswith(NEWS[:-3])
    assert decoded.repairs


def test_nul_is_replaced_because_postgres_cannot_store_it() -> None:
    decoded = decode((NEWS + "\x00").encode())
    assert decoded.text == NEWS + "\ufffd"
    assert decoded.repairs


@pytest.mark.parametrize("raw", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", bytes(range(32)) * 40])
def test_binary_data_is_no_text(raw: bytes) -> None:
    with pytest.raises(PageRejected) as rejected:
        decode(raw)
    assert rejected.value.reason == "not_text"
    assert rejected.value.detail


def test_comments_above_a_page_take_no_time_out_of_proportion() -> None:
    begun = process_time()
    assert decode(b"<!---->" * 100 + b"<html>" + NEWS.encode()).text.endswith(NEWS)
    assert process_time() - begun < 1


def test_bytes_that_fit_nothing_are_undecodable() -> None:
    with pytest.raises(PageRejected) as rejected:
        decode(bytes((i * 7919 % 127) + 128 for i in range(5000)))
    assert rejected.value.reason == "undecodable"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff")))
def test_nothing_of_a_declared_text_is_lost(text: str) -> None:
    arabic = NEWS + text.translate(dict.fromkeys((*range(32), 127), " "))
    assert decode(arabic.encode(), declared_charset="utf-8").text == arabic


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "hex", "idna", "windows-1256", "\x00"]))
def test_any_bytes_give_a_text_or_a_reason(raw: bytes, declared: str | None) -> None:
    try:
        assert "\x00" not in decode(raw, declared_charset=declared).text
    except PageRejected as rejected:
        assert rejected.reason in ("undecodable", "not_text")
