"""Names: where one begins and ends, what is title and what is name; persons and bodies are invented."""

import pytest

from app.extract.statements import extract_statements


def speakers_of(text: str) -> list[tuple[str | None, str | None]]:
    """Name and role of every statement's speaker."""
    return [
        (statement.speaker.name if statement.speaker else None, statement.role.text if statement.role else None)
        for statement in extract_statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # بن makes a name of whatever plain word stands before and behind it.
        ("وقال قائد الحرس اللواء سفر بن مروان الكرزي إن الطريق آمن.", "سفر بن مروان الكرزي"),
        ("وقال المهندس سفر بن نهار الكرزي إن الطريق آمن.", "سفر بن نهار الكرزي"),
        # A last name that no list knows, right before what is said, before a sign or a title.
        ("وأكد الدكتور مروان بن سامر باكرزان, أن العمل مهم.", "مروان بن سامر باكرزان"),
        ("وقال الجنرال بدر الدين هولاتي إن الحدود مغلقة.", "بدر الدين هولاتي"),
        ("وحذر ريتشارد كوتاه الخبير في شؤون المياه من الجفاف.", "ريتشارد كوتاه"),
        ("يقول بيتر هوين، وهو محام في المدينة، إن المحكمة عادلة.", "بيتر هوين"),
        # A blessing, an object or an adverb behind a name is no part of it.
        ("يقول الخليفة أبوبكر رضي الله عنه: «من رجال أعزة علينا».", "أبوبكر"),
        ("ولفت السفير مروان عبدالعاطي الانتباه إلى أن الحدود مفتوحة.", "مروان عبدالعاطي"),
        # Adjectives and honorifics before a name are no part of it.
        ("وقال القائد الميداني أبو حسن إن الجبهة هادئة.", "أبو حسن"),
        ("وقال الحاج أبو سليم الكرزي إن البيت تهدم.", "أبو سليم الكرزي"),
        ("وقال البرتغالي جوزيه كارفيلو مدرب الفريق إن الموسم طويل.", "جوزيه كارفيلو"),
        # ألكسيس has no article, whatever it folds to.
        ("وكان رئيس الوزراء اليوناني ألكسيس تسيكاراس صرح بأن الموعد تأجل.", "ألكسيس تسيكاراس"),
        # A first name that no list knows, between the title and a listed one.
        ("وقالت الفنانة سجعاء سامر الكرزي إن العرض تأجل.", "سجعاء سامر الكرزي"),
        # Titles of all trades.
        ("وقال اللورد نويبرج إن المحكمة عادلة.", "نويبرج"),
        ("وقالت الآنسة كاترينا فاولتن إن الكلية بخير.", "كاترينا فاولتن"),
        ("وأكدت مفتشة الشرطة أولغا فيرنر أن الطائرة سقطت.", "أولغا فيرنر"),
        ("وقال رئيس الوزراء التركي مروان داود أكرولو الثلاثاء إن الحدود مغلقة.", "مروان داود أكرولو"),
        ("وكان الحكم الإنجليزي هاورد ويب أعلن أن الموعد تأجل.", "هاورد ويب"),
        ("ويرى النائب عن كتلة السهل في البرلمان حاكم الخطيب أن القرار متسرع.", "حاكم الخطيب"),
        ("وقال مدير المركز في فاريا كريستيان كرزان إن الثلوج وصلت.", "كريستيان كرزان"),
        ("وذكر ذلك مروان الكرزي، مدير الإدارة، مبيناً أن القرار صدر.", "مروان الكرزي"),
        # In marks behind a title; but what stands in marks behind a preposition is a body.
        ("وقال المدير المالي للبنك «أندي هولفارد»: إن البنك ينوي البيع.", "أندي هولفارد"),
        ("وأوضح عضو في «مجلس الكرز»: «اتخذ القرار على عجل».", "عضو في «مجلس الكرز»"),
    ],
)
def test_a_name_is_whole_and_nothing_but_the_name(text: str, name: str) -> None:
    assert [found for found, _ in speakers_of(text)] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ودان عدد من وجهاء السهل خطوة النائب مروان الكرزي.", "عدد من وجهاء السهل"),
        ("وأعلن جيش السهل تعيين الجنرال مروان الكرزي قائدا للحرس.", "جيش السهل"),
        ("وتوقعت الهيئة العامة للأرصاد وحماية البيئة في تقريرها هطول المطر.", "الهيئة العامة للأرصاد وحماية البيئة"),
        ("وقد انتقد السهليون الاتفاق على اعتبار أنه ضعيف.", "السهليون"),
        ("وأكد المسؤولون الأتراك أن المعبر مغلق.", "المسؤولون الأتراك"),
        ("شكا عدد من سكان حي المثلث بمحافظة كرزان تضررهم من السوق.", "عدد من سكان حي المثلث بمحافظة كرزان"),
        ("أكد الجانبان حرصهما على الهدنة.", "الجانبان"),
        ("واتهمت السائقين لجنة الأفران المركزية بافتعال الأزمة.", "لجنة الأفران المركزية"),
        ("وكتبت صحيفة صباح أن الموسم جيد.", "صحيفة صباح"),
        ("وأعرب مدير الجامعة في برقيته عن تقديره للجهود.", "مدير الجامعة"),
        ("وأضاف آل الشيخ أن الأمر مهم.", "آل الشيخ"),
        ("وأوضح كل من مروان الكرزي وسامر البلوي أن الموسم بدأ.", "مروان الكرزي وسامر البلوي"),
    ],
)
def test_a_speaker_without_a_full_name_is_whole_and_takes_nothing_of_what_stands_behind(text: str, name: str) -> None:
    assert [found for found, _ in speakers_of(text)] == [name]


def test_an_article_with_a_single_letter_is_read_like_any_word() -> None:
    assert speakers_of("وقال اله إن السد آمن.") is not None


@pytest.mark.parametrize(
    "text",
    [
        "قال رئيس البلدية ماهر الطيار إن المضخة تعمل.\nوأكد الطيار أن المياه نظيفة.",
        "قال رئيس البلدية ماهر الجيران إن المضخة تعمل.\nوأكد الجيران أن المياه نظيفة.",
    ],
)
def test_a_family_name_may_be_a_trade_or_a_group(text: str) -> None:
    assert {name for name, _ in speakers_of(text)} == {"ماهر الطيار" if "الطيار" in text else "ماهر الجيران"}
