"""Two who speak: which of them is meant, and who goes on."""

import pytest

from app.extract.statements import extract_statements


def _said(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker.name if s.speaker else None, s.content.text) for s in extract_statements(text)]


def test_the_first_and_the_second_are_those_named_before() -> None:
    text = (
        "التقى الوزير ماهر العلي النائب وليد الأحمد. وقال الأول إن الاتفاق قريب، فيما رأى الثاني أن الوقت لم يحن بعد."
    )
    assert _said(text) == [("ماهر العلي", "الاتفاق قريب"), ("وليد الأحمد", "الوقت لم يحن بعد")]


def test_both_are_one_speaker_of_two_names() -> None:
    text = "التقى الوزير ماهر العلي النائب وليد الأحمد. وقال كلاهما إن الاتفاق قريب."
    assert _said(text) == [("ماهر العلي ووليد الأحمد", "الاتفاق قريب")]


@pytest.mark.parametrize(
    ("going_on", "said"),
    [
        ("، لتضيف أن الدم نفد.", "الدم نفد"),
        ("، وختمت بالقول: «سننتظر غداً».", "سننتظر غداً"),
    ],
)
def test_who_goes_on_by_another_verb_says_a_second_thing(going_on: str, said: str) -> None:
    text = "قالت الممرضة ليلى البكري إن الجرحى كثيرون" + going_on
    assert _said(text) == [("ليلى البكري", "الجرحى كثيرون"), ("ليلى البكري", said)]


def test_who_answers_by_a_noun_of_saying_is_he_behind_the_verb_before_it() -> None:
    text = "قال المحامي جمال الرفاعي إن القضية معقدة، ورد عليه زميله سامر الحلواني بالقول إن الأمل موجود."
    assert _said(text) == [("جمال الرفاعي", "القضية معقدة"), ("سامر الحلواني", "الأمل موجود")]


@pytest.mark.parametrize("answer", ["فقال له: «لست من يحددها».", "فأجابه: «لست من يحددها».", "فقال: «لست من يحددها»."])
def test_of_two_who_talk_the_other_one_answers(answer: str) -> None:
    text = "قال التاجر بشار الكردي: «الأسعار مقبولة». فرد عليه الزبون حسين الدندشي: «بل هي نار». " + answer
    assert [name for name, _ in _said(text)] == ["بشار الكردي", "حسين الدندشي", "بشار الكردي"]


@pytest.mark.parametrize(
    "text",
    [
        "يقول: «لم أعد أعرف شارعنا هذا». هكذا بدأ الخياط نديم العطار حديثه.",
        "«كنا سبعة في البيت»، يقول وهو يمسح دموعه. فقد الخياط نديم العطار أسرته في القصف.",
        "قال: «كل صباح أفتح الدكان ولا يأتي أحد». نديم العطار خياط في السوق القديم.",
    ],
)
def test_who_speaks_before_he_is_named_is_the_only_one_named_next(text: str) -> None:
    assert [name for name, _ in _said(text)] == ["نديم العطار"]


def test_people_who_did_something_together_go_on_to_speak() -> None:
    text = "اعتصم سائقو الحافلات أمام الوزارة وقطعوا الطريق ساعة كاملة. وقالوا إن الأجرة لا تغطي ثمن الوقود."
    assert _said(text) == [("سائقو الحافلات", "الأجرة لا تغطي ثمن الوقود")]


def test_what_a_thing_does_in_its_relative_clause_is_nobodys_words() -> None:
    text = "قال الوزير ماهر العلي إن المفاوضات مستمرة. وتحاول الحكومة حل الأزمة التي تهدد وحدة البلاد."
    assert _said(text) == [("ماهر العلي", "المفاوضات مستمرة")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("بدأت وكالة الشؤون الريفية حملتها. وأوضحت الوكالة أن العمل يستمر شهراً.", "وكالة الشؤون الريفية"),
        ("احتج سكان الحي أمام مديرية المياه أمس. وقالت المديرية إن العطل سيصلح.", "مديرية المياه"),
        ("التقى المدرب الإيطالي ماركو فيرو لاعبيه. وأكد الإيطالي أن الفريق جاهز.", "ماركو فيرو"),
        ("تعيش سعاد الجاسم وحيدة. وتقول السيدة الخمسينية إن أولادها هاجروا.", "سعاد الجاسم"),
        ("أصدرت نقابة المعلمين بياناً أمس. وجاء في البيان أن الرواتب متأخرة.", "نقابة المعلمين"),
        ("سألت هالة المرعي الكاتبة سمر الحداد عن روايتها. أجابت: «كتبتها في عامين».", "سمر الحداد"),
    ],
)
def test_who_was_only_spoken_of_is_meant_by_a_noun_or_a_verb(text: str, speaker: str) -> None:
    assert _said(text)[-1][0] == speaker


def test_the_dead_and_those_told_of_by_a_loss_do_not_go_on_to_speak() -> None:
    text = "قال الناشط جابر العيسى إن القصف عنيف. وقتل العقيد رامز الصباغ أمس. وأضاف أن الطرق مقطوعة."
    assert [name for name, _ in _said(text)] == ["جابر العيسى", "جابر العيسى"]


def test_a_present_right_behind_a_noun_is_not_of_who_spoke_last() -> None:
    text = "قال الناشط جابر العيسى إن الطرق مقطوعة. ثم وصلت إلى المكتب رسالة من مجهول تفيد بأن الجسر ملغم."
    assert ("جابر العيسى", "الجسر ملغم") not in _said(text)


@pytest.mark.parametrize("verb", ["ويرى أنها", "ويعتبر أنها"])
def test_a_view_is_his_who_spoke_last(verb: str) -> None:
    text = f"انتقد المزارع جابر العيسى البلدية. {verb} أهملت القناة."
    assert _said(text)[-1] == ("جابر العيسى", "أنها أهملت القناة")
