"""What stands beside a statement: channel, affiliation, addressee; names and organisations are invented."""

from datetime import date

import pytest

from app.corpus.fields import Statement
from app.extract.statements import extract_statements


def channels(statements: list[Statement]) -> list[tuple[str, str] | None]:
    return [(s.channel.kind, s.channel.name) if s.channel is not None else None for s in statements]


@pytest.mark.parametrize(
    ("role", "affiliation"),
    [
        ("الناطق الرسمي باسم اتحاد الصيادين", "اتحاد الصيادين"),
        ("مدير مركز الينابيع في المدينة", "مركز الينابيع"),
        ("القيادي بحركة النهوض", "حركة النهوض"),
        ("الباحث في معهد السهول", "معهد السهول"),
        ("الطبيبة", None),
        ("وزير العدل", None),
    ],
)
def test_the_affiliation_is_what_the_role_plainly_says(role: str, affiliation: str | None) -> None:
    (found,) = extract_statements(f"وقال {role} مروان الخطيب إن الموسم جيد.")
    assert found.speaker is not None
    assert found.speaker.name == "مروان الخطيب"
    assert found.role is not None
    assert found.role.text == role
    assert found.affiliation == affiliation


def test_the_site_that_publishes_is_the_channel_of_all_that_its_speaker_goes_on_to_say() -> None:
    text = (
        "ونشر الموقع الرسمي لاتحاد السهول تصريحات للمهندس مروان الخطيب، قال فيها إن السد آمن.\n"
        "وأضاف أن الترميم انتهى. وقالت الطبيبة رنا السالم إن الدواء نفد."
    )
    found = extract_statements(text)
    site = ("official_site", "الموقع الرسمي لاتحاد السهول")
    assert channels(found) == [site, site, None]
    assert found[0].channel is not None
    assert found[0].channel.start is not None
    assert found[1].channel is not None
    assert found[1].channel.start is None


def test_a_channel_ends_with_its_occasion() -> None:
    text = (
        "وقال النائب زياد الحلبي لصحيفة «الملاعب» إن الملعب جاهز. وقال المدرب فادي العطار إن الفريق متعب. "
        "وأكد الحلبي أن الطريق مغلق."
    )
    assert channels(extract_statements(text)) == [("newspaper", "صحيفة «الملاعب»"), None, None]


def test_a_statement_that_accuses_is_the_channel_and_not_the_words_behind_it() -> None:
    text = "ونشر المجلس بياناً قال فيه إن المعصرة مفتوحة. واتهم البيان أصحاب متاجر خاصة بترويج الشائعات."
    found = extract_statements(text)
    assert channels(found) == [("written_statement", "بياناً"), ("written_statement", "البيان")]
    assert [s.speaker.name for s in found if s.speaker is not None] == ["المجلس", "المجلس"]
    assert found[1].addressee is not None
    assert found[1].addressee.text == "أصحاب متاجر خاصة"


def test_a_broadcaster_that_says_it_itself_is_no_channel() -> None:
    (found,) = extract_statements("وقال تلفزيون الضفة إن الجسر أغلق.")
    assert found.channel is None


def test_a_tail_behind_a_participle_belongs_to_its_verb_too() -> None:
    text = (
        "وكشفت هيئة الينابيع أن البئر جفت، لافتة إلى أن المضخة تعطلت، "
        "وفق ما قاله مدير الهيئة مروان الخطيب لقناة «السهل»."
    )
    found = extract_statements(text)
    assert [s.utterer.name for s in found if s.utterer is not None] == ["مروان الخطيب"] * 2
    assert channels(found) == [("tv", "قناة «السهل»")] * 2


FRIDAY = date(2015, 7, 31)


@pytest.mark.parametrize(
    ("words", "printed", "day"),
    [
        ("اليوم", "اليوم", date(2015, 7, 31)),
        ("أمس", "أمس", date(2015, 7, 30)),
        ("أول من أمس", "أول من أمس", date(2015, 7, 29)),
        ("يوم الثلاثاء", "الثلاثاء", date(2015, 7, 28)),
        ("الجمعة", "الجمعة", date(2015, 7, 31)),
        ("الجمعة الماضي", "الجمعة", date(2015, 7, 24)),
        ("الثلاثاء 4 آب", "الثلاثاء", None),
        ("الأحد المقبل", "الأحد", None),
    ],
)
def test_a_day_is_counted_from_the_day_of_publication(words: str, printed: str, day: date | None) -> None:
    (found,) = extract_statements(f"وقال المدرب فادي العطار {words} إن الفريق جاهز.", published=FRIDAY)
    assert found.said_on is not None
    assert (found.said_on.text, found.said_on_date) == (printed, day)


def test_without_a_day_of_publication_a_day_is_words_alone() -> None:
    (found,) = extract_statements("وقال المدرب فادي العطار أمس إن الفريق جاهز.")
    assert found.said_on is not None
    assert found.said_on_date is None


def test_not_to_rule_out_affirms() -> None:
    (found,) = extract_statements("ولم يستبعد المزارع فندي الرشدان أن تكون الشائعة مزحة.")
    assert found.polarity == "affirmed"
