"""Each frame on a sentence of its own; names and organisations are invented."""

import pytest

from app.corpus.fields import Statement, Zone
from app.extract.statements import extract_statements


def one(text: str) -> Statement:
    found = extract_statements(text)
    assert len(found) == 1, [s.content.text for s in found]
    return found[0]


def name_of(statement: Statement) -> str | None:
    return statement.speaker.name if statement.speaker is not None else None


@pytest.mark.parametrize(
    ("text", "content", "speaker", "kind"),
    [
        ("وقال المحافظ رياض الزين إن السد آمن.", "السد آمن", "رياض الزين", "indirect"),
        ('قالت المعلمة سعاد الطيب: "عاد التلاميذ إلى صفوفهم".', "عاد التلاميذ إلى صفوفهم", "سعاد الطيب", "direct"),
        ("وأشار الباحث ماجد النوري إلى أن الأرقام قديمة.", "الأرقام قديمة", "ماجد النوري", "indirect"),
        ("شدد الوزير سليم الحداد على أهمية الحوار.", "أهمية الحوار", "سليم الحداد", "indirect"),
        ("وحذرت لجنة السلامة من انهيار الجسر القديم.", "انهيار الجسر القديم", "لجنة السلامة", "indirect"),
        ("أعلنت بلدية السهل مقتل ثلاثة عمال في حادث.", "مقتل ثلاثة عمال في حادث", "بلدية السهل", "indirect"),
        ("واتهمت نقابة العمال الشركة بخرق العقد.", "بخرق العقد", "نقابة العمال", "indirect"),
        ("وكان المدير فارس الكردي قد أكد أن المصنع سيعمل.", "المصنع سيعمل", "فارس الكردي", "indirect"),
        ("مصادر محلية أكدت أن الطريق مقطوع.", "الطريق مقطوع", "مصادر محلية", "indirect"),
        ("وبحسب شهود عيان، فإن الحريق اندلع ليلاً.", "الحريق اندلع ليلاً", "شهود عيان", "indirect"),
        ("وقد أغلق المعبر صباحاً، بحسب مصدر أمني.", "وقد أغلق المعبر صباحاً", "مصدر أمني", "indirect"),
        ('"لا أحد يسأل عنا في هذا المخيم"، يقول أبو سمير.', "لا أحد يسأل عنا في هذا المخيم", "أبو سمير", "direct"),
        ("ونقلت وكالة المدار عن مصدر طبي قوله إن الجرحى بخير.", "الجرحى بخير", "مصدر طبي", "indirect"),
        ("وجاء في بيان لحزب النهوض أن المؤتمر تأجل.", "المؤتمر تأجل", "حزب النهوض", "indirect"),
        ("وناشدت اللجنة في ختام بيانها الجمعيات الخيرية إرسال خيام.", "إرسال خيام", "اللجنة", "indirect"),
        ("نفى المجلس في بلدة السهل، اليوم السبت، ما تردد عن الخبر.", "ما تردد عن الخبر", "المجلس", "indirect"),
        ("غير أن مصدراً مطلعاً، رفض ذكر اسمه، أكد أن الباب مغلق.", "الباب مغلق", "مصدر مطلع", "indirect"),
        ("وقال مسؤول تركي كبير إن الطريق مغلق.", "الطريق مغلق", "مسؤول تركي كبير", "indirect"),
        (
            "وقال مدير جامعة الإمام وائل الكردي الدكتور فادي العطار إن الامتحان سهل.",
            "الامتحان سهل",
            "فادي العطار",
            "indirect",
        ),
        ("وقال صالح شيخ يوسف إن التلة آمنة.", "التلة آمنة", "صالح شيخ يوسف", "indirect"),
        ("وأكدت الفرقة 30 أن الموقع آمن.", "الموقع آمن", "الفرقة 30", "indirect"),
        ("وصرح المتحدث بوزارة السهول رامي الزين بأن السد آمن.", "السد آمن", "رامي الزين", "indirect"),
        ("وقال رامي الزين للصحفيين «إنه يوم جديد» في المطار.", "إنه يوم جديد", "رامي الزين", "direct"),
        (
            "وأعلنت منظمة السهول ارتفاع عدد العاطلين عن العمل.",
            "ارتفاع عدد العاطلين عن العمل",
            "منظمة السهول",
            "indirect",
        ),
        ("لكن بعض نواب السهل يتهمون المدير بترويج الشائعات.", "بترويج الشائعات", "بعض نواب السهل", "indirect"),
        ("وقال نائل عبد الصفصاف للإذاعة إن المركب عاد.", "المركب عاد", "نائل عبد الصفصاف", "indirect"),
        ("ونفت أوساط السهل الشرقية التدخل.", "التدخل", "أوساط السهل الشرقية", "indirect"),
        ("أما التاجر نبيل الصواف فقال إن السوق هادئة.", "السوق هادئة", "نبيل الصواف", "indirect"),
    ],
)
def test_frame(text: str, content: str, speaker: str, kind: str) -> None:
    found = one(text)
    assert found.content.text == content
    assert name_of(found) == speaker
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "وتعتبر القرية أجمل قرى الساحل.",
        "ويذكر أن الجسر بني قبل أربعين عاماً.",
        "ومن المتوقع أن تعلن اللجنة موقفها غداً.",
        "ولم يؤكد المصدر أن القافلة وصلت.",
        "رفض المدير التعليق على الخبر.",
        "أضاف الفريق هدفاً ثالثاً قبل النهاية.",
        "وقع الحادث بين المدينة والميناء.",
        "وصلت المساعدات عبر المعبر الشمالي.",
        "سيطر فريق «النجوم» على المباراة.",
        "ويشير هذا القرار إلى مرحلة جديدة.",
        "الأمر الذي يؤكد أن الطريق طويل.",
        "واشترط عدم ذكر اسمه لأن الأمر حساس.",
        "لا يمكن وصفها إلا «بالخطوة الكبيرة جدا».",
    ],
)
def test_no_statement(text: str) -> None:
    assert extract_statements(text) == []


def test_these_people_are_the_last_group_that_spoke() -> None:
    found = extract_statements("أشار مراقبون إلى أن الطريق طويل. وأكد هؤلاء أن الجسر مغلق.")
    assert [name_of(s) for s in found] == ["مراقبون"] * 2


def test_two_verbs_of_a_headline_are_two_statements() -> None:
    found = extract_statements("مجلس السهل ينفي إغلاق المعصرة ويتهم منافسين بترويج الشائعات")
    assert [s.content.text for s in found] == ["إغلاق المعصرة", "بترويج الشائعات"]
    assert {name_of(s) for s in found} == {"مجلس السهل"}


def test_a_family_name_behind_a_verb_is_its_subject_and_nobody_spoken_to() -> None:
    found = extract_statements("قالت الطبيبة ميادة الجدعان إن الدواء نفد. وحذرت الجدعان من انتشار المرض.")
    assert [name_of(s) for s in found] == ["ميادة الجدعان"] * 2
    assert found[1].addressee is None


def test_dropped_subject_follows_gender_over_a_speaker_who_does_not_agree() -> None:
    text = "قالت الطبيبة رنا السالم إن الدواء نفد. وأكد النائب زياد الحلبي أن الشحنة وصلت. وأضافت أن المرضى ينتظرون."
    assert [name_of(s) for s in extract_statements(text)] == ["رنا السالم", "زياد الحلبي", "رنا السالم"]


def test_short_name_stands_for_the_full_name_given_before() -> None:
    text = "قال رئيس البلدية ماهر الطيار إن المضخة تعمل.\nوأكد الطيار أن المياه نظيفة."
    second = extract_statements(text)[1]
    assert name_of(second) == "ماهر الطيار"
    assert second.speaker is not None
    assert second.speaker.resolution == "short_name"


def test_an_unknown_speaker_is_none_with_a_reason_not_a_guess() -> None:
    found = one("وأضاف أن الطريق مقطوع.")
    assert found.speaker is not None
    assert found.speaker.name is None
    assert found.speaker.resolution == "unresolved"
    assert found.speaker.reason


def test_role_and_name_are_told_apart() -> None:
    found = one("وقال الناطق الرسمي باسم اتحاد الصيادين مروان الخطيب إن الموسم جيد.")
    assert name_of(found) == "مروان الخطيب"
    assert found.role is not None
    assert found.role.text == "الناطق الرسمي باسم اتحاد الصيادين"


def test_a_name_that_no_list_knows_is_found_by_where_it_stands() -> None:
    found = one("وقال المتحدث الإعلامي للدفاع المدني العقيد جمعلان دايسون الغامقي إن الحريق أخمد.")
    assert name_of(found) == "جمعلان دايسون الغامقي"


def test_the_day_and_the_outlet_are_kept_as_printed() -> None:
    found = one("وقال المدرب فادي العطار لصحيفة «الملاعب» أمس إن الفريق جاهز.")
    assert found.said_on is not None
    assert found.said_on.text == "أمس"
    assert found.channel is not None
    assert (found.channel.kind, found.channel.name) == ("newspaper", "صحيفة «الملاعب»")


def test_a_denial_has_its_polarity() -> None:
    assert one("ونفى القيادي حسان النعيمي أن يكون الفصيل قد انسحب.").polarity == "denied"


@pytest.mark.parametrize("marks", ['""', "«»", "»«", "“”", "”“", "''", '""'])
def test_marks_of_every_shape(marks: str) -> None:
    opening, closing = (marks, marks) if marks == "''" else (marks[0], marks[1])
    found = one(f"وقال الشاهد عمر الحموي: {opening}سمعنا صوتاً قوياً قرب الجسر{closing}.")
    assert found.content.text == "سمعنا صوتاً قوياً قرب الجسر"
    assert found.kind == "direct"


def test_a_lost_mark_swallows_no_paragraph() -> None:
    text = 'قال المدرب فادي العطار: "الفريق جاهز اليوم.\n\nوفاز الفريق الآخر بالكأس بعد مباراة طويلة.'
    assert [s.content.text for s in extract_statements(text)] == ["الفريق جاهز اليوم"]


def test_two_quotations_in_one_content_are_two_segments() -> None:
    found = one('ووصف الباحث تمام الديري القرار بأنه "متسرع جدا" و"لا يراعي أحدا من الناس".')
    assert [(segment.direct, segment.text) for segment in found.segments] == [
        (True, "متسرع جدا"),
        (True, "لا يراعي أحدا من الناس"),
    ]
    assert found.kind == "direct"


def test_mixed_content_has_a_reported_and_a_quoted_segment() -> None:
    found = one('وقال الوزير سليم الحداد إن الاتفاق "خطوة مهمة نحو الحل النهائي".')
    assert found.kind == "mixed"
    assert [(segment.direct, segment.text) for segment in found.segments] == [
        (False, "الاتفاق"),
        (True, "خطوة مهمة نحو الحل النهائي"),
    ]


def test_only_body_title_and_pull_quote_speak() -> None:
    text = "قال أحمد الزين إن الجسر آمن.\nقال كريم الشامي إن الطريق آمن."
    middle = text.index("\n")
    zones = [Zone("related", 0, middle), Zone("body", middle + 1, len(text))]
    assert [name_of(s) for s in extract_statements(text, zones)] == ["كريم الشامي"]
    assert extract_statements(text, [Zone("nav", 0, len(text))]) == []


def test_a_headline_of_a_name_and_a_colon_speaks_when_the_body_knows_the_name() -> None:
    headline, topic = "الحلبي: لن نغادر القاعة", "وادي الزيزفون: افتتاح الطريق الجديد"
    body = "قال النائب زياد الحلبي إن النواب لن يغادروا القاعة."
    for title, speakers in ((headline, ["زياد الحلبي"]), (topic, [])):
        text = f"{title}\n{body}"
        zones = [Zone("title", 0, len(title)), Zone("body", len(title) + 1, len(text))]
        assert [name_of(s) for s in extract_statements(text, zones) if s.zone == "title"] == speakers


def test_a_nested_report_knows_what_it_stands_in() -> None:
    text = "قال الشاهد عمر الحموي إن الحراس الذين يقولون إن الباب كان مفتوحاً مخطئون."
    found = extract_statements(text)
    inner = [s for s in found if s.nested_in is not None]
    assert all(found[s.nested_in].content.start <= s.content.start for s in inner if s.nested_in is not None)
    assert found[0].content.text.endswith("مخطئون")
