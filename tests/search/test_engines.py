"""What any search engine of Qawl does: one suite, run on Postgres and on Meilisearch."""

from typing import Any

import pytest

from app.errors import InvalidRequest
from app.search import Answer, ArticleSearch, Searcher, StatementSearch
from app.search.cursor import read_cursor, write_cursor
from app.search.engine import Place
from tests.search.conftest import Opened
from tests.search.corpus import Page, Said


async def articles(searcher: Searcher, q: str, **more: Any) -> list[str]:
    return ids(await searcher.search(ArticleSearch.model_validate({"q": q, **more})))


async def statements(searcher: Searcher, q: str, **more: Any) -> list[str]:
    return ids(await searcher.search(StatementSearch.model_validate({"q": q, **more})))


def ids(answer: Answer) -> list[str]:
    return [hit.id for hit in answer.hits]


async def test_all_words_must_be_found(searching: Opened) -> None:
    searcher = await searching([Page("a", body="سقطت قذيفة على السوق"), Page("b", body="سقطت قذيفة على الجسر")])
    assert await articles(searcher, "قذيفة الجسر") == ["b"]
    assert await articles(searcher, "قذيفة المطار") == []


async def test_exact_comes_before_folded_before_stemmed(searching: Opened) -> None:
    searcher = await searching(
        [
            Page("stemmed", body="وبالأخبار وصلنا"),
            Page("folded", body="الاخبار وصلت"),
            Page("exact", body="الأخبار وصلت"),
        ]
    )
    assert await articles(searcher, "الأخبار") == ["exact", "folded", "stemmed"]
    assert await articles(searcher, "الأخبار", match="normal") == ["exact", "folded"]
    assert await articles(searcher, "الأخبار", match="exact") == ["exact"]


async def test_the_title_comes_before_the_body(searching: Opened) -> None:
    searcher = await searching(
        [Page("body", title="خبر", body="معرض الزهور"), Page("title", title="معرض الزهور", body="خبر")]
    )
    assert await articles(searcher, "معرض") == ["title", "body"]


async def test_words_near_each_other_come_before_words_far_apart(searching: Opened) -> None:
    between = "ثم جاء الناس من القرية إلى الساحة ومعهم أطفال كثيرون "
    searcher = await searching(
        [
            Page("far", body=f"معرض في البلدة {between * 3} الزهور", published="2019-01-02"),
            Page("near", body=f"{between} معرض الزهور {between * 2}", published="2019-01-01"),
        ]
    )
    for match in ("stem", "normal"):
        assert await articles(searcher, "معرض الزهور", match=match) == ["near", "far"], match


async def test_pages_of_what_nearness_orders_join_without_gap_or_double(searching: Opened) -> None:
    pages = [Page(f"p{at:02}", body="معرض " + "كبير " * (at % 7) + "الزهور") for at in range(75)]
    searcher = await searching(pages)
    found, cursor = [], None
    while True:
        answer = await searcher.search(ArticleSearch(q="معرض الزهور", limit=20, cursor=cursor))
        found += ids(answer)
        if not (cursor := answer.next_cursor):
            break
    assert sorted(found) == sorted(page.id for page in pages)
    assert found[:10] == ids(await searcher.search(ArticleSearch(q="معرض الزهور", limit=10)))


async def test_tashkeel_tatweel_and_letter_variants_do_not_matter(searching: Opened) -> None:
    searcher = await searching([Page("a", body="اجتمعَ مجلسُ المـديـنة أمس")])
    for q in ("مجلس المدينه", "مجلسُ المدينة", "أَمْسِ", "امس"):
        assert await articles(searcher, q, match="normal") == ["a"], q


async def test_a_phrase_is_its_words_in_order(searching: Opened) -> None:
    searcher = await searching([Page("a", body="لجنة الحديقة العامة"), Page("b", body="الحديقة وهي لجنة العامة")])
    for q in ('"لجنة الحديقة"', "«لجنة الحديقة»", "“لجنة الحديقة”"):
        for match in ("exact", "normal", "stem"):
            assert await articles(searcher, q, match=match) == ["a"], (q, match)


async def test_a_phrase_does_not_reach_from_the_title_into_the_body(searching: Opened) -> None:
    searcher = await searching([Page("a", title="لجنة", body="الحديقة")])
    assert await articles(searcher, '"لجنة الحديقة"') == []
    assert await articles(searcher, "لجنة الحديقة") == ["a"]


async def test_excluded_words_and_phrases_stay_out_in_every_form(searching: Opened) -> None:
    searcher = await searching(
        [Page("a", body="معرض الكتاب"), Page("b", body="معرض الزهور"), Page("c", body="معرض وبالزهور البيضاء")]
    )
    assert await articles(searcher, "معرض -الزهور") == ["a"]
    assert sorted(await articles(searcher, "معرض -الزهور", match="exact")) == ["a", "c"]
    assert sorted(await articles(searcher, 'معرض -"الزهور البيضاء"', match="stem")) == ["a", "b"]
    assert await articles(searcher, "-الزهور") == ["a"]


async def test_the_last_word_may_be_unfinished_where_it_is_found_nowhere_whole(searching: Opened) -> None:
    searcher = await searching([Page("a", body="معرض الياسمين الدمشقي"), Page("b", body="نور"), Page("c", body="نورس")])
    assert await articles(searcher, "نور") == ["b"]
    assert await articles(searcher, "معرض اليا", match="normal") == ["a"]
    assert await articles(searcher, "معرض اليا", match="exact") == []
    assert await articles(searcher, "اليا معرض", match="normal") == []


async def test_a_slip_is_forgiven_where_nothing_else_is_found(searching: Opened) -> None:
    searcher = await searching([Page("a", body="معرض الياسمين في الحديقة"), Page("b", body="علم المدرسة")])
    for q in ("الياسيمن", "الياسمن", "اليسامين", "الياسممين", "معرص الحديقة"):
        assert await articles(searcher, q) == ["a"], q
    assert await articles(searcher, "عالم") == []
    assert await articles(searcher, "الياسيمن", match="exact") == []


async def test_a_slip_that_the_corpus_makes_too_finds_what_is_meant(searching: Opened) -> None:
    pages = [Page(f"p{at:02}", body="معرض الياسمين") for at in range(60)]
    searcher = await searching([*pages, Page("slip", body="معرض الياسيمن")])
    answer = await searcher.search(ArticleSearch(q="الياسيمن", limit=100))
    assert answer.total == 61
    assert "slip" in ids(answer)
    assert await articles(searcher, "الياسيمن", match="exact") == ["slip"]


async def test_hits_as_written_come_first_then_folded_ones_then_stems(searching: Opened) -> None:
    searcher = await searching(
        [
            Page("stem", body="والأخبار", published="2019-01-03"),
            Page("folded", body="اخبار", published="2019-01-02"),
            Page("written", body="أخبار", published="2019-01-01"),
        ]
    )
    assert await articles(searcher, "أخبار") == ["written", "folded", "stem"]
    assert (await articles(searcher, "اخبار"))[2] == "stem"


async def test_an_actor_is_found_under_all_its_names(searching: Opened) -> None:
    searcher = await searching(
        [
            Page("a", body="دخلت قوات سوريا الديمقراطية البلدة"),
            Page("b", body="دخلت قسد البلدة"),
            Page("c", body="قوات أخرى"),
        ]
    )
    for q in ("قسد", "SDF", "قوات سوريا الديمقراطية", "لقسد"):
        assert sorted(await articles(searcher, q)) == ["a", "b"], q
    assert await articles(searcher, "قسد", match="normal") == ["b"]


async def test_latin_words_and_digits_are_found(searching: Opened) -> None:
    searcher = await searching([Page("a", body="منظمة Green Garden افتتحت ٢٥ حديقة")])
    for q in ("green", "25", "۲۵ حديقة", "Garden"):
        assert await articles(searcher, q) == ["a"], q


async def test_the_newest_and_the_oldest_first_undated_last(searching: Opened) -> None:
    days = {"a": "2018-11-01", "b": None, "c": "2017-01-01", "d": "2018-11-01"}
    searcher = await searching([Page(id, body="معرض", published=day) for id, day in days.items()])
    assert await articles(searcher, "معرض", sort="newest") == ["d", "a", "c", "b"]
    assert await articles(searcher, "معرض", sort="oldest") == ["c", "a", "d", "b"]
    assert await articles(searcher, "") == ["d", "a", "c", "b"]


async def test_among_equals_the_newest_comes_first(searching: Opened) -> None:
    days = {"a": "2018-11-01", "b": None, "c": "2019-01-01"}
    searcher = await searching([Page(id, body="معرض", published=day) for id, day in days.items()])
    assert await articles(searcher, "معرض") == ["c", "a", "b"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
async def test_cursors_walk_through_everything_once(searching: Opened, sort: str) -> None:
    days = [None, "2018-01-01", "2018-01-01", "2018-01-02", None, "2018-01-01", "2019-05-05"]
    searcher = await searching([Page(f"p{at}", body="معرض", published=day) for at, day in enumerate(days)])
    asked: dict[str, Any] = {"q": "معرض", "sort": sort, "limit": 2, "facets": ["source"]}
    whole = await articles(searcher, "معرض", sort=sort)
    walked: list[str] = []
    while True:
        answer = await searcher.search(ArticleSearch.model_validate(asked))
        assert (answer.total, answer.relation) == (7, "eq")
        assert answer.facets["source"][0].count == 7
        walked += ids(answer)
        if answer.next_cursor is None:
            break
        asked["cursor"] = answer.next_cursor
    assert walked == whole
    assert len(set(walked)) == 7


async def test_a_cursor_of_another_search_is_refused(searching: Opened) -> None:
    searcher = await searching([Page(str(at), body="معرض الزهور") for at in range(3)])
    answer = await searcher.search(ArticleSearch(q="معرض", limit=1))
    for other in (ArticleSearch(q="الزهور", cursor=answer.next_cursor), ArticleSearch(q="معرض", cursor="WzFd")):
        with pytest.raises(InvalidRequest):
            await searcher.search(other)


async def test_filters_and_facets_of_articles(searching: Opened) -> None:
    searcher = await searching(
        [
            Page(
                "a",
                body="معرض",
                source="one.example",
                published="2018-11-25",
                statements=[Said("s1", "سنفتح الباب", "سلمى")],
            ),
            Page(
                "b",
                body="معرض",
                source="two.example",
                published="2017-03-01",
                statements=[Said("s2", "لن نفتح", "رامز")],
            ),
            Page("c", body="معرض", source="two.example", published=None),
        ]
    )
    assert await articles(searcher, "معرض", source=["one.example"]) == ["a"]
    assert await articles(searcher, "معرض", speaker=["رامز"]) == ["b"]
    assert await articles(searcher, "معرض", speaker=["sp-سلمى"]) == ["a"]
    assert await articles(searcher, "معرض", speaker=["لا أحد"]) == []
    assert await articles(searcher, "معرض", published_from="2017-03-01", published_to="2018-11-25") == ["b"]
    answer = await searcher.search(ArticleSearch(q="معرض", facets=["source", "speaker", "year", "month"]))
    counted = {facet: {one.value: one.count for one in counts} for facet, counts in answer.facets.items()}
    assert counted == {
        "source": {"two.example": 2, "one.example": 1},
        "speaker": {"sp-سلمى": 1, "sp-رامز": 1},
        "year": {"2017": 1, "2018": 1},
        "month": {"2017-03": 1, "2018-11": 1},
    }
    assert {one.label for one in answer.facets["speaker"]} == {"سلمى", "رامز"}


async def test_filters_and_facets_of_statements(searching: Opened) -> None:
    said = [
        Said("s1", "سنفتح باب الحديقة", "سلمى", kind="direct", stance="announce", channel="agency", confidence=0.9),
        Said("s2", "لن نفتح باب الحديقة", "رامز", kind="indirect", stance="deny", confidence=0.4),
        Said("s3", "باب الحديقة مفتوح", "سلمى", kind="direct", stance="assert", repeats="s1"),
    ]
    searcher = await searching([Page("a", body="خبر", statements=said)])
    assert sorted(await statements(searcher, "الحديقة")) == ["s1", "s2"]
    assert sorted(await statements(searcher, "الحديقة", duplicates=True)) == ["s1", "s2", "s3"]
    assert await statements(searcher, "الحديقة", kind=["direct"]) == ["s1"]
    assert await statements(searcher, "الحديقة", stance=["deny", "threaten"]) == ["s2"]
    assert await statements(searcher, "الحديقة", channel=["agency"]) == ["s1"]
    assert await statements(searcher, "الحديقة", min_confidence=0.5) == ["s1"]
    assert await statements(searcher, "الحديقة", speaker=["سلمى"]) == ["s1"]
    answer = await searcher.search(StatementSearch(q="الحديقة", facets=["kind", "stance", "speaker"]))
    assert {one.value: one.count for one in answer.facets["kind"]} == {"direct": 1, "indirect": 1}
    assert {one.value for one in answer.facets["stance"]} == {"announce", "deny"}


HALAB, RAQQA = ["C1007", "SY02"], ["C5710", "SY11"]


async def test_statements_by_party_place_and_role(searching: Opened) -> None:
    said = [
        Said("s1", "سنفتح باب الحديقة", "سلمى", role="مديرة الحديقة العامة", party="نادي القراء", places=HALAB),
        Said("s2", "لن نفتح باب الحديقة", "رامز", role="حارس المدرسة", places=[*HALAB, *RAQQA]),
        Said("s3", "باب الحديقة مفتوح", "هاني", party="نادي القراء"),
    ]
    searcher = await searching([Page("a", body="خبر", statements=said)])
    assert sorted(await statements(searcher, "الحديقة", party=["نادي القراء"])) == ["s1", "s3"]
    assert await statements(searcher, "الحديقة", party=["لا حزب"]) == []
    assert sorted(await statements(searcher, "الحديقة", governorate=["حلب"])) == ["s1", "s2"]
    assert await statements(searcher, "الحديقة", place=["الرقة"]) == ["s2"]
    assert await statements(searcher, "الحديقة", place=["C1007"], governorate=["SY11"]) == ["s2"]
    for role in ("مدير", "المديرة", "حديقة مديرة"):
        assert await statements(searcher, "باب", role=[role]) == ["s1"], role
    assert sorted(await statements(searcher, "باب", role=["حارس", "مديرة"])) == ["s1", "s2"]
    assert await statements(searcher, "باب", role=["مديرة المدرسة"]) == []
    assert await statements(searcher, "باب", role=["؟"]) == []
    answer = await searcher.search(StatementSearch(q="الحديقة", facets=["party", "governorate"]))
    counted = {facet: {one.label: one.count for one in counts} for facet, counts in answer.facets.items()}
    assert counted == {"party": {"نادي القراء": 2}, "governorate": {"حلب": 2, "الرقة": 1}}


async def test_articles_by_party_and_place(searching: Opened) -> None:
    said = [Said("s1", "سنفتح باب الحديقة", "سلمى", party="نادي القراء"), Said("s2", "لن نفتح", "سلمى")]
    searcher = await searching(
        [
            Page("a", body="معرض", statements=said, places=HALAB),
            Page("b", body="معرض", places=[*HALAB, *RAQQA]),
            Page("c", body="معرض"),
        ]
    )
    assert await articles(searcher, "معرض", party=["نادي القراء"]) == ["a"]
    assert sorted(await articles(searcher, "معرض", place=["حلب"])) == ["a", "b"]
    assert await articles(searcher, "معرض", governorate=["SY11"]) == ["b"]
    answer = await searcher.search(ArticleSearch(q="معرض", facets=["party", "governorate"]))
    counted = {facet: {one.label: one.count for one in counts} for facet, counts in answer.facets.items()}
    assert counted == {"party": {"نادي القراء": 1}, "governorate": {"حلب": 2, "الرقة": 1}}


async def test_a_cursor_of_another_engine_fits_no_order_of_relevance(searching: Opened) -> None:
    searcher = await searching([Page(str(at), body="معرض الزهور") for at in range(3)])
    first = ArticleSearch(q="معرض", limit=1)
    for sort, fits in (("relevance", False), ("newest", True)):
        wanted = first.model_copy(update={"sort": sort})
        place = (await searcher.search(wanted)).next_cursor
        assert place
        stranger = write_cursor(
            wanted, "elsewhere", read_cursor(wanted.model_copy(update={"cursor": place})) or Place()
        )
        going_on = wanted.model_copy(update={"cursor": stranger})
        if fits:
            assert (await searcher.search(going_on)).hits
        else:
            with pytest.raises(InvalidRequest):
                await searcher.search(going_on)


async def test_statements_are_searched_in_what_was_said_by_whom_and_in_which_role(searching: Opened) -> None:
    said = [
        Said("content", "يكتب رامز كل يوم", "سلمى"),
        Said("speaker", "نكتب كل يوم", "رامز"),
        Said("role", "نقرأ كل يوم", "سلمى", role="مساعدة رامز"),
    ]
    searcher = await searching([Page("a", body="خبر", statements=said)])
    assert sorted(await statements(searcher, "رامز")) == ["content", "role", "speaker"]
    for part in ("content", "speaker", "role"):
        assert await statements(searcher, "رامز", **{"in": [part]}) == [part]
    assert await statements(searcher, "رامز نكتب") == ["speaker"]


ODD = ["\\", "'", "';--", "a:*", "!&|()<->", "%", "ـــ", "﷽ ﷲ", "x" * 500, "🙂", "- -", '"" «»', "ا" * 499]


async def test_signs_without_a_word_find_nothing_and_an_empty_query_everything(searching: Opened) -> None:
    searcher = await searching([Page("a", body="معرض الكتاب")])
    for q in ("😀", '"', "-", "؟!"):
        assert await articles(searcher, q) == [], q
    for q in ("", "  "):
        assert await articles(searcher, q) == ["a"], q


async def test_odd_queries_are_answered(searching: Opened) -> None:
    searcher = await searching([Page("a", body="معرض الزهور")])
    for q in ODD:
        for match in ("exact", "normal", "stem"):
            await articles(searcher, q, match=match)
    assert await statements(searcher, "", source=['"] OR id EXISTS OR id IN ["', "\\"]) == []


async def test_a_long_question_finds_what_has_most_of_it_best_first(searching: Opened) -> None:
    searcher = await searching(
        [
            Page("best", body="افتتحت جمعية الياسمين معرض الزهور السنوي في حديقة المدينة يوم الجمعة الماضي"),
            Page("some", body="حديقة المدينة مغلقة"),
            Page("none", body="أسعار الخبز ترتفع"),
        ]
    )
    claim = "جمعية الياسمين افتتحت يوم الجمعة معرضها السنوي للزهور وسط حضور كبير من أهالي المدينة وضيوف الحديقة الجديدة"
    found = await articles(searcher, claim)
    assert found[0] == "best"
    assert "none" not in found
    assert (await articles(searcher, "من افتتح معرض الزهور؟"))[:1] == ["best"]
    assert await articles(searcher, "متى يفتح معرض الزهور؟") == ["best"]
    assert "best" not in await articles(searcher, f"{claim} -السنوي")
    assert await articles(searcher, claim, source=["other.example"]) == []


async def test_a_sentence_finds_other_reports_beside_the_one_with_all_its_words(searching: Opened) -> None:
    sentence = "افتتحت بلدية المدينة القديمة معرض الزهور السنوي في الحديقة العامة"
    searcher = await searching(
        [
            Page("same", body=f"{sentence} صباح الخميس"),
            Page("other", body="بدأ صباح الخميس معرض الزهور في حديقة المدينة القديمة، وقالت البلدية إنه سنوي"),
            Page("stranger", body="وصل الفريق إلى المطار"),
        ]
    )
    assert await articles(searcher, sentence) == ["same", "other"]
    assert await articles(searcher, sentence.replace("معرض الزهور السنوي", '"معرض الزهور السنوي"')) == ["same", "other"]
    assert await articles(searcher, '"معرض الزهور السنوي" الحديقة') == ["same"]
