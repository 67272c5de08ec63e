"""The article out of every skeleton of a page or dump: title, day and paragraphs, nothing of what stands around."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.extract.pages import read_page
from tests.extract.pages.dumps import DUMPS
from tests.extract.pages.skeletons import SKELETONS, Story

STORY = Story(
    "بلدية الضفة تفتح الجسر الخشبي أمام المشاة بعد ترميمه",
    [
        "فتحت بلدية الضفة، اليوم الأحد، الجسر الخشبي أمام المشاة بعد ترميم استمر ثلاثة أشهر على نفقة الأهالي.",
        'وقال المهندس المختلق عامر السنبلاني إن الجسر "صار أقوى مما كان"، وأضاف أن السيارات لن تمر عليه قبل الربيع.',
        "وطالبت المعلمة هند القطيفاني بإنارة الطريق المؤدي إلى الجسر، مشيرة إلى أن التلاميذ يعبرونه قبل شروق الشمس.",
        "* إنارة الطريق من جهتيه",
        "* حاجز خشبي على الضفة الشرقية",
        "وذكرت اللجنة أن العمل شارك فيه أربعون متطوعا من القرى المجاورة، وأن كلفته لم تتجاوز ما جمع من التبرعات.",
        "ومن المقرر أن تزور لجنة هندسية الجسر كل ستة أشهر، بحسب ما جاء في محضر الجلسة الأخيرة للمجلس البلدي.",
        "وختم السنبلاني حديثه بالقول إن الجسر القديم سيبقى في ذاكرة الحي، أما الجديد فيحتاج إلى من يحرسه.",
    ],
)
POEM = [
    "يا ساعة الميدان دوري",
    "فالناس ينتظرون",
    "مر الشتاء عليك صامتا",
    "والطير عند الباب",
    "دقي كما كنت",
    "ولا تنامي",
]


@pytest.mark.parametrize("skeleton", [*SKELETONS, *DUMPS], ids=lambda skeleton: skeleton.__name__)
def test_title_day_and_paragraphs_come_out_alone(skeleton: Callable[[Story], bytes]) -> None:
    page = read_page(skeleton(STORY), media_type="text/html" if skeleton in SKELETONS else "text/plain")
    assert page.title == STORY.title
    assert [" ".join(paragraph.split()) for paragraph in page.body.split("\n\n")] == STORY.paragraphs
    assert page.published.at is not None
    assert page.published.at.replace(hour=0, minute=0, second=0) == datetime(2021, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize("markup", ["<br>", "</p><p>", "</div><div>", "</li><li>"])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_poem_is_a_body(markup: str, tag: str) -> None:
    head = "<title>ساعة الميدان - صحيفة المنارة المختلقة</title>"
    whole = f"<html><head>{head}</head><body><h1>ساعة الميدان</h1><{tag}>{markup.join(POEM)}</{tag}></body></html>"
    page = read_page(whole.encode(), media_type="text/html")
    assert page.title == "ساعة الميدان"
    assert page.body.split() == " ".join(POEM).split()


def test_a_poem_in_a_text_dump_is_a_body() -> None:
    page = read_page("\n".join(["ساعة الميدان", "", "شعر: زياد البرقوقي", "", *POEM]).encode())
    assert page.title == "ساعة الميدان"
    assert page.body.split() == " ".join(POEM).split()


def test_a_list_after_the_last_sentence_belongs_to_it() -> None:
    names = ["زياد البرقوقي", "سميرة الكستنائي", "عامر السنبلاني"]
    intro = "وأعلنت اللجنة المختلقة أسماء الفائزين بجائزة الحي لهذا العام، وهم على الترتيب:"
    page = read_page("\n\n".join([STORY.title, STORY.paragraphs[0], intro, "\n".join(names)]).encode())
    assert all(name in page.body for name in names)
