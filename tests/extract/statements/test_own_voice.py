"""What the text says in its own voice: columns, questions to the reader, the answers of an interview."""

import pytest

from app.extract.statements import extract_statements


def _said(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker.name if s.speaker else None, s.content.text) for s in extract_statements(text)]


@pytest.mark.parametrize(
    "own",
    [
        "وهنا أعتقد أن السد آمن.",
        "غير أني أستبعد أن السد آمن.",
        "كما أني من خلال تجربتي لاحظت أن السد آمن.",
        "كنت في مكتبي فتساءلت هل السد آمن.",
        "وأود أن أوضح للقارئ الكريم أن السد آمن.",
        "ولاحظ معي أن السد آمن.",
        "ويُتوقع لهذا المشروع أن يزيد الماء.",
        "وآمل ألا يقل الماء.",
        "ولا أخفي أن السد قديم.",
        "وأنا من هنا اعتقد أن السد قديم.",
        "وهناك خلاف بينها وبين الشركة على أن السد قديم.",
        "وأردت من هذا العرض الطويل لتاريخ السد وما حوله من القرى أن أوضح للقارئ أن السد قديم.",
        "وكشفت الشركة عن وجهها الحقيقي أمام الناس.",
        "ومما يزيد الطين بلة أن السد قديم.",
        "وكان سامر الحلبي طالبا في جامعة الوادي.",
        "وهذا يعد تحديا كبيرا بأن السد قديم.",
        "وأعترف للقارئ بأن السد قديم.",
        "وفي مرحلة لاحقة اعتقدت أنني فهمت السد.",
        "ترى لماذا نشكو من السد؟",
        "فلماذا تشتكي من السد؟",
        "وفي حال دعا الوزير سامر الحلبي إلى الاقتراع، سيكون الماء قليلا.",
        "وإن رأى الوزير سامر الحلبي أن السد قديم فليصلحه.",
    ],
)
def test_the_writers_own_words_are_no_statement(own: str) -> None:
    report = "قالت النقابة إن الماء قليل. "
    assert _said(report + own) == [("النقابة", "الماء قليل")]


@pytest.mark.parametrize(
    ("report", "speaker", "said"),
    [
        ("واستبعد أن السد آمن.", "سامر الحلبي", "السد آمن"),
        ("وتابع أعتقد أن السد آمن.", "سامر الحلبي", "السد آمن"),
        ("ولم يكد يصل إلي بعد أن أعلن أن السد آمن.", "سامر الحلبي", "السد آمن"),
        ("وما إن أكد الحلبي أن السد آمن حتى سكتوا.", "سامر الحلبي", "السد آمن حتى سكتوا"),
        ("وكان قد زارني بعد أن أوضح أن السد آمن.", "سامر الحلبي", "السد آمن"),
        ("وأردت أن أسأله بعد أن أوضح أن السد آمن.", "سامر الحلبي", "السد آمن"),
        ("ويُؤكد المهندس وليد الأحمد أن السد آمن.", "وليد الأحمد", "السد آمن"),
    ],
)
def test_what_is_like_it_and_reports(report: str, speaker: str, said: str) -> None:
    assert _said("قال سامر الحلبي إن الماء قليل. " + report)[-1] == (speaker, said)


def test_a_first_person_belongs_to_the_report_it_stands_in() -> None:
    text = "وقال سامر الحلبي: إن الماء قليل، وأعتقد أن السد آمن."
    assert _said(text) == [("سامر الحلبي", "الماء قليل، وأعتقد أن السد آمن")]


def test_she_said_it_where_only_she_can_have() -> None:
    text = "قالت ليلى البكري إن الماء قليل. وكنت معها حين أضافت أن السد آمن."
    assert _said(text)[-1] == ("ليلى البكري", "السد آمن")


def test_an_answer_reports_only_whom_it_names() -> None:
    text = (
        "قال المدرب سامر الحلبي إن الفريق جاهز.\n"
        "كيف بدأت؟\nـ زرت النادي وقال لي إن الملعب جاهز.\n"
        "ومن ساعدك؟\nـ ساعدني أخي وأخبرني بأن الباب مفتوح.\n"
        "ومتى وقعت؟\nـ في الصيف، وقال رئيس النادي وليد الأحمد إن العقد طويل."
    )
    assert _said(text) == [("سامر الحلبي", "الفريق جاهز"), ("وليد الأحمد", "العقد طويل")]


def test_where_the_text_speaks_for_itself_a_report_is_less_sure() -> None:
    report = "قال سامر الحلبي إن الماء قليل."
    column = report + " أنا أشرب كل يوم، وكنت أظن أنك تشرب مثلي يا عزيزي، وقلت لك ذلك."
    alone, among = extract_statements(report)[0], extract_statements(column)[0]
    assert alone.content.text == among.content.text
    assert among.confidence < 0.9 < alone.confidence
