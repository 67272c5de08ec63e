"""Who speaks where the verb names nobody, where several do, and where a role stands between; all names are invented."""

import pytest

from app.extract.statements import extract_statements


def speakers(text: str) -> list[str | None]:
    """The resolved names of the speakers of a text, in its order."""
    return [s.speaker.name if s.speaker is not None else None for s in extract_statements(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("هاجم النائب سعد الزين هيئة الانتخابات، فأكدت أن النتائج سليمة.", "هيئة الانتخابات"),
        ("التقى الوزير سعد الزين بوالدة المفقود. وقالت إنها تنتظر عودته.", "والدة المفقود"),
        ("اجتمع المدير سعد الزين مع مديرة المدرسة، فأكدت له أن الصفوف جاهزة.", "مديرة المدرسة"),
        ("اجتمع رئيس البلدية سعد الزين بممثلي التجار. وقالوا إن الضرائب ترهقهم.", "ممثلي التجار"),
        ("وسأل القاضي المتهم عن مصدر المال، فأجاب بأنه ورثه عن أبيه.", "المتهم"),
        ("وسأل الصحفي سعد الزين المدربة هالة نعوم عن الفوز، فأجابته بأن الفريق يستحق.", "هالة نعوم"),
        ("خرجت أمهات المفقودين إلى الشارع، وهتفن: «نريد أولادنا».", "أمهات المفقودين"),
        ("تلقى الأمين سعد الزين رسالة من رئيس النادي هاني الورد يؤكد فيها أن اللقاء تأجل.", "هاني الورد"),
        ("وصل سعد الزين صباحاً. «مشينا ليلتين كاملتين»، يروي الشاب بصوت متعب.", "سعد الزين"),
    ],
)
def test_a_verb_that_names_nobody_belongs_to_whom_the_words_before_tell_of(text: str, name: str) -> None:
    assert speakers(text)[-1] == name


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوزير سعد الزين إلى المطار. وقالوا إن الطائرة تأخرت.",
        "وقع انفجار قرب المدرسة. وقالت إن أحداً لم يصب.",
        "زار الرئيس سعد الزين مدينة الورد، وقالت إن الطريق مغلق.",
    ],
)
def test_nobody_is_made_to_speak_who_was_not_told_of(text: str) -> None:
    assert speakers(text)[-1] is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأعلن الوزيران سعد الزين وكريمة بوزيد، في بيان مشترك، تشكيل لجنة.", "سعد الزين وكريمة بوزيد"),
        ("وقالت الشقيقتان ليان وجنى الزين إن المدرسة بعيدة.", "ليان وجنى الزين"),
        ("وقال مندوبا المملكة وقطر إن القرار غير ملزم.", "مندوبا المملكة وقطر"),
        ("وقال نائبا رئيس المجلس سعد الزين وهاني الورد إن القانون ظالم.", "سعد الزين وهاني الورد"),
    ],
)
def test_two_who_speak_together_are_one_speaker(text: str, name: str) -> None:
    assert speakers(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال المبعوث الهولندي السابق يان فان دير هوفن إن الطريق مفتوح.", "يان فان دير هوفن"),
        ("واعتبر أستاذ القانون، عضو لجنة الصياغة، النائب السابق سعد الزين، أن التعديل ضار.", "سعد الزين"),
        ("وأكدت محامية المتهم وليد الورد، الأستاذة هالة نعوم، أن موكلها بريء.", "هالة نعوم"),
        ("وجاء في تغريدة حذفتها لاحقاً المذيعة هالة نعوم أن القناة أفلست.", "هالة نعوم"),
        ("وكشف مدير السكك الحديدية باهر القصاب عن خطة جديدة.", "باهر القصاب"),
        ("وقال رئيس اللجنة، المهندس تامر الغزي، إن العمل انتهى.", "تامر الغزي"),
        ("وقال المختار جدعان الهزيم إن القرية خلت.", "جدعان الهزيم"),
        ("وأفاد لوكالتنا مصدر أمني بأن الحادث عرضي.", "مصدر أمني"),
        ("وقال لوكالة الأنباء الرسمية مسؤول في المحافظة إن الطريق مفتوح.", "مسؤول في المحافظة"),
    ],
)
def test_a_name_is_found_behind_the_roles_before_it(text: str, name: str) -> None:
    assert speakers(text) == [name]


def test_the_town_behind_its_noun_is_no_part_of_what_is_announced() -> None:
    (announced,) = extract_statements("وأعلن فرع النقابة في مدينة الورد فتح باب الترشح.")
    assert announced.content.text == "فتح باب الترشح"
