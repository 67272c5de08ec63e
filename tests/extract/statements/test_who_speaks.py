"""Who speaks, by families of speaker phrases; all people and bodies are invented."""

import pytest

from app.extract.statements import extract_statements


def speakers(text: str) -> list[str | None]:
    """Who says each statement of a text."""
    return [s.speaker.name if s.speaker is not None else None for s in extract_statements(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال صالح لأم الطفل إن ابنها بخير.", "صالح"),
        ("ونفى المتحدث باسم النقابة ما تردد عن إضراب السائقين.", "المتحدث باسم النقابة"),
        ("وقال خطيب الجامع نزار العمر إن الصلاة في موعدها.", "نزار العمر"),
        ("وأكد خال العروس نزار العمر أن العرس تأجل.", "نزار العمر"),
        ("وقالت زوجة المعتقل هناء الراشد إن الزيارة ممنوعة.", "هناء الراشد"),
        ("وقال اثنان من الحراس إن البوابة مغلقة.", "اثنان من الحراس"),
    ],
)
def test_a_printed_speaker_is_named_whole(text: str, name: str) -> None:
    assert speakers(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال كل من نزار العمر وفادي سلوم إن البيت تهدم.", "نزار العمر وفادي سلوم"),
        ("وقالت سميرة الخطاب وشقيقتها هناء إن البيت تهدم.", "سميرة الخطاب وهناء"),
        (
            "وقال وزير العدل نزار العمر ونظيره القبرصي كوستاس بافليدس إن الاتفاق قريب.",
            "نزار العمر وكوستاس بافليدس",
        ),
        (
            "اجتمع وزير الزراعة سامر الجندي ووزير المياه هاني درويش أمس. وقال الوزيران إن الخطة جاهزة.",
            "سامر الجندي وهاني درويش",
        ),
    ],
)
def test_several_who_speak_together_are_one_speaker(text: str, name: str) -> None:
    assert speakers(text) == [name]


def test_two_ministers_who_spoke_one_by_one_are_meant_together() -> None:
    text = (
        "قال وزير الزراعة سامر الجندي إن الخطة جاهزة. وقال وزير المياه هاني درويش إن المال متوفر. "
        "وأكد الوزيران أن العمل يبدأ غداً."
    )
    assert speakers(text) == ["سامر الجندي", "هاني درويش", "سامر الجندي وهاني درويش"]
