"""Text dumps of layouts other than the sample's, and dumps that are no article."""

import textwrap

import pytest

from app.corpus.fields import Page
from app.extract.pages import MAX_PAGE_BYTES, PageRejected, read_page

TITLE = "بلدية الضفة تفتح الجسر الخشبي أمام المشاة"
FIRST = "فتحت بلدية الضفة، اليوم الأحد، الجسر الخشبي أمام المشاة بعد ترميم استمر ثلاثة أشهر على نفقة الأهالي."
SECOND = 'وقال المهندس عامر السنبلاني إن الجسر "صار أقوى مما كان"، وأضاف أن السيارات لن تمر عليه قبل الربيع.'
THIRD = "وطالبت المعلمة هند القطيفاني بإنارة الطريق المؤدي إلى الجسر، مشيرة إلى أن التلاميذ يعبرونه قبل شروق الشمس."
HEADLINES = [
    "سوق الخميس يعود إلى ساحة البلدة القديمة",
    "أمطار غزيرة على الساحل ليومين",
    "فريق الطائرة يفوز ببطولة المدارس",
    "افتتاح ورشة لتعليم النجارة",
]


def read(*lines: str) -> Page:
    return read_page("\n".join(lines).encode())


def texts(page: Page, kind: str) -> list[str]:
    return [page.text[zone.start : zone.end] for zone in page.zones if zone.kind == kind]


def test_title_date_author_and_paragraphs_without_navigation() -> None:
    page = read(
        TITLE, "الأحد 3 آذار 2013", "كتب: سليم العرنوس", "", FIRST, "", SECOND, "", "المصدر: وكالات", "وسوم: جسر، نهر"
    )
    assert (page.title, page.author) == (TITLE, "سليم العرنوس")
    assert texts(page, "date") == ["الأحد 3 آذار 2013"]
    assert texts(page, "body") == [FIRST, SECOND]
    assert texts(page, "other") == ["المصدر: وكالات", "وسوم: جسر، نهر"]


def test_paragraphs_without_blank_lines_between() -> None:
    page = read(TITLE, FIRST, SECOND, THIRD)
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_a_title_below_navigation_and_beside_its_date() -> None:
    page = read("الرئيسية", "أخبار", *HEADLINES, TITLE, "3/3/2013 | 14:30", "", FIRST, "", SECOND)
    assert page.title == TITLE
    assert page.time_printed == "14:30"
    assert texts(page, "nav") == ["\n".join(["الرئيسية", "أخبار", *HEADLINES])]


def test_the_name_of_the_site_is_not_the_title_though_it_stands_there_twice() -> None:
    page = read("شبكة ضفة النهر الإخبارية", "", TITLE, "", FIRST, "", SECOND, "", "شبكة ضفة النهر الإخبارية")
    assert page.title == TITLE


def test_a_page_without_a_title_has_none() -> None:
    page = read(FIRST, "", SECOND)
    assert page.title is None
    assert texts(page, "body") == [FIRST, SECOND]


@pytest.mark.parametrize("heading", ["اقرأ أيضاً", "إقرأ أيضا:", "شاهد أيضاً", "مواضيع ذات صلة", "اقرأ/ي أيضًا:"])
def test_links_to_other_articles_between_paragraphs_are_no_body(heading: str) -> None:
    page = read(TITLE, "", FIRST, "", heading, HEADLINES[0], HEADLINES[1], "", SECOND)
    assert texts(page, "related") == ["\n".join([heading, HEADLINES[0], HEADLINES[1]])]
    assert texts(page, "body") == [FIRST, SECOND]


def test_a_headline_on_the_line_of_its_heading_takes_no_other_line() -> None:
    page = read(TITLE, "", FIRST, "", "اقرأ أيضاً: " + HEADLINES[0], "", "بعد الترميم", "", SECOND)
    assert texts(page, "related") == ["اقرأ أيضاً: " + HEADLINES[0]]
    assert texts(page, "subheading") == ["بعد الترميم"]


def test_a_subheading_after_links_that_stand_together_stays_one() -> None:
    page = read(TITLE, "", FIRST, "", "اقرأ أيضاً:", *HEADLINES[:2], "", "بعد الترميم", "", SECOND)
    assert texts(page, "subheading") == ["بعد الترميم"]


def test_a_pull_quote_takes_its_attribution_along() -> None:
    quote = "صار أقوى مما كان، وأضاف أن السيارات لن تمر عليه"
    page = read(TITLE, "", FIRST, "", SECOND, "", quote, "عامر السنبلاني", "", THIRD)
    assert texts(page, "pull_quote") == [quote + "\nعامر السنبلاني"]
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_comments_are_no_body() -> None:
    page = read(
        TITLE,
        "",
        FIRST,
        "",
        SECOND,
        "",
        "التعليقات",
        "زائر",
        "قال لي جاري إن الجسر سيغلق غداً من جديد كما أغلق قبل عام.",
    )
    assert texts(page, "body") == [FIRST, SECOND]
    assert len(texts(page, "comment")) == 1


def test_share_buttons_reading_time_and_footer_are_no_body() -> None:
    page = read(
        TITLE, "مدة القراءة: دقيقتان", "", FIRST, "", SECOND, "شارك على فيسبوك", "طباعة", "© 2013 جميع الحقوق محفوظة"
    )
    assert texts(page, "body") == [FIRST, SECOND]
    assert texts(page, "ui") == ["مدة القراءة: دقيقتان", "شارك على فيسبوك", "طباعة"]


def test_headlines_below_the_article_are_navigation() -> None:
    page = read(TITLE, "", FIRST, "", SECOND, "", "الأكثر قراءة", *HEADLINES)
    assert texts(page, "body") == [FIRST, SECOND]
    assert texts(page, "nav") == ["\n".join(["الأكثر قراءة", *HEADLINES])]


def test_bullets_belong_to_the_body() -> None:
    page = read(TITLE, "", FIRST, "", "وطلبت البلدية:", "- إنارة الطريق", "- ترميم الدرج", "", SECOND)
    assert texts(page, "body") == [FIRST, "وطلبت البلدية:", "- إنارة الطريق", "- ترميم الدرج", SECOND]


@pytest.mark.parametrize(
    ("line", "views"),
    [("548 مشاهدة", 548), ("عدد المشاهدات: ١٬٢٠٤", 1204), ("القراءات 1,204", 1204), ("1.2K مشاهدة", 1200)],
)
def test_views_are_counted_in_every_form(line: str, views: int) -> None:
    assert read(TITLE, line, "", FIRST, "", SECOND).views == views


def test_line_ends_of_windows_stay_in_the_text_and_out_of_the_zones() -> None:
    page = read_page(f"{TITLE}\r\n\r\n{FIRST}\r\n\r\n{SECOND}\r\n".encode())
    assert page.text.count("\r\n") == 5
    assert texts(page, "body") == [FIRST, SECOND]


def test_the_day_above_the_navigation_is_no_date_of_publication() -> None:
    page = read("الثلاثاء , 17 سبتمبر 2024", "الرئيسية", *HEADLINES, "", TITLE, "", FIRST, "", SECOND)
    assert page.published.at is None


def test_the_date_of_another_article_below_is_not_that_of_this_one() -> None:
    page = read(TITLE, "", FIRST, "", SECOND, "", "اقرأ أيضاً", HEADLINES[0], "2021-03-12")
    assert page.published.at is None


@pytest.mark.parametrize("headline", [TITLE, "حديث الأربعاء"])
def test_the_name_above_the_date_is_not_the_title(headline: str) -> None:
    page = read(headline, "سلوى المختلقة", "14 مارس 2021", "", FIRST, "", SECOND)
    assert page.title == headline


def test_a_headline_as_long_as_a_paragraph_is_the_title() -> None:
    headline = f"{TITLE} بعد ترميم استمر ثلاثة أشهر على نفقة الأهالي وسط مطالبة بإنارة الطريق المؤدي إليه من الجهتين"
    page = read(headline, "", "25", "", FIRST, "", SECOND)
    assert page.title == headline
    assert texts(page, "body") == [FIRST, SECOND]


def test_what_a_picture_shows_below_the_date_is_not_the_title() -> None:
    page = read(
        TITLE, "", "14 مارس 2021", "", "المهندس عامر السنبلاني", "", "كتب- سليم العرنوس:", "", FIRST, "", SECOND
    )
    assert (page.title, page.author) == (TITLE, "سليم العرنوس")
    assert texts(page, "body") == [FIRST, SECOND]


def test_salutations_above_a_speech_are_its_own() -> None:
    salutations = ["سكان الضفة", "أعضاء اللجنة", "السيدات والسادة"]
    page = read(TITLE, "14 مارس 2021", *(f"\n{line}" for line in salutations), "", FIRST, "", SECOND)
    assert all(line in page.body for line in salutations)


def test_what_a_picture_shows_printed_twice_is_neither_title_nor_body() -> None:
    page = read(TITLE, "", "الجسر الخشبي", "الجسر الخشبي القديم في الضفة", "", FIRST, "", SECOND)
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND]


def test_a_sentence_between_the_date_and_an_agency_s_first_words_is_a_caption() -> None:
    caption, opening = "الجسر الخشبي قبل ترميمه بأيام قليلة.", f"الضفة، الوادي (CNN) -- {FIRST}"
    page = read(TITLE, "14 مارس 2021", caption, "", opening, "", SECOND)
    assert page.caption == caption
    assert texts(page, "body") == [opening, SECOND]


def test_an_invitation_to_the_channel_is_no_body() -> None:
    invitation = "تابعوا آخر الأخبار المحلية والسياسية عبر تطبيق تلغرام على الرابط: https://t.me/manara"
    page = read(TITLE, "", FIRST, "", invitation, "", SECOND)
    assert texts(page, "body") == [FIRST, SECOND]
    assert texts(page, "ui") == [invitation]


@pytest.mark.parametrize(
    "news",
    [
        "تابعوا سيرهم نحو الجسر حتى المساء، ثم عادوا إلى بيوتهم قبل أن يشتد المطر.",
        "اشترك مجلس الضفة في توقيع رسالة مفتوحة إلى البلدية تطالب بإنارة الجسر قبل الشتاء.",
        "انضموا إلى صفحة جديدة من تاريخ القرية، كما قال العمدة وهو يقص الشريط على الجسر.",
        "لمتابعة تطبيق ما اتفق عليه سكان الضفتين شكلت البلدية لجنة من خمسة أعضاء.",
    ],
)
def test_people_who_follow_or_join_something_are_news(news: str) -> None:
    assert texts(read(TITLE, "", FIRST, "", news, "", SECOND), "body") == [FIRST, news, SECOND]


def test_headlines_on_one_line_with_wide_gaps_are_navigation() -> None:
    ticker = "    ".join([*HEADLINES, "مجلس الحي يعد بإنارة الطرقات، والسكان ينتظرون الوفاء بما قيل لهم"])
    page = read(ticker, TITLE, "", FIRST, "", SECOND)
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND]


def test_a_text_printed_twice_is_a_body_once() -> None:
    page = read(TITLE, "", FIRST, SECOND, "سلوى المختلقة", FIRST, SECOND, "سلوى المختلقة")
    assert texts(page, "body") == [FIRST, SECOND]
    assert "subheading" not in [zone.kind for zone in page.zones]


def test_a_refrain_is_kept_as_often_as_it_stands_there() -> None:
    refrain = "والجسر باق كما كان."
    page = read(TITLE, "", FIRST, refrain, SECOND, refrain, THIRD)
    assert texts(page, "body") == [FIRST, refrain, SECOND, refrain, THIRD]


def test_lines_broken_at_one_length_are_their_paragraphs() -> None:
    paragraphs = [FIRST, SECOND, THIRD]
    page = read(TITLE, "14 مارس 2021", *(line for text in paragraphs for line in textwrap.wrap(text, 70)))
    assert [" ".join(text.split()) for text in texts(page, "body")] == paragraphs


def test_headlines_of_one_length_stay_apart() -> None:
    longer = [f"{headline} ابتداء من صباح الأحد المقبل" for headline in HEADLINES]
    page = read(*longer, "", TITLE, "", FIRST, "", SECOND)
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND]


def test_headlines_as_long_as_a_sentence_stay_apart_from_it() -> None:
    headline = f"{TITLE} بعد ترميم استمر أشهراً"
    subheading = "سكان القرية يطالبون بإنارة الطريق المؤدي إلى الجسر قبل الشتاء"
    first = "فتحت بلدية الضفة اليوم الجسر الخشبي أمام المشاة بعد ترميم استمر ثلاثة أشهر."
    second = "قال المهندس عامر السنبلاني إن الجسر صار أقوى مما كان قبل الترميم بكثير."
    third = "طالبت المعلمة هند القطيفاني بإنارة الطريق المؤدي إلى الجسر الخشبي."
    last = "يعبر التلاميذ الجسر كل يوم قبل شروق الشمس في طريقهم إلى مدرسة القرية."
    page = read(headline, first, second, subheading, third, last)
    assert page.title == headline
    assert texts(page, "body") == [first, second, third, last]


def test_headlines_far_above_a_paragraph_end_no_reading() -> None:
    page = read("نهر", "حديث الأربعاء", *["نهر"] * 12, FIRST, SECOND)
    assert texts(page, "body") == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"x" * (MAX_PAGE_BYTES + 1), "too_large"),
        (b"The council opened the bridge on Sunday, the mayor said.", "not_arabic"),
        (("\n".join(HEADLINES * 3)).encode(), "boilerplate_only"),
        ("بلدية الضفة تفتح الجسر الخشبي أمام المشاة في القرية".encode(), "no_body"),
        (
            "او گفت که شهر در شمال کشور است و مردم آن از دولت می خواهند که راه را باز کند. ".encode() * 8,
            "not_arabic",
        ),
    ],
)
def test_what_is_no_article_is_rejected_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(PageRejected) as rejected:
        read_page(raw)
    assert rejected.value.reason == reason
    assert "expected" in rejected.value.detail
