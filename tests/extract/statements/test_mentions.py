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
