"""Mentions: names, initials and titles in every form they are printed in; all are invented."""

import pytest

from app.corpus.fields import Statement
from app.extract.statements import extract_statements


def only(text: str) -> Statement:
    (statement,) = extract_statements(text)
    return statement


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت م.س إنها فقدت منزلها.", "م.س"),
        ("وأضافت س. ع. أن الجيران ساعدوها.", "س. ع."),
        ("وأوضح (م. ع)، وهو سائق من السهل، أن الأجرة تضاعفت.", "م. ع"),
        ("وقال الطبيب ن.ح إن المشفى بلا دواء.", "ن.ح"),
        ("وبحسب ح. م. فإن الحاجز أغلق الطريق.", "ح. م."),
        ("وقال أ.د مروان الخطيب إن الدواء متوفر.", "مروان الخطيب"),
        ("قال خالد آل-ناصر إن المشروع متوقف.", "خالد آل-ناصر"),
        ("وأوضح الباحث عبد-الرحمن القاسمي أن الأمطار تراجعت.", "عبد-الرحمن القاسمي"),
        ("وقال باسل الجندي إن الورشة أغلقت.", "باسل الجندي"),
        ("وقال محمد علي القاضي إن الموعد تأجل.", "محمد علي القاضي"),
        ("وقال إبراهيم ولد الشيخ أحمد إن الجولة انتهت.", "إبراهيم ولد الشيخ أحمد"),
        ("وقال يوهان فان دير برغ إن الأدوية نفدت.", "يوهان فان دير برغ"),
        ("وقال الدكتور/ سامي الدروبي إن المشفى مزدحم.", "سامي الدروبي"),
    ],
)
def test_a_name_is_read_whole(text: str, name: str) -> None:
    speaker = only(text).speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, "person")


@pytest.mark.parametrize("letters", ["ي ب ك", "د ب أ", "(أ ف ب)"])
def test_letters_without_stops_are_a_body(letters: str) -> None:
    speaker = only(f"وقالت {letters} إن القمة ألغيت.").speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (letters.strip("()"), "organisation")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("وقال فؤاد الهندي (رئيس اتحاد الصيادين) إن البحر مغلق.", "رئيس اتحاد الصيادين"),
        ("وقال فؤاد الهندي محافظ السهل لـ«المدار»، إن البحر مغلق.", "محافظ السهل"),
        ("وقال فؤاد الهندي الأمين العام لـ«حزب السهول» إن البحر مغلق.", "الأمين العام لـ«حزب السهول»"),
        ("وأكد السيد «نزار الكيالي» أن المحطة تعمل.", "السيد"),
    ],
)
def test_a_role_is_read_in_brackets_and_without_the_outlet(text: str, role: str) -> None:
    printed = only(text).role
    assert printed is not None
    assert printed.text == role


@pytest.mark.parametrize(
    ("text", "names", "role"),
    [
        (
            "وقال كل من وائل الحاج وسمير القاضي ونبيل العلي إن الجسر آمن.",
            "وائل الحاج وسمير القاضي ونبيل العلي",
            None,
        ),
        ("وقالت كل من منى السالم وهند الراشد إن الخطة جاهزة.", "منى السالم وهند الراشد", None),
        ("وقالت الوزيرتان منى السالم وهند الراشد إن الخطة جاهزة.", "منى السالم وهند الراشد", "الوزيرتان"),
        ("الطبيبان وائل الحاج وسمر القاضي قالا إنهما تعبا.", "وائل الحاج وسمر القاضي", "الطبيبان"),
        ("وأكد النواب وائل الحاج وسمير القاضي أن التصويت تأجل.", "وائل الحاج وسمير القاضي", "النواب"),
        (
            "وقال وزير النقل سامي الحلو ونظيره الأرضي فادي خوري إن الخط سيعود.",
            "سامي الحلو وفادي خوري",
            "وزير النقل",
        ),
    ],
)
def test_several_persons_are_one_speaker(text: str, names: str, role: str | None) -> None:
    statement = only(text)
    assert statement.speaker is not None
    assert statement.speaker.name == names
    assert (statement.role.text if statement.role else None) == role


@pytest.mark.parametrize(
    ("text", "body", "content"),
    [
        (
            "وأعلنت الهيئة المعنية بشؤون المفقودين بدء تسجيل الأسماء.",
            "الهيئة المعنية بشؤون المفقودين",
            "بدء تسجيل الأسماء",
        ),
        ("وأعلن الفصيل المنشق عن جبهة السهول وقف القتال.", "الفصيل المنشق عن جبهة السهول", "وقف القتال"),
        (
            "وأعلنت اللجنة العليا المشرفة على إعادة تأهيل المرافق العامة في محافظة السهل بدء العمل.",
            "اللجنة العليا المشرفة على إعادة تأهيل المرافق العامة في محافظة السهل",
            "بدء العمل",
        ),
        (
            "وقالت القوات المدعومة من حكومة السهول إنها ستتقدم.",
            "القوات المدعومة من حكومة السهول",
            "إنها ستتقدم",
        ),
        ("وقالت مصادر داخل الحزب إن القيادة ستتغير.", "مصادر داخل الحزب", "القيادة ستتغير"),
    ],
)
def test_what_an_attribute_asks_for_belongs_to_the_speaker(text: str, body: str, content: str) -> None:
    statement = only(text)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.content.text) == (body, content)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("وقالت زميلتي ندى السالم إن الموعد تأجل.", "ندى السالم", "زميلتي"),
        ("وقال شقيقه مروان الخطيب إن البيت تهدم.", "مروان الخطيب", "شقيقه"),
        ('وقال حسام "الاسم مستعار لأسباب أمنية" إنه ترك الجامعة.', "حسام", None),
    ],
)
def test_kin_and_what_is_said_of_a_name_are_no_part_of_it(text: str, name: str, role: str | None) -> None:
    statement = only(text)
    assert statement.speaker is not None
    assert statement.speaker.name == name
    assert (statement.role.text if statement.role else None) == role


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("قال الناطق الإعلامي بصحة عسير سعيد بن عبدالله إن اللقاح وصل.", "سعيد بن عبدالله", "person"),
        ("وقال سامي الحلو الشريك المؤسس في الشركة إن السوق هادئة.", "سامي الحلو", "person"),
        ("وشدد أبو ثنين على الصبر.", "أبو ثنين", "person"),
        ("وقالت مديرتها منى السالم إن السفن في الصيانة.", "منى السالم", "person"),
        ("وأكدت ناشطة عرفت عن نفسها باسم لمى أن الدفن جرى ليلاً.", "لمى", "person"),
        ("ونفى مؤيدو الحزب وجود خلاف.", "مؤيدو الحزب", "anonymous"),
        ("وشدد الوزيران على ضرورة استئناف الرحلات.", "الوزيران", "person"),
        ("وقالت امرأة في العقد الرابع من عمرها إنها تعبت.", "امرأة في العقد الرابع من عمرها", "anonymous"),
        ("وقال أحد المصابين في وجه المسعفين: «أين أخي؟».", "أحد المصابين", "anonymous"),
        ("وقالت مصادر على صلة بالملف إن الأسرى عادوا.", "مصادر على صلة بالملف", "anonymous"),
        ("وقال مصدر رفيع المستوى في الوزارة إن القمة ألغيت.", "مصدر رفيع المستوى في الوزارة", "anonymous"),
        ("وأعلن من حلب ناطق باسم الحلف مقتل أربعة من عناصره.", "ناطق باسم الحلف", "anonymous"),
        ("وقال المجلس المحلي في عين الوردة إن الماء عاد.", "المجلس المحلي في عين الوردة", "organisation"),
        ("وقال إعلام النظام إن الجيش انسحب.", "إعلام النظام", "organisation"),
        ("وأفادت الإحصائيات بأن الأسعار ارتفعت.", "الإحصائيات", "document"),
    ],
)
def test_who_is_told_at_length_is_told_whole(text: str, name: str, kind: str) -> None:
    speaker = only(text).speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize("noun", ["شهاداتهم", "رواياتهم"])
def test_an_account_with_a_pronoun_is_whose_it_is(noun: str) -> None:
    text = f"قال الناجون إن الحارس هرب. وبحسب {noun}، فإن المركب غرق قبل الفجر."
    assert [statement.speaker and statement.speaker.name for statement in extract_statements(text)] == ["الناجون"] * 2


def test_an_age_stands_between_a_trade_and_a_name() -> None:
    statement = only('ويقول المحاسب الخمسيني ماجد عمران بغضب: "هناك فوضى عارمة في السوق".')
    assert statement.speaker is not None
    assert statement.speaker.name == "ماجد عمران"


def test_an_indefinite_noun_behind_a_body_is_its_object() -> None:
    assert extract_statements("وأقر البرلمان قانون الموازنة بأغلبية ضئيلة بعد جلسة طويلة.") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("وقالت هيئة تحرير السهول في بيان إن الطريق مغلق.", "هيئة تحرير السهول", "organisation"),
        ("وقال سائق حافلة فضل عدم الكشف عن هويته إن الحاجز مغلق.", "سائق حافلة", "person"),
        ("وقالت أم علاء ذات الخمسين عاماً إن الخيمة باردة.", "أم علاء", "person"),
        ("وطالبت 12 منظمة بفتح المعابر.", "12 منظمة", "anonymous"),
        ("وقال أكثر من عشرة شهود إن الطائرة سقطت.", "أكثر من عشرة شهود", "anonymous"),
        ("وقالت زوجة المعتقل رامي الحلو إن الهدنة هشة.", "زوجة المعتقل رامي الحلو", "anonymous"),
        (
            "وقال قائد «لواء السهول» التابع لـ«فيلق الوادي» النقيب رامي الحلو إن الهدنة هشة.",
            "رامي الحلو",
            "person",
        ),
    ],
)
def test_what_stands_beside_a_name_is_told_from_it(text: str, name: str, kind: str) -> None:
    speaker = only(text).speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال مصطفى ح. إن القطار توقف.", "مصطفى ح"),
        ("وقال نور الدين بن علي إن القطار توقف.", "نور الدين بن علي"),
        ("وأكدت مديرة المدرسة (هدى) أن القطار توقف.", "هدى"),
        ("وقال مصدران في الشرطة إن القطار توقف.", "مصدران في الشرطة"),
        ("ونفى رامي الحلو، الناطق باسم السكك، توقف القطار.", "رامي الحلو"),
        ("ونفى مصدر مقرب من رامي الحلو توقف القطار.", "مصدر مقرب من رامي الحلو"),
        ("ونفى مكتب رامي الحلو توقف القطار.", "مكتب رامي الحلو"),
        ("وقال مسؤول في الإدارة الأرضية رفض الكشف عن هويته إن القطار توقف.", "مسؤول في الإدارة الأرضية"),
    ],
)
def test_what_is_said_begins_behind_all_that_tells_who_says_it(text: str, name: str) -> None:
    statement = only(text)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.content.text.removesuffix(".")) in (
        (name, "القطار توقف"),
        (name, "توقف القطار"),
    )
