"""Words that stand by themselves and are somebody's by what stands behind them."""

import pytest

from app.extract.statements import extract_statements

SAID = "لم تصل أي شاحنة إلى الحي منذ أسبوع"


def _said(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker.name if s.speaker else None, s.content.text) for s in extract_statements(text)]


@pytest.mark.parametrize(
    ("behind", "speaker"),
    [
        (". هذا ما أكده رئيس البلدية سامر الحلواني.", "سامر الحلواني"),
        (". وهو الأمر الذي نفته مديرية النقل.", "مديرية النقل"),
        ("، وهو ما أشار إليه الناشط جابر العيسى.", "جابر العيسى"),
        (". الخبر أكده الناشط جابر العيسى.", "جابر العيسى"),
        (". الكلام لمدير المخبز ماهر العلي.", "ماهر العلي"),
        (". والقول للنجار حسين الدندشي الذي خسر ورشته.", "حسين الدندشي"),
        (". كان هذا رأي التاجر بشار الكردي.", "بشار الكردي"),
        (". هكذا قال الضابط منذر الشيخ حين سئل.", "منذر الشيخ"),
        (". (المصدر: بلدية الرابية)", "بلدية الرابية"),
    ],
)
def test_a_plain_sentence_is_his_whom_the_next_words_name(behind: str, speaker: str) -> None:
    assert _said(SAID + behind) == [(speaker, SAID)]


@pytest.mark.parametrize(
    "behind",
    [
        ". قالها حسين الدندشي وهو يغلق دكانه.",
        "، قالها حسين الدندشي ومضى.",
        "، تلك عبارة كررها حسين الدندشي مرات.",
        ". مثل ردده حسين الدندشي أمامنا.",
        ". كانت تلك آخر كلمات الطيار حسين الدندشي.",
        ". والعبارة للطيار حسين الدندشي.",
    ],
)
def test_a_quotation_is_his_whom_the_next_words_name(behind: str) -> None:
    assert _said("«نحن بخير»" + behind) == [("حسين الدندشي", "نحن بخير")]


@pytest.mark.parametrize(
    "behind",
    [
        "، وهو ما دفع السكان إلى الرحيل.",  # what it led to
        ". المصدر: وكالات",  # the credit of the whole article
        "، وهو ما اعتبره الناشط جابر العيسى حصاراً غير معلن.",  # what he calls it
        "، وهو ما يراه الناشط جابر العيسى على أنه حصار.",
        ". هذا ما لم يقله الناشط جابر العيسى.",
        ". هذا رد الحكومة على المطالب.",  # a deed
        ". هذا كلام الناس في المقاهي.",
        ". والحديث للحكومة مستمر.",
        ". هكذا رد المدير على المنتقدين.",
    ],
)
def test_what_follows_a_plain_sentence_may_attribute_nothing(behind: str) -> None:
    assert _said(SAID + behind) == []


def test_what_somebody_said_already_is_not_said_again_by_who_confirms_it() -> None:
    text = f"قال الناشط جابر العيسى: «{SAID}». هذا ما أكده رئيس البلدية سامر الحلواني."
    assert _said(text) == [("جابر العيسى", SAID)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("تتذكر أم سامر الحلاق يوم القصف: «لم نجد أحداً في الشارع».", "أم سامر الحلاق"),
        ("تتذكر أم سامر الحلاق يوم القصف:\n- «لم نجد أحداً في الشارع».", "أم سامر الحلاق"),
        ("ووجه رئيس البلدية سامر الحلواني نداء إلى السكان:\n* «لم نجد أحداً في الشارع».", "سامر الحلواني"),
    ],
)
def test_a_colon_leads_to_the_quotation_behind_it_or_behind_a_bullet_on_the_next_line(text: str, speaker: str) -> None:
    assert _said(text) == [(speaker, "لم نجد أحداً في الشارع")]


@pytest.mark.parametrize(
    "text",
    [
        "تستقبل المعلمة سلمى الحلاق تلاميذها غداً.\nفيلم «ليل طويل في المدينة القديمة» يعرض غداً.",
        "تستقبل المعلمة سلمى الحلاق تلاميذها غداً:\nفيلم «ليل طويل في المدينة القديمة» يعرض غداً.",
        "تستقبل المعلمة سلمى الحلاق تلاميذها غداً:\n- «ليل طويل في المدينة القديمة» يعرض غداً.",
        "تستقبل المعلمة سلمى الحلاق تلاميذها «غداً: السبت».\nفيلم «ليل طويل في المدينة القديمة».",
        "تستقبل المعلمة سلمى الحلاق تلاميذها غداً.\n- «ليل طويل في المدينة القديمة».",
    ],
)
def test_a_title_in_the_next_sentence_is_not_what_somebody_said(text: str) -> None:
    assert _said(text) == []
