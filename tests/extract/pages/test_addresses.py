"""One address for every spelling of it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract.pages import canonical_url
from app.extract.pages.addresses import date_in_url, site_of

CANONICAL = "https://akhbar.example/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/1"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://akhbar.example/سوريا/1",
        "HTTPS://www.Akhbar.Example:443/سوريا/1/",
        "//m.akhbar.example/%d8%b3%d9%88%d8%b1%d9%8a%d8%a7/1#comments",
        "http://mobile.akhbar.example:80/سوريا/1?utm_source=x&fbclid=y",
        "  https://akhbar.example/سوريا/1?  ",
        "https://amp.akhbar.example/سوريا/1/amp/",
        "https://akhbar.example/سوريا/1/index.html?amp=1#top",
        "https://akhbar.example/سوريا/1/INDEX.PHP",
        "https://akhbar.example/سوريا/1;jsessionid=0A1B?PHPSESSID=c2&amp;utm_medium=x",
    ],
)
def test_spellings_of_one_address_are_one(spelling: str) -> None:
    assert canonical_url(spelling) == CANONICAL


def test_arabic_letters_composed_and_not_are_one() -> None:
    assert canonical_url("https://a.example/\u0627\u0654") == canonical_url("https://a.example/\u0623")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x", "https://a.example:8443/x"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://m.example/x", "https://example/x"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example/index/1", "https://a.example/1"),
        ("https://a.example/tag/amp", "https://a.example/tag"),
        ("https://a.example/?page=index.html", "https://a.example/"),
        ("https://a.example/#!/news/1", "https://a.example/#!/news/2"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_a_host_in_arabic_letters_is_the_same_as_browsers_write_it() -> None:
    assert canonical_url("http://موقع.مصر/a") == canonical_url("https://xn--4gbrim.xn--wgbh1c/a")
    assert site_of("http://www.موقع.مصر/a") == "xn--4gbrim.xn--wgbh1c"


@pytest.mark.parametrize(
    "endless",
    [
        "https://" + "".join(map(chr, range(0x4E00, 0x4E00 + 8000))),
        "https://a.example/x" + "/" * 200_000,
        "https://a.example/x" + "/amp" * 50_000,
    ],
)
def test_endless_addresses_take_no_time_out_of_proportion(endless: str) -> None:
    begun = process_time()
    once = canonical_url(endless)
    assert process_time() - begun < 1
    assert canonical_url(once) == once


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://a.example/?b=2&a=1") == canonical_url("https://a.example/?a=1&b=2&gclid=z")


def test_what_is_no_web_address_comes_back_as_it_is() -> None:
    assert canonical_url(" file:///tmp/a ") == "file:///tmp/a"
    assert canonical_url("http://[") == "http://["


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"https?://[a-zA-Z.]{1,20}(:\d{1,5})?/[^\s]{0,40}(\?[^\s]{0,40})?", fullmatch=True),
        st.from_regex(
            r"https?://((www|m|amp|mobile)\.){0,3}a\.example(/(amp|index\.html|Index\.PHP|%2F|%61mp|x|ب)?){0,5}(\?amp)?",
            fullmatch=True,
        ),
    )
)
def test_a_canonical_address_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_the_site_is_the_host_without_www() -> None:
    assert site_of("http://WWW.anapress.example/a/1") == "anapress.example"
    assert site_of("no address") is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2016/12/20/x", (2016, 12, 20)),
        ("/news/2016-12-20-x", (2016, 12, 20)),
        ("/news/x_2016_12_20.html", (2016, 12, 20)),
        ("/2016/12/x", (2016, 12, None)),
        ("/2013/middle_east/8/3/x", (2013, 8, 3)),
    ],
)
def test_a_path_may_hold_a_date(path: str, day: tuple[int, int, int | None]) -> None:
    found = date_in_url("https://a.example" + path)
    assert found is not None
    assert found[1:] == day


@pytest.mark.parametrize("path", ["/291111897751641", "/2016/31/12", "/a?d=2016/12/20", "/20161220345"])
def test_other_numbers_in_an_address_are_no_date(path: str) -> None:
    assert date_in_url("https://a.example" + path) is None
