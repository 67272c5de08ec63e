"""Who is meant: speakers told from titles, from the article around them, and from each other; all are invented."""

import pytest

from app.corpus.fields import Statement
from app.extract.statements import extract_statements


def names_of(text: str) -> list[str | None]:
    return [statement.speaker.name if statement.speaker else None for statement in extract_statements(text)]


def last_of(text: str) -> Statement:
    return extract_statements(text)[-1]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال حاكم محافظة شيلان عز الدين الكرزي إن السد آمن.", "عز الدين الكرزي"),
        ("وقال نائب مروان الخطيب إن الموعد تأجل.", "نائب مروان الخطيب"),
        ('وقال الدكتور "مروان الخطيب" إن الدواء متوفر.', "مروان الخطيب"),
        ("وقال الخبير نورالدين السالمي إن الحقل واعد.", "نورالدين السالمي"),
        ("وقالت المديرة التنفيذية لقسم السهول وشمال الوادي ساندرا الكرزي إن الماء قليل.", "ساندرا الكرزي"),
        ("وقال رئيس اللجنة - طلب عدم ذكر اسمه - إن الطريق مغلق.", "رئيس اللجنة"),
        ("وقال الوزير مروان الخطيب، المنتمي لحزب النهوض، إن الموسم جيد.", "مروان الخطيب"),
        ("محافظ السهل مروان الخطيب، كان قد أعلن أن الجسر سيفتح.", "مروان الخطيب"),
        ("أما المحامي مروان الخطيب فقد برر القرار بأنه مؤقت.", "مروان الخطيب"),
        ("وجاء في بيان لمروان الخطيب مدير المركز: إن الأبواب مفتوحة.", "مروان الخطيب"),
        ("وقال المجلس المحلي في بلدة السهل إن الأفران عادت.", "المجلس المحلي في بلدة السهل"),
        ("وقال مصدر في وزارة النقل إن الجسر سليم.", "مصدر في وزارة النقل"),
    ],
)
def test_a_printed_speaker_is_the_one_who_says_it(text: str, speaker: str) -> None:
    assert names_of(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A family name that no list knows, from the place where the article has it whole.
        ("زار وزير الري سجعان الكرزني السد. وأوضح الكرزني أن الماء وفير.", "سجعان الكرزني"),
        # The topic of the sentence goes on, not whoever spoke before.
        (
            "قال مروان الخطيب إن العمل بدأ. ورفض المدير سامر الحلبي الاتهامات، وأكد أن المصنع آمن.",
            "سامر الحلبي",
        ),
        ("قال مروان الخطيب إن العمل بدأ. ورفضت بلدية السهل الاتهامات، وأكدت أن الجسر آمن.", "بلدية السهل"),
        # An outlet named behind its words does not take the floor.
        ("قالت سعاد الطيب إن المدرسة فتحت. وعاد التلاميذ، بحسب وكالة المدار. وأضافت أن الكتب وصلت.", "سعاد الطيب"),
        # The verb says more than the title: نائب is masculine, the deputy is a woman.
        (
            "قالت ساندرا الكرزي نائب المدير إن الماء قليل. وقال مروان الخطيب إن المطر قريب. وأضافت أن السد فارغ.",
            "ساندرا الكرزي",
        ),
        # The report is its issuer's, however far back.
        (
            "ذكر تقرير صادر عن معهد السهول أن الماء قليل. وقال مروان الخطيب إن المطر قريب. وأضاف التقرير أن السد فارغ.",
            "معهد السهول",
        ),
        ("قالت مصادر محلية إن الطريق مغلق. وأشار المصدر إلى أن الجسر سليم.", "مصادر محلية"),
        (
            "قال قائد المنطقة الثانية اللواء مروان الخطيب إن العمل بدأ. وأضاف قائد المنطقة أن الجسر سليم.",
            "مروان الخطيب",
        ),
        (
            "قال الناشط أبو عمر السهلي إن الماء انقطع. والتقى الصحفي مع أبي عمر السهلي، وقال أبو عمر إنه عاد.",
            "أبو عمر السهلي",
        ),
    ],
)
def test_who_is_not_printed_in_full_is_found_in_the_article(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


def test_two_who_speak_together_are_one_speaker_of_both_names_and_each_is_known_alone() -> None:
    text = (
        "وقال المحللان الدكتور مروان الخطيب والدكتور سامر الحلبي إن الموسم جيد. "
        "وأضافا أن المطر وفير. وقال الحلبي إن السد آمن."
    )
    together = "مروان الخطيب وسامر الحلبي"
    assert names_of(text) == [together, together, "سامر الحلبي"]
    printed = extract_statements(text)[0].speaker
    assert printed is not None
    assert printed.text == "مروان الخطيب والدكتور سامر الحلبي"


def test_who_is_named_only_after_his_first_words_has_his_name_before_too() -> None:
    text = "أعلن مسؤول محلي أن الجسر سيفتح. وقال مروان الخطيب، المتحدث باسم البلدية، إن العمل انتهى."
    assert names_of(text) == ["مروان الخطيب", "مروان الخطيب"]
    first = extract_statements(text)[0].speaker
    assert first is not None
    assert (first.text, first.resolution) == ("مسؤول محلي", "nominal")


def test_somebody_else_by_turns_is_not_named_for_the_first() -> None:
    text = "أعلن مسؤول محلي أن الجسر سيفتح. من جهته قال مروان الخطيب، المتحدث باسم البلدية، إن العمل انتهى."
    assert names_of(text) == ["مسؤول محلي", "مروان الخطيب"]


@pytest.mark.parametrize(
    "text",
    [
        "وقال مروان الخطيب إن العمل بدأ. وأكد وجود «عقبات كثيرة في الطريق إلى السد».",
        "وقال مروان الخطيب إن العمل بدأ. ولفت الانتباه إلى أن الجسر قديم.",
        "وقال مروان الخطيب إن العمل بدأ، لكنه شدد على أن الطريق طويل.",
    ],
)
def test_what_is_said_is_nobody_who_says_it(text: str) -> None:
    assert names_of(text)[-1] == "مروان الخطيب"


def test_a_woman_is_not_given_a_mans_words() -> None:
    assert last_of("قال مروان الخطيب إن العمل بدأ. وأضافت أن الجسر قديم.").speaker is not None
    assert names_of("قال مروان الخطيب إن العمل بدأ. وأضافت أن الجسر قديم.")[-1] is None


def test_the_main_clause_holds_the_floor_behind_a_subordinate_one() -> None:
    text = (
        "وبينما أفادت مصادر أمنية بارتفاع منسوب النهر، حذر ممثل السهل في المجلس مروان الخطيب من الفيضان. "
        "وقال إن السد قديم."
    )
    assert names_of(text)[-1] == "مروان الخطيب"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال الرئيس الإيراني إن الماء قليل. ووعد الرئيس التركي بأن السد سيفتح.", "الرئيس التركي"),
        ("قال رئيس الحكومة سامر البلوي إن الماء قليل. وقال رئيس الوزراء إن السد آمن.", "سامر البلوي"),
        ("وأوضح مصدر مطلع في مكتب الوزير سامر البلوي أن الماء قليل.", "مصدر مطلع في مكتب الوزير سامر البلوي"),
        ("وقالت حركة النهار المقربة من حزب الوادي إن الماء قليل.", "حركة النهار"),
        (
            "وقال مصدر في قيادة عمليات صلاح الدين إن الجسر مغلق.",
            "مصدر في قيادة عمليات صلاح الدين",
        ),
        (
            "قال السفير سامر البلوي إن الماء قليل. ورافقت «الضحى» السفير البلوي، وأوضح أن السد آمن.",
            "سامر البلوي",
        ),
        ("تحدث سامر البلوي أمس. وقال البلوي الشهر الماضي إن الماء قليل.", "سامر البلوي"),
        ("قال سامر البلوي إن الماء قليل. اعتقد أن السد آمن.", None),
    ],
)
def test_a_doubtful_speaker_is_not_carried_through_the_article(text: str, speaker: str | None) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وأوضح د. الكرزي أن الماء قليل.", "الكرزي"),
        ("وأكدت د. سجعاء الكرزني أن الماء قليل.", "سجعاء الكرزني"),
        ("وقال أ.د. سامر البلوي إن الماء قليل.", "سامر البلوي"),
        ("وقال م/ سامر البلوي إن الماء قليل.", "سامر البلوي"),
        ("قال وزير الصحة د. سامر البلوي إن الماء قليل. وأضاف د.البلوي أن المرض نادر.", "سامر البلوي"),
    ],
)
def test_a_short_title_ends_no_sentence_and_may_be_a_womans(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Nobody is two countries' minister, and a government is one country's.
        (
            "قال وزير الري القطري سامر البلوي إن السد آمن. وأكد وزير الري الأميركي أن الماء قليل.",
            "وزير الري الأميركي",
        ),
        ("أدانت الحكومة الأردنية الهجوم. وأعربت الحكومة التونسية عن قلقها من الهجوم.", "الحكومة التونسية"),
        (
            "أعلن مسؤول أميركي كبير أن الجسر سيفتح. وقال مروان الخطيب، رئيس الوزراء التركي، إن العمل انتهى.",
            "مروان الخطيب",
        ),
        # A title without what it is addressed by.
        ("زار وزير الري سامر البلوي السد. وقال معالي وزير الري إن الماء قليل.", "سامر البلوي"),
        # A name's last word tells more than its first.
        ("قال سامر الكرزي إن الماء قليل. وقال عودة سامر إن السد آمن. وأضاف سامر أن المطر قريب.", "عودة سامر"),
    ],
)
def test_whom_a_noun_or_a_short_name_means(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


def test_an_unnamed_official_is_not_another_countrys_minister() -> None:
    text = "أعلن مسؤول أميركي كبير أن الجسر سيفتح. وقال مروان الخطيب، رئيس الوزراء التركي، إن العمل انتهى."
    assert names_of(text)[0] == "مسؤول أميركي كبير"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Whoever turned to somebody goes on, behind a verb with its preposition.
        ("قال سامر الحلبي إن الماء قليل. واتفق معه مروان الخطيب وأضاف: السد آمن.", "مروان الخطيب"),
        (
            "بينما سار الوزير سامر الحلبي على السد التفت إليه نظيره الإيطالي مروان الخطيب وقال: الماء قليل.",
            "مروان الخطيب",
        ),
        # Whose words do something.
        (
            "قال سامر الحلبي إن الماء قليل. وتعكس تصريحات مروان الخطيب قلقا كبيرا؛ إذ قال إن السد قديم.",
            "مروان الخطيب",
        ),
        # A short name is the subject as well.
        (
            "زار الوزير رودريغو بورتا، أمس، السد. قال سامر الحلبي إن الماء قليل. وكان بورتا قد حضر، مؤكدا أنه عائد.",
            "رودريغو بورتا",
        ),
        # A body that did something speaks where nobody else can.
        (
            "استمعت لجنة التحقيق إلى الحارس سامر الحلبي. وأكد أنه لم يسمع شيئا، ثم أعلنت أنها ستكتفي بأقواله.",
            "لجنة التحقيق",
        ),
        ("وقال سامر الحلبي رئيس البلدية ومصدران بالشرطة إن الجسر سقط. وأضافوا أن الطريق مغلق.", "سامر الحلبي"),
        ("وسأل النائب سامر الحلبي الوزيرة: «متى تصرف الرواتب؟»، فأجابت: «قبل العيد».", "الوزيرة"),
    ],
)
def test_who_goes_on_where_a_verb_names_nobody(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Words that no list knows, where nothing but who says it can stand.
        ("قال سامر الحلبي إن الماء قليل. وأوضح هدروشا أن السد آمن.", "هدروشا"),
        ("قال سامر الحلبي إن الماء قليل. وأضافت راكبة في الحافلة: «لم نر شيئا».", "راكبة في الحافلة"),
        ("قال سامر الحلبي إن الماء قليل. وسبق للعشائر أن طالبت بفتح الطريق.", "العشائر"),
        ("درانك هوفستاد، أحد المصارف الكبيرة في الوادي، حذر أمس من أن الماء قليل.", "درانك هوفستاد"),
        # How it is said is nobody.
        ("قال سامر الحلبي إن الماء قليل. وأضاف ضاحكا أن السد آمن.", "سامر الحلبي"),
        ("قال سامر الحلبي إن الماء قليل. وقال بمرارة شديدة إن السد آمن.", "سامر الحلبي"),
    ],
)
def test_unlisted_words_and_the_writers_own(text: str, speaker: str | None) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وخلص تقرير لـ«مرصد الوادي» إلى أن الماء قليل. وأضاف التقرير أن السد فارغ.", "مرصد الوادي"),
        ("وذكر تقرير لناشطين معارضين أن الماء قليل. وأضاف التقرير أن السد فارغ.", "ناشطين معارضين"),
        ("وقالت دراسة أجرتها جامعة السهل إن الماء قليل. وأضافت أن السد فارغ.", "جامعة السهل"),
        # What was issued speaks on in its own gender.
        (
            "قال مروان الخطيب إن العمل بدأ. وذكر بيان لنقابة المعلمين أن التجمع غدا. وأضاف أن المدارس مغلقة.",
            "نقابة المعلمين",
        ),
        # The head of a government is not the head of its state.
        (
            "قال رئيس الوزراء التركي سامر الحلبي إن الماء قليل. وندد الرئيس التركي بالهجوم وقال إن السد آمن.",
            "الرئيس التركي",
        ),
        # Two who are accused are not the ones who accuse.
        ("قال سامر الحلبي إن الماء قليل. كما اتهم حركة النهار وحزب الوادي بأن مصلحتهما واحدة.", "سامر الحلبي"),
        (
            'كتب المصور سامر الحلبي: "الماء قليل"، فيما رد عليه زميله مروان الخطيب بالقول إن "السد آمن".',
            "مروان الخطيب",
        ),
        ("دخلت الصحفية ساندرا الكرزي، أمس، السد. وتقول صاحبة كتاب «الرماد» إن الماء قليل.", "ساندرا الكرزي"),
    ],
)
def test_who_speaks_for_whom_and_to_whom(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال سامر الحلبي إن الماء قليل. وقال له مروان الخطيب: «السد آمن».", "مروان الخطيب"),
        (
            "قال سامر الحلبي إن الماء قليل. إلا أن الوزير مروان الخطيب الذي قدم المشروع أكد أن السد آمن.",
            "مروان الخطيب",
        ),
        ("قال مراقبون إن الماء قليل. غير أن محللين آخرين يقولون إن السد فارغ.", "محللين آخرين"),
        ("قال مراقبون إن الماء قليل. لكن كثيرين دعوا الحكومة إلى فتح السد.", "كثيرين"),
        ("أشارت مصادر محلية إلى أن الماء قليل، وأن لجنة السد أكدت سعيها إلى فتح الطريق.", "لجنة السد"),
    ],
)
def test_a_subject_behind_a_pronoun_and_before_its_verb(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("ودعت واشنطن السلطات المحلية إلى فتح الجسر.", "واشنطن"),
        ("قال سامر الحلبي إن الماء قليل. وعبر عنه مستشار الوزير الذي وصف المفاوضات بـ«الصعبة».", "مستشار الوزير"),
        ("زار الوزير سامر الحلبي المنطقة التي طالب أهالي السهل الحكومة بفتح طريقها.", "أهالي السهل"),
    ],
)
def test_an_object_behind_its_verb_is_not_the_subject(text: str, speaker: str) -> None:
    assert names_of(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # مصادر and المصدر are the same one, in either gender.
        ("قالت مصادر تركية إن الحملة مستمرة. وشدد المصدر على أن السد آمن. وأضاف أن الماء قليل.", "مصادر تركية"),
        ("قال سامر عبدالغفار إن الماء قليل. وأضاف عبد الغفار أن السد آمن.", "سامر عبدالغفار"),
        ("وقال مصدر في حركة طالبان الوادي إن السد آمن. وأضاف المصدر أن الماء قليل.", "مصدر في حركة طالبان الوادي"),
        ("وقال مصدر تركي رسمي إن السد آمن.", "مصدر تركي رسمي"),
        # A physician is not whoever spoke last and is known for something else.
        ("قال الرئيس سامر البلوي إن الماء قليل. وأضاف الطبيب أن السد آمن.", "الطبيب"),
        ("زار الوزير سامر البلوي السد. وأكد معاليه أن الماء قليل.", "سامر البلوي"),
    ],
)
def test_what_a_noun_has_to_share_with_whom_it_means(text: str, speaker: str | None) -> None:
    assert names_of(text)[-1] == speaker
