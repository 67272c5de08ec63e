"""Dumps: one article amid all that a page prints around it, as the lines that copying the whole page leaves.

The order of lines is that of real kinds of pages; outlets, headlines and remarks are invented. Each function gives the
bytes of a dump whose title, paragraphs and date are those of the story.
"""

from collections.abc import Callable

from tests.extract.pages.skeletons import COMMENT, HEADLINES, SITE, TEASER, Story

MENU = ["الرئيسية", "محليات", "اقتصاد", "رياضة", "ثقافة", "منوعات"]
CLOCK = "الثلاثاء , 17 سبتمبر 2024"
WRAPPED_AT = 72


def _dump(*parts: str | list[str]) -> bytes:
    """Strings are lines with a blank line after each, lists are lines that stand together."""
    return "\n\n".join(part if isinstance(part, str) else "\n".join(part) for part in parts).encode()


def agency(story: Story) -> bytes:
    """Today's date on top, running headlines, sharing, an invitation to the channel, another article's first lines."""
    return _dump(
        [CLOCK, *MENU], ["أحدث العناوين", *HEADLINES[:4]], story.title, "2021-03-14",
        ["Facebook", "Twitter", "WhatsApp", "Telegram", "Print"], *story.paragraphs,
        "تابعوا آخر الأخبار المحلية عبر تطبيق تلغرام على الرابط: https://t.me/manara",
        ["انظر أيضا", HEADLINES[4], f"{TEASER} …", "أكمل القراءة »"], "© Copyright 2024, All Rights Reserved",
    )  # fmt: skip


def broadcaster(story: Story) -> bytes:
    """Hour and section above the title, the title twice, headlines with their dates, an invitation to an app."""
    related = [line for headline in HEADLINES[:3] for line in ("محليات", "2021-03-12", headline)]
    return _dump(
        MENU, "أخبار محلية", "14-03-2021 | 09:30", story.title, story.title, ["A-", "A+"], *story.paragraphs,
        ["#نهر", "#جسر"], ["إقرأ أيضاً", *related], "حمل الآن تطبيقنا للهاتف المحمول",
        "للاطلاع على آخر الأخبار وأحدث البرامج اليومية في المدينة والعالم",
    )  # fmt: skip


def channel(story: Story) -> bytes:
    """Publication and update on one line, headings of other articles left alone between the paragraphs."""
    first, second, *rest = story.paragraphs
    return _dump(
        [*MENU, "محليات"],
        [story.title, "الأحد، 14 آذار/مارس 2021، آخر تحديث 09:30 (GMT+0400)"],
        first, "قد يعجبك أيضا..", second, "وأيضا..", *rest, "شاهد أيضا..",
        ["محليات", *HEADLINES[:5]],
    )  # fmt: skip


def daily(story: Story) -> bytes:
    """A way to the page, age and numbers, buttons, an author's box, a form for comments with its terms."""
    return _dump(
        ["الخميس, أكتوبر 9 2025", *MENU], f"الرئيسية/حوادث/{story.title}", ["حوادث", story.title],
        ["سلوى المختلقة", "14 مارس، 2021", "0", "3٬214", "دقيقة واحدة"], ["فيسبوك", "تويتر", "مشاركة عبر البريد"],
        *story.paragraphs, ["شاركها", "فيسبوك", "طباعة"], ["مقالات ذات صلة", *HEADLINES[:4]],
        ["اترك تعليقاً", "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "التعليق *"],
        ["شاهد أيضاً", "إغلاق", HEADLINES[3], f"{TEASER}…"],
    )  # fmt: skip


def press_archive(story: Story) -> bytes:
    """All headlines of the day on one line with wide gaps, the paper and the day beside the writer, the way back."""
    ticker = "    ".join([*HEADLINES, "مجلس الحي يعد بإنارة الطرقات قبل الشتاء.. والسكان ينتظرون"])
    return _dump(
        ticker, "شكرا على الإبلاغ!", story.title,
        ["سلوى المختلقة", "نشر في المنارة المختلقة يوم 14 - 03 - 2021"], *story.paragraphs,
        ["انقر هنا لقراءة الخبر من مصدره.", "مواضيع ذات صلة", *HEADLINES[:4]],
    )  # fmt: skip


def blog(story: Story) -> bytes:
    """Words of a blog's system below the text: who wrote when, sending, no remarks yet, the newer and the older."""
    return _dump(
        [SITE, "الأحد، 14 مارس 2021"], [story.title, *story.paragraphs],
        ["مرسلة بواسطة سلوى المختلقة في 9:30 ص", "إرسال بالبريد الإلكتروني", "كتابة مدونة حول هذه المشاركة"],
        ["ليست هناك تعليقات:", "إرسال تعليق", "رسالة أحدث", "رسالة أقدم", "الصفحة الرئيسية"],
        "الاشتراك في: تعليقات الرسالة (Atom)",
    )  # fmt: skip


def radio(story: Story) -> bytes:
    """Another article's first lines above; day, hour, year and month in the order in which they were mixed up."""
    return _dump(
        "الأكثر مشاهدة", "09 12:47 2025 ديسمبر", f"{TEASER}، حسب ما أعلن مكتب السوق في بيان له صباح اليوم.",
        "على المباشر", "وطنية", story.title, ["14 09:30 2021 مارس", "63da6b96c0ca163da6b96c0ca3.jpg"],
        *story.paragraphs,
    )  # fmt: skip


def portal(story: Story) -> bytes:
    """The portal's own clock and advertisement above, the picture's text twice, name and hour on one line."""
    return _dump(
        "رئيس التحرير: أبو سامر 10:00 صباحاً | الجمعة 19 أبريل 2024 م | 10 شوال 1445 هـ", "إعلان", story.title,
        "أخبار محلية", ["الجسر الخشبي القديم", "الجسر الخشبي القديم"], "سلوى المختلقة 14 مارس 2021 19:46",
        "اضغط هنا للاشتراك", *story.paragraphs, "يمكنكم الآن متابعة آخر الأخبار مجاناً من خلال حسابنا على إنستغرام",
        ["التعليقات", "زائر", COMMENT],
    )  # fmt: skip


def wrapped_lines(story: Story) -> bytes:
    """Paragraphs broken into lines of one length, without a blank line between them."""
    lines = [line for paragraph in story.paragraphs for line in _wrapped(paragraph)]
    return _dump([story.title, "الأحد 14 مارس 2021"], lines)


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= WRAPPED_AT:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


DUMPS: list[Callable[[Story], bytes]] = [
    agency, broadcaster, channel, daily, press_archive, blog, radio, portal, wrapped_lines,
]  # fmt: skip
