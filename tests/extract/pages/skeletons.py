"""Page skeletons: one article in the dress of common content systems, with all that these put around and into it.

The markup is our own, in the structure that such systems write; outlets, headlines and remarks are invented. Each
function gives the bytes of a page whose title, paragraphs and, where it has one, date are those of the story.
"""

# ruff: noqa: E501 - markup reads better unbroken

import html
import json
from collections.abc import Callable
from dataclasses import dataclass

HEADLINES = [
    "مدرسة ريفية تحصل على حافلة جديدة",
    "سوق الخضار ينتقل إلى الضفة الشرقية للنهر",
    "فرقة مسرحية من الجبل تعرض حكاية الراعي",
    "أمطار غزيرة تعطل حركة القطارات في الشمال",
    "نادي الشطرنج يكرم أصغر لاعبيه",
    "مكتبة متنقلة تزور عشر قرى في أسبوع",
]
TEASER = "وصل وفد من التجار إلى المدينة أمس وزار السوق القديم والميناء الجديد قبل أن يغادر مساء"
COMMENT = "قال لي جاري إن هذا الكلام غير دقيق وإن أحدا لم يسأل سكان الحي عن رأيهم في الموضوع كله."
SITE = "صحيفة المنارة المختلقة"


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: list[str]


def _page(head: str, body: str, charset: str = "utf-8") -> bytes:
    whole = f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{body}</body></html>'
    return whole.encode(charset, "xmlcharrefreplace")


def _p(paragraphs: list[str], before: str = "<p>", after: str = "</p>") -> str:
    return "\n".join(f"{before}{html.escape(text)}{after}" for text in paragraphs)


def _links(count: int = 6, before: str = "<li>", after: str = "</li>") -> str:
    return "".join(f'{before}<a href="/{i}">{text}</a>{after}' for i, text in enumerate(HEADLINES[:count]))


def _halves(story: Story) -> tuple[list[str], list[str]]:
    middle = max(1, len(story.paragraphs) // 2)
    return story.paragraphs[:middle], story.paragraphs[middle:]


def _head(story: Story, more: str = "") -> str:
    return f'<meta charset="utf-8"><title>{html.escape(story.title)} - {SITE}</title>{more}'


PUBLISHED = '<meta property="article:published_time" content="2021-03-14T09:30:00+02:00">'
MENU = "".join(f'<li class="menu-item"><a href="/c/{i}">{name}</a></li>' for i, name in enumerate(["الرئيسية", "محليات", "اقتصاد", "رياضة", "ثقافة", "منوعات"]))  # fmt: skip
SHARE = "".join(f'<a class="share-{name}" href="#"><span>{name}</span></a>' for name in ["فيسبوك", "تويتر", "واتساب", "طباعة"])  # fmt: skip
COMMENTS = (
    f'<ol class="commentlist"><li><b>أبو سامر</b><p>{COMMENT}</p></li><li><b>زائر</b><p>{COMMENT[:50]}</p></li></ol>'
)


def wordpress_newspaper(story: Story) -> bytes:
    """A newspaper theme: related posts inside the text, an author's box, posts before and after, comments."""
    first, second = _halves(story)
    inline = (
        f'<div class="td_block_inline"><h4 class="block-title">مقالات ذات صلة</h4>{_links(3, "<div>", "</div>")}</div>'
    )
    return _page(
        _head(story, PUBLISHED),
        f"""<div class="td-header-menu"><ul class="menu">{MENU}</ul></div>
        <article class="post type-post"><div class="td-crumb"><a href="/">الرئيسية</a> <a href="/c/1">محليات</a></div>
        <header class="td-post-title"><h1 class="entry-title">{story.title}</h1>
        <div class="td-module-meta-info"><div class="td-post-author-name">بقلم <a href="/a">هيئة التحرير</a> -</div>
        <span class="td-post-date"><time class="entry-date" datetime="2021-03-14T09:30:00+02:00">14 مارس، 2021</time></span>
        <div class="td-post-views"><span>1204</span> مشاهدة</div></div></header>
        <div class="td-post-sharing social">{SHARE}</div>
        <div class="td-post-content"><figure class="wp-caption"><img src="a.jpg">
        <figcaption class="wp-caption-text">منظر عام للمكان (أرشيف)</figcaption></figure>
        {_p(first)}{inline}{_p(second)}
        <p>اقرأ أيضا: <a href="/9">{HEADLINES[1]}</a></p></div>
        <footer><ul class="td-tags"><li><span>الوسوم</span></li><li><a href="/t/1">بلدية</a></li><li><a>نهر</a></li></ul>
        <div class="td-next-prev"><span>المقال السابق</span><a href="/p">{HEADLINES[2]}</a><span>المقال التالي</span>
        <a href="/n">{HEADLINES[3]}</a></div>
        <div class="author-box-wrap"><a href="/a">هيئة التحرير</a><div class="desc">{TEASER}.</div></div></footer></article>
        <div class="td_block_related_posts"><h4>المزيد من الكاتب</h4>{_links(6, "<div><h3>", "</h3></div>")}</div>
        <div class="comments" id="comments"><h4>2 تعليقات</h4>{COMMENTS}<div id="respond"><h3>اترك ردا</h3></div></div>
        <aside class="td-sidebar"><h4>الأكثر قراءة</h4>{_links()}</aside>
        <div class="td-footer">© 2019 {SITE}. جميع الحقوق محفوظة</div>""",
    )


def wordpress_magazine(story: Story) -> bytes:
    """A magazine theme: boxes for other articles between paragraphs, a bar of sharing below, a cloud of tags."""
    paragraphs = [f"<p>{html.escape(text)}</p>" for text in story.paragraphs]
    for place, headline in zip((1, 3, 5), HEADLINES, strict=False):
        box = (
            f'<div class="inline-related"><span class="label">شاهد أيضا</span><a href="/x">{headline}</a></div>'
            if place != 3
            else f'<blockquote class="also"><p>اقرأ المزيد<br><a href="/x">{headline}</a></p></blockquote>'
        )
        paragraphs.insert(min(place, len(paragraphs)), box)
    return _page(
        _head(story),
        f"""<header id="theme-header"><nav><ul>{MENU}</ul></nav></header>
        <div id="content"><h1 class="post-title entry-title">{story.title}</h1>
        <div class="post-meta"><span class="author-meta"><a href="/a">سلوى المختلقة</a></span>
        <span class="date meta-item">14 آذار/مارس 2021</span><span class="meta-reading-time">دقيقتان للقراءة</span></div>
        <div class="entry-content entry clearfix">{"".join(paragraphs)}
        <div class="post-shortlink">الرابط المختصر: <input value="https://m.example/?p=7"></div></div>
        <div class="post-bottom-tags tagcloud"><a href="/t">نهر</a> <a href="/t">جسر</a> <a href="/t">بلدية الضفة</a></div>
        <div id="share-buttons-bottom" class="share-buttons">{SHARE}</div>
        <div id="related-posts"><h3>مقالات ذات صلة</h3>{_links(4, '<div class="related-item"><h3>', "</h3><span>قبل 3 أيام</span></div>")}</div>
        <div id="newsletter-box" class="newsletter"><h4>النشرة البريدية</h4><p>{TEASER}.</p></div>
        <div id="comments"><h3>{COMMENT[:20]}</h3>{COMMENTS}</div></div>""",
    )


def drupal(story: Story) -> bytes:
    """Fields in fields, classes by their names, blocks of views beside."""
    return _page(
        _head(story),
        f"""<div class="region region-header"><nav role="navigation"><ul class="menu">{MENU}</ul></nav>
        <div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/news">أخبار</a></div></div>
        <main role="main"><div id="block-title"><h1 class="page-header"><span>{story.title}</span></h1></div>
        <article class="node node--type-article"><div class="node__content">
        <div class="field field--name-created"><div class="field__label">تاريخ النشر</div>
        <div class="field__item">الأحد, 14 مارس 2021 - 09:30</div></div>
        <div class="field field--name-field-image"><img src="x.jpg"><div class="field--name-caption caption">من مكان الحدث</div></div>
        <div class="field field--name-body field__item">{_p(story.paragraphs)}</div>
        <div class="field field--name-field-tags"><div class="field__label">الكلمات المفتاحية</div>
        <div class="field__item"><a href="/t/1">نهر</a></div><div class="field__item"><a href="/t/2">جسر</a></div></div>
        <ul class="links inline"><li><a href="/print">نسخة للطباعة</a></li><li><a href="/mail">أرسل إلى صديق</a></li></ul>
        </div></article>
        <section class="block-views-related"><h2>موضوعات ذات صلة</h2><div class="view-content">
        {_links(4, '<div class="views-row"><div class="views-field-title">', "</div></div>")}</div></section></main>
        <aside role="complementary"><h2>الأكثر تصفحا</h2><ul>{_links()}</ul></aside>
        <footer>{SITE} 2020 © كل الحقوق محفوظة</footer>""",
    )


def old_tables(story: Story) -> bytes:
    """Tables in tables, fonts for headings, breaks for paragraphs, windows-1256."""
    text = "<br><br>".join(map(html.escape, story.paragraphs))
    return _page(
        f'<META http-equiv="Content-Type" content="text/html; charset=windows-1256"><TITLE>{SITE} - {story.title}</TITLE>',
        f"""<TABLE width=780><TR><TD colspan=2 bgcolor=#336699><font color=white size=6>{SITE}</font></TD></TR>
        <TR><TD width=140 valign=top><TABLE>{_links(6, "<TR><TD><font size=2>", "</font></TD></TR>")}</TABLE></TD>
        <TD valign=top><font size=5 color=navy><b>{story.title}</b></font><br><font size=2>14/3/2021</font><br><br>
        <font size=3>{text}</font><br><br>
        <TABLE bgcolor=#eeeeee><TR><TD><font size=2>اقرأ أيضا</font></TD></TR>{_links(3, "<TR><TD>", "</TD></TR>")}</TABLE>
        </TD></TR><TR><TD colspan=2 align=center><font size=1>جميع الحقوق محفوظة 2005 {SITE}</font></TD></TR></TABLE>""",
        "cp1256",
    )


def amp(story: Story) -> bytes:
    """The accelerated page: custom elements, a link to the page proper, a box of other articles in the middle."""
    first, second = _halves(story)
    data = json.dumps(
        {"@type": "NewsArticle", "headline": story.title, "datePublished": "2021-03-14T07:30:00Z"}, ensure_ascii=False
    )
    return _page(
        _head(
            story,
            '<link rel="canonical" href="https://manara.example/news/7">'
            f'<script type="application/ld+json">{data}</script>',
        ),
        f"""<amp-sidebar id="sidebar"><ul>{MENU}</ul></amp-sidebar>
        <article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{story.title}</h1>
        <div class="amp-wp-meta amp-wp-byline"><span class="author">هيئة التحرير</span></div>
        <div class="amp-wp-meta amp-wp-posted-on"><time datetime="2021-03-14T07:30:00+00:00">قبل 3 سنوات</time></div></header>
        <div class="amp-wp-article-content"><amp-img src="a.jpg" alt="صورة"></amp-img>{_p(first)}
        <div class="amp-related"><p>مواضيع متعلقة</p><ul>{_links(3)}</ul></div>{_p(second)}</div>
        <div class="social"><amp-social-share type="twitter"></amp-social-share>{SHARE}</div></article>
        <section class="amp-more"><h3>المزيد من الأخبار</h3>{_links(5, '<div class="card"><h4>', f"</h4><p>{TEASER}...</p></div>")}</section>""",
    )


def several_articles(story: Story) -> bytes:
    """Other articles announced in elements of the same name as the article itself, before and after it."""
    cards = "".join(
        f'<article class="card"><a href="/{i}"><h3>{text}</h3></a><p>{TEASER}...</p><time datetime="2022-05-0{i + 1}">'
        f"{i + 1} مايو 2022</time></article>"
        for i, text in enumerate(HEADLINES[:4])
    )
    return _page(
        _head(story, PUBLISHED),
        f"""<nav>{MENU}</nav><section class="highlights">{cards[: len(cards) // 4]}</article></section>
        <main><article class="single"><h1>{story.title}</h1><p class="lead-date">14 مارس 2021</p>{_p(story.paragraphs)}
        </article><h2>أحدث الأخبار</h2>{cards}</main>""",
    )


def hashed_classes(story: Story) -> bytes:
    """Built by scripts: classes say nothing, paragraphs are spans in divs, a box of other articles stands inside."""
    first, second = _halves(story)
    box = f'<div class="x9f2"><div class="k1">قد يعجبك أيضا</div>{_links(3, "<div class=k2>", "</div>")}</div>'
    data = json.dumps(
        {"@graph": [{"@type": "NewsArticle", "headline": story.title, "datePublished": "2021-03-14T09:30:00+02:00"}]},
        ensure_ascii=False,
    )
    return _page(
        _head(story, f'<script type="application/ld+json">{data}</script>'),
        f"""<div id="__next"><div class="a1b2"><a href="/">الرئيسية</a><a href="/s">سياسة</a><a href="/e">اقتصاد</a></div>
        <div class="c3d4"><div class="t5"><h1>{story.title}</h1></div><div class="m6">14 مارس 2021</div>
        <div class="n7"><button>مشاركة</button><button>حفظ</button><span>حجم الخط</span></div>
        <div class="b8">{_p(first, '<div class="q9"><span>', "</span></div>")}{box}
        {_p(second, '<div class="q9"><span>', "</span></div>")}</div></div>
        <div class="z0"><div>الأكثر مشاهدة</div>{_links(6, "<div class=k2>", "</div>")}</div></div>""",
    )


def breaks_in_one_block(story: Story) -> bytes:
    """A broadcaster's page: one block, breaks between sentences, date and hour with a bar, counts, no paragraphs."""
    text = "<br /><br />".join(map(html.escape, story.paragraphs))
    return _page(
        _head(story),
        f"""<div class="TopMenu">{MENU}</div><div class="LongDetails"><div class="Category"><a href="/l">أخبار محلية</a></div>
        <h1 class="Title">{story.title}</h1><div class="DateTime">2021-03-14 | 09:30</div><div class="ViewCount">5120 مشاهدات</div>
        <div class="shareThis">{SHARE}</div><div class="LongDesc">{text}</div>
        <div class="TagsContainer"><a href="/t">#نهر</a><a href="/t">#جسر</a></div></div>
        <div class="RelatedNews"><div class="Header">اقرأ أيضا</div>{_links(5, '<div class="Item"><span>محليات</span> ', " <span>2021-03-12</span></div>")}</div>
        <div class="Apps">حمل تطبيق {SITE} الآن لتصلك آخر الأخبار العاجلة مباشرة إلى هاتفك أينما كنت.</div>""",
    )


def live_blog(story: Story) -> bytes:
    """Entries under each other, each with its hour; a summary of other coverage beside."""
    entries = "".join(
        f'<li class="live-entry"><div class="entry-time"><time datetime="2021-03-14T0{9 - i % 9}:15:00+02:00">0{9 - i % 9}:15</time></div>'
        f'<div class="entry-body"><p>{html.escape(text)}</p><div class="entry-share">{SHARE}</div></div></li>'
        for i, text in enumerate(story.paragraphs)
    )
    return _page(
        _head(story, PUBLISHED),
        f"""<nav>{MENU}</nav><main><h1>{story.title}</h1><div class="live-badge">تغطية مباشرة</div>
        <ul class="live-list">{entries}</ul><div class="more-coverage related"><h3>المزيد</h3>{_links()}</div></main>""",
    )


def magazine_extras(story: Story) -> bytes:
    """Pull quotes, captions, a video, an advertisement, an invitation to subscribe, all between the paragraphs."""
    words = story.paragraphs[0].split()
    quote = " ".join(words[: min(12, len(words) - 2)])
    parts = [f"<p>{html.escape(text)}</p>" for text in story.paragraphs]
    extras = [
        f'<blockquote class="wp-block-pullquote"><p>{html.escape(quote)}</p></blockquote>',
        '<figure><img src="b.jpg"><figcaption>عمال في موقع الترميم - تصوير مراسلنا</figcaption></figure>',
        '<div class="ads"><span>إعلان</span></div>',
        '<p class="subscribe">تابعونا على قناة التلغرام لتصلكم الأخبار أولا بأول</p>',
        '<div class="video-box"><video src="v.mp4"></video><span class="video-caption caption">فيديو من المكان</span></div>',
    ]
    whole = "".join(text + extra for text, extra in zip(parts, [*extras, *[""] * len(parts)], strict=False))
    return _page(
        _head(story, PUBLISHED),
        f"""<header><nav>{MENU}</nav></header><main><h1>{story.title}</h1><p class="byline">إعداد: فريق المنارة</p>
        <div class="article-body">{whole}</div><div class="rating">قيم الخبر <span>4.5</span></div>
        <p class="source">المصدر: وكالات</p><section id="comments">{COMMENTS}</section></main>""",
    )


def wire_agency(story: Story) -> bytes:
    """An agency's blog theme: today's date on top, running headlines, an invitation to its channel as a last paragraph,
    a box of another article announced by its first lines.
    """
    return _page(
        _head(story),
        f"""<div class="top-nav"><span class="today-date">الثلاثاء , 17 سبتمبر 2024</span><ul>{MENU}</ul></div>
        <div class="breaking-news"><span>أحدث العناوين</span>{_links(4)}</div>
        <div id="main-content"><article id="the-post" class="post-listing post"><div class="post-inner">
        <h1 class="name post-title entry-title"><span itemprop="name">{story.title}</span></h1>
        <p class="post-meta"><span class="tie-date">2021-03-14</span> <span class="post-cats"><a href="/c">محليات</a></span>
        <span class="post-views">412 زيارة</span></p>
        <div class="entry"><div class="share-post mini-share-post">{SHARE}</div><p><a href="a.jpg"><img src="a.jpg"></a></p>
        {_p(story.paragraphs)}
        <p><strong>تابعوا آخر الأخبار المحلية عبر تطبيق تلغرام على الرابط: https://t.me/manara</strong></p></div>
        </div></article><section id="related_posts"><h3>مواضيع مشابهة</h3>{_links(3, "<div><h3>", "</h3></div>")}</section>
        <section id="check-also-box"><h4>انظر أيضا</h4><h2 class="post-title"><a href="/o">{HEADLINES[4]}</a></h2>
        <p>{TEASER} … <a class="more-link" href="/o">أكمل القراءة »</a></p></section></div>
        <div class="footer-bottom">© Copyright 2024, All Rights Reserved</div>""",
    )


def broadcaster_forms(story: Story) -> bytes:
    """A broadcaster's page inside one form: names of controls for ids, the first paragraph apart from the rest, banners
    and boxes put in by elements of its own, an invitation to its application.
    """
    first, rest = story.paragraphs[0], story.paragraphs[1:]
    middle = max(1, len(rest) // 2)
    box = (
        f'<controlinjection><div class="ReadAlso"><div class="Header">اقرأ أيضا</div><a href="/n/1"><span>محليات</span>'
        f"<span>2021-03-12</span><h3>{HEADLINES[2]}</h3></a></div></controlinjection>"
    )
    texts = [
        *rest[:middle],
        f'</div><bannerinjection><div class="textalignC">إعلان</div></bannerinjection>{box}<div>',
        *rest[middle:],
    ]
    body = "<br /><br />".join(text if text.startswith("<") else html.escape(text) for text in texts)
    return _page(
        _head(story),
        f"""<form method="post" action="./NewsDetails.aspx"><input type="hidden" value="x"><div class="MainMenu"><ul>{MENU}</ul></div>
        <div class="LatestNewsTicker">{_links(5, "<div>", "</div>")}</div>
        <div class="row MyMainDiv1430"><div class="col-xl-8"><span id="ctl00_MainContent_lblCatTitle">أخبار محلية</span>
        <h1><span id="ctl00_MainContent_lblTitle">{story.title}</span></h1>
        <span id="ctl00_MainContent_lblDate">14-03-2021 | 09:30</span> <span>1204 مشاهدات</span>
        <div class="d-flex">{SHARE}</div><div class="u-relative"><img src="a.jpg"></div>
        <div class="ShortDesc"><span id="ctl00_MainContent_lblShortDesc">{html.escape(first)}</span></div>
        <div class="LongDesc"><div><div>{body}</div></div></div>
        <div class="Hashtags"><a href="/t">#نهر</a> <a href="/t">#جسر</a></div></div>
        <div class="col-xl-4"><div class="Title">أخبار ذات صلة</div>
        {_links(4, '<div class="Card"><span>محليات</span><span>09:58</span>', "<span>2021-03-13</span></div>")}</div></div>
        <div class="AppsBanner"><h3>حمل الآن تطبيقنا للهاتف المحمول</h3>
        <p>للاطلاع على آخر الأخبار وأحدث البرامج اليومية في المدينة والعالم</p></div></form>""",
    )


def see_also_without_links(story: Story) -> bytes:
    """A channel's page: the update beside the hour of publication, headings of other articles left alone between the
    paragraphs where scripts would fill them, a gallery's counters.
    """
    parts = [f"<p>{html.escape(text)}</p>" for text in story.paragraphs]
    alone = ["<p>قد يعجبك أيضا.. </p>", "<p>وأيضا..</p>", "<p>شاهد أيضا..</p>"]
    body = "".join(text + after for text, after in zip(parts, [*alone, *[""] * len(parts)], strict=False))
    return _page(
        _head(story),
        f"""<nav class="navigation">{MENU}</nav><section class="news-container clearfix"><article>
        <h1 class="story-headline">{story.title}</h1><div class="article-info"><span class="article-section">الحي القديم</span>
        <div class="timestamp">نشر الأحد، 14 مارس / آذار 2021; 09:30 (GMT +0400). آخر تحديث الاثنين، 15 مارس / آذار 2021; 10:00 (GMT +0400).</div></div>
        <div class="gallery"><span class="counter">1/3</span><span class="title">الجسر قبل الترميم وبعده</span></div>
        <div class="article-body">{body}</div></article>
        <section class="more"><h2>قد يهمك أيضا</h2>{_links(4, "<article><h2>", "</h2></article>")}</section></section>""",
    )


def magazine_of_boxes(story: Story) -> bytes:
    """A daily's magazine theme: the age of the article for its date, numbers without units, an author's box, a closable
    box of another article, the terms of the comment form.
    """
    first, second = _halves(story)
    return _page(
        _head(story, PUBLISHED),
        f"""<header id="theme-header"><span class="topbar-today-date">الخميس, أكتوبر 9 2025</span><ul>{MENU}</ul></header>
        <article id="the-post" class="container-wrapper post-content"><header class="entry-header-outer">
        <nav id="breadcrumb"><a href="/">الرئيسية</a> / <a href="/h">حوادث</a> / <span>{story.title}</span></nav>
        <h1 class="post-title entry-title">{story.title}</h1>
        <div class="single-post-meta post-meta clearfix"><span class="date meta-item tie-icon">منذ أسبوعين</span>
        <div class="tie-alignright"><span class="meta-comment tie-icon">0</span><span class="meta-views meta-item">3٬214</span>
        <span class="meta-reading-time">دقيقة واحدة</span></div></div></header>
        <div class="share-links">{SHARE} <span>مشاركة عبر البريد</span></div>
        <div class="entry-content entry clearfix"><div class="stream-item stream-item-above-post-content"></div>{_p(first)}
        <div id="inline-related-post" class="mag-box"><div class="mag-box-title"><h3>مقالات ذات صلة</h3></div>{_links(2)}</div>
        {_p(second)}</div></article>
        <div class="about-author container-wrapper"><div class="author-info"><h3>سلوى المختلقة</h3>
        <div class="author-bio">{TEASER}.</div></div></div>
        <div id="related-posts"><h3>مقالات ذات صلة</h3>{_links(4, '<div class="related-item"><h3>', "</h3></div>")}</div>
        <div id="comments"><div id="respond"><h3>اترك تعليقاً</h3><p class="comment-notes">لن يتم نشر عنوان بريدك الإلكتروني.
        الحقول الإلزامية مشار إليها بـ *</p></div></div>
        <div id="check-also-box"><h3>شاهد أيضاً</h3><a class="close" href="#">إغلاق</a><div class="check-also-post">
        <h2><a href="/o">{HEADLINES[3]}</a></h2><p>{TEASER}…</p></div></div>""",
    )


def text_twice(story: Story) -> bytes:
    """A paper whose system prints the whole text twice, for screens of two sizes, the writer's name below each."""
    text = _p(story.paragraphs) + "<p>سلوى المختلقة</p>"
    return _page(
        _head(story),
        f"""<div id="navigation"><ul class="menu">{MENU}</ul></div><div id="block-system-main">
        <h1 id="page-title" class="title">{story.title}</h1><div class="submitted">نشر من طرف صحيفة المنارة في الأحد, 2021/03/14 - 09:30</div>
        <div class="field field-name-body desktop"><div class="field-items"><div class="field-item even">{text}</div></div></div>
        <div class="field field-name-body mobile"><div class="field-items"><div class="field-item even">{text}</div></div></div>
        </div><section id="block-views-recent"><h2>آخر الأخبار</h2>{_links()}</section>""",
    )


SKELETONS: list[Callable[[Story], bytes]] = [
    wordpress_newspaper, wordpress_magazine, drupal, old_tables, amp, several_articles, hashed_classes,
    breaks_in_one_block, live_blog, magazine_extras, wire_agency, broadcaster_forms, see_also_without_links,
    magazine_of_boxes, text_twice,
]  # fmt: skip
