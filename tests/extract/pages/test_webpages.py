"""HTML pages: the article out of what stands around it, and what the head says of it."""

from datetime import UTC, datetime

import pytest

from app.corpus.fields import Page
from app.extract.pages import PageRejected, read_page

TITLE = "بلدية الضفة تفتح الجسر الخشبي أمام المشاة"
FIRST = "فتحت بلدية الضفة، اليوم الأحد، الجسر الخشبي أمام المشاة بعد ترميم استمر ثلاثة أشهر على نفقة الأهالي."
SECOND = 'وقال المهندس عامر السنبلاني إن الجسر "صار أقوى مما كان"، وأضاف أن السيارات لن تمر عليه قبل الربيع.'
THIRD = "وطالبت المعلمة هند القطيفاني بإنارة الطريق المؤدي إلى الجسر، مشيرة إلى أن التلاميذ يعبرونه قبل شروق الشمس."
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def html(body: str, head: str = f"<title>{TITLE} - موقع الضفة</title>") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def texts(page: Page, kind: str) -> list[str]:
    return [page.text[zone.start : zone.end] for zone in page.zones if zone.kind == kind]


def test_a_plain_page_gives_title_and_paragraphs() -> None:
    page = read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}"))
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND, THIRD]
    assert page.text == "\n\n".join([TITLE, FIRST, SECOND, THIRD])


def test_a_page_whose_blocks_hold_no_title_takes_that_of_its_head() -> None:
    page = read_page(html(ARTICLE))
    assert page.title == TITLE
    assert page.text.startswith(TITLE)


def test_what_stands_around_the_article_is_no_body() -> None:
    links = "".join(f"<li><a href='/{i}'>خبر من مدينة بعيدة رقم {i}</a></li>" for i in range(6))
    page = read_page(
        html(
            f"""<header><h1><a href="/">موقع الضفة</a></h1></header><nav><ul>{links}</ul></nav>
            <div class="story"><h1>{TITLE}</h1><div class="stamp">الأربعاء، 28 آب/أغسطس 2013</div>
            <div class="share"><a>فيسبوك</a><a>تويتر</a></div>
            <figure><img src="x.jpg"><figcaption>الجسر قبل ترميمه</figcaption></figure>
            {ARTICLE}
            <div class="related"><h3>اقرأ أيضا</h3><ul>{links}</ul></div>
            <div id="comments"><p>قال لي جاري إن الجسر سيغلق غداً من جديد كما أغلق قبل عام كامل.</p></div></div>
            <aside><h4>الأكثر قراءة</h4>{links}</aside><footer>© 2013 موقع الضفة. جميع الحقوق محفوظة.</footer>"""
        )
    )
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND, THIRD]
    assert page.caption == "الجسر قبل ترميمه"
    assert page.published.at == datetime(2013, 8, 28, tzinfo=UTC)
    assert "جاري" in texts(page, "comment")[0]


@pytest.mark.parametrize(
    "link",
    [
        '<p><strong>اقرأ أيضا:</strong> <a href="/x">مدرسة ريفية تحصل على حافلة جديدة</a></p>',
        '<p><a href="/x">مدرسة ريفية تحصل على حافلة جديدة</a></p>',
        '<div class="read-more"><a href="/x">مدرسة ريفية تحصل على حافلة جديدة</a></div>',
    ],
)
def test_a_link_to_another_article_between_paragraphs_is_no_body(link: str) -> None:
    page = read_page(html(f"<h1>{TITLE}</h1><article><p>{FIRST}</p>{link}<p>{SECOND}</p><p>{THIRD}</p></article>"))
    assert texts(page, "body") == [FIRST, SECOND, THIRD]
    assert "حافلة جديدة" in texts(page, "related")[0]


def test_a_link_inside_a_sentence_stays_in_it() -> None:
    linked = FIRST.replace("الجسر الخشبي", '<a href="/bridge">الجسر الخشبي</a>')
    page = read_page(html(f"<h1>{TITLE}</h1><p>{linked}</p><p>{SECOND}</p><p>{THIRD}</p>"))
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_pull_quote_and_subheading_are_told_from_paragraphs() -> None:
    quote = "<blockquote><p>صار أقوى مما كان، وأضاف أن السيارات لن تمر عليه</p></blockquote>"
    page = read_page(html(f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>{quote}<h2>طريق بلا ضوء</h2><p>{THIRD}</p>"))
    assert texts(page, "pull_quote") == ["صار أقوى مما كان، وأضاف أن السيارات لن تمر عليه"]
    assert texts(page, "subheading") == ["طريق بلا ضوء"]
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_line_breaks_in_place_of_paragraphs_and_bytes_in_windows_1256() -> None:
    page_bytes = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1256'>"
        f"<title>{TITLE}</title></head><body><table><tr><td><font size=5>{TITLE}</font><br>"
        f"{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr></table></body></html>"
    ).encode("cp1256")
    page = read_page(page_bytes)
    assert page.charset == page.declared_charset == "windows-1256"
    assert page.title == TITLE
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_announcements_of_other_articles_in_the_same_dress_are_no_body() -> None:
    teasers = "".join(
        f"<div><h3><a href='/{i}'>خبر من مدينة بعيدة رقم {i}</a></h3><div>{text}...</div></div>"
        for i, text in enumerate(["وصل وفد من التجار إلى المدينة أمس وزار السوق القديم والميناء الجديد"] * 3)
    )
    paragraphs = "".join(f"<div>{text}</div>" for text in (FIRST, SECOND, THIRD))
    page = read_page(html(f"<h2>{TITLE}</h2><div>{paragraphs}</div><div>{teasers}</div>"))
    assert texts(page, "body") == [FIRST, SECOND, THIRD]


def test_the_terms_of_a_site_are_no_body_but_news_about_them_is() -> None:
    terms = "يرجى مراجعة شروط الاستخدام قبل المشاركة، كما تخضع البيانات إلى سياسة الخصوصية في هذا الموقع."
    news = "وقالت البلدية إن سياسة الخصوصية الجديدة ستطبق على كاميرات الجسر ابتداء من الشهر المقبل."
    page = read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}<p>{news}</p><p>{terms}</p>"))
    assert texts(page, "body") == [FIRST, SECOND, THIRD, news]


def test_a_head_with_the_name_of_the_site_first_is_understood() -> None:
    page = read_page(html(f"<div>موقع الضفة</div><b>{TITLE}</b><br>{ARTICLE}", f"<title>موقع الضفة :: {TITLE}</title>"))
    assert page.title == TITLE


def test_metadata_of_the_head() -> None:
    head = f"""<title>{TITLE} | موقع الضفة</title><link rel="canonical" href="/news/7">
    <meta property="article:published_time" content="2021-02-18">
    <meta property="article:modified_time" content="2021-02-19T08:00:00Z">
    <script type="application/ld+json">{{"@graph": [{{"@type": ["NewsArticle"], "datePublished":
    "2021-02-18T16:42:10+02:00", "author": [{{"name": "سليم العرنوس"}}]}}]}}</script>"""
    page = read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}", head), url="https://www.dhiffa.example/old?x=1")
    assert page.url == "https://www.dhiffa.example/news/7"
    assert page.site == "dhiffa.example"
    assert page.author == "سليم العرنوس"
    assert page.published.at == datetime(2021, 2, 18, 14, 42, 10, tzinfo=UTC)
    assert page.published.precision == "second"
    assert any("update" in note for note in page.published.evidence)


def test_the_first_page_of_a_site_is_nobodys_canonical_address() -> None:
    head = f'<title>{TITLE}</title><link rel="canonical" href="https://dhiffa.example/">'
    page = read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}", head), url="https://dhiffa.example/news/7")
    assert page.url == "https://dhiffa.example/news/7"


def test_xhtml_with_a_declaration_is_read() -> None:
    declaration = b'<?xml version="1.0" encoding="utf-8"?>'
    assert read_page(declaration + html(f"<h1>{TITLE}</h1>{ARTICLE}")).title == TITLE


def test_a_tag_left_over_in_a_dump_makes_it_no_html() -> None:
    page = read_page(f"{TITLE}<p>\n\n{FIRST}\n\n{SECOND}\n".encode())
    assert texts(page, "body") == [FIRST, SECOND]


def test_dates_that_disagree_are_recorded() -> None:
    head = f'<title>{TITLE}</title><meta property="article:published_time" content="2021-02-18T10:00:00Z">'
    page = read_page(html(f'<h1>{TITLE}</h1><div class="date">3 آذار 2019</div>{ARTICLE}', head))
    assert page.published.at == datetime(2021, 2, 18, 10, tzinfo=UTC)
    assert any("contradiction" in note and "2019-03-03" in note for note in page.published.evidence)


def test_the_day_above_the_menu_is_no_date_of_publication() -> None:
    menu = "".join(f"<li><a href='/{i}'>{name}</a></li>" for i, name in enumerate(["محليات", "اقتصاد", "رياضة"]))
    page = read_page(html(f"<p>الثلاثاء , 17 سبتمبر 2024</p><ul>{menu}</ul><h1>{TITLE}</h1>{ARTICLE}"))
    assert page.published.at is None


def test_the_date_of_another_article_below_is_not_that_of_this_one() -> None:
    other = "<div><h3>أخبار ذات صلة</h3><a href='/1'>سوق الخميس يعود إلى ساحة البلدة</a><span>2021-03-12</span></div>"
    assert read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}{other}")).published.at is None


def test_a_class_that_ends_with_date_holds_the_date() -> None:
    facts = "<p><span class='tie-date'>2021-03-14</span> <span class='cats'><a href='/c'>محليات</a></span></p>"
    page = read_page(html(f"<h1>{TITLE}</h1>{facts}{ARTICLE}"))
    assert texts(page, "date") == ["2021-03-14"]


def test_a_last_paragraph_without_a_full_stop_is_body() -> None:
    last = "يذكر أن الجسر بني قبل مئة عام تقريبا على يد أهالي القرى المجاورة للنهر من غير أجر"
    page = read_page(
        html(f"<h1>{TITLE}</h1><div>{ARTICLE}<p>{last}</p></div><ul><li><a href='/1'>محليات</a></li></ul>")
    )
    assert texts(page, "body")[-1] == last


def test_broken_metadata_does_no_harm() -> None:
    head = '<title></title><script type="application/ld+json">{"@type": "NewsArticle", "headline": "\\ud800", </script>'
    head += '<script type="application/ld+json">[[[[</script><link rel="canonical" href="http://[">'
    page = read_page(html(f"<h1>{TITLE}</h1>{ARTICLE}", head))
    assert page.title == TITLE
    assert page.url is None


def test_html_is_known_by_its_media_type_too() -> None:
    fragment = f"<b>{TITLE}</b><br>{FIRST}<br>{SECOND}".encode()
    assert texts(read_page(fragment, media_type="text/html; charset=utf-8"), "body") == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "<nav><a>الصفحة الرئيسية</a><a>أخبار محلية</a></nav><footer>جميع الحقوق محفوظة لموقع الضفة</footer>",
            "boilerplate_only",
        ),
        ("<script>document.write('x')</script>", "empty"),
        ("<h1>عنوان بلا متن</h1>", "no_body"),
        ("<p>The council opened the bridge on Sunday, the mayor said to us.</p>", "not_arabic"),
    ],
)
def test_html_without_an_arabic_article_is_rejected(body: str, reason: str) -> None:
    with pytest.raises(PageRejected) as rejected:
        read_page(html(body, "<title></title>"))
    assert rejected.value.reason == reason
