"""What holds for every text: spans slice back, segments lie inside, nothing raises, nothing takes long."""

import random
import time
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.corpus.fields import Statement, Zone, ZoneKind
from app.extract.statements import extract_statements
from app.extract.statements.text.lexicon import rows, surfaces

KINDS: list[ZoneKind] = ["nav", "title", "body", "pull_quote", "related", "caption", "ui", "subheading"]
WORDS = st.sampled_from(
    [
        "وقال",
        "قالت",
        "أكد",
        "مؤكداً",
        "مشيراً",
        "أن",
        "إن",
        "بأنه",
        "إلى",
        "على",
        "عن",
        "«",
        "»",
        '"',
        "“",
        "”",
        "''",
        ":",
        "،",
        ".",
        "(",
        ")",
        "محمد",
        "الأحمد",
        "لينا",
        "الوزير",
        "وزارة",
        "الدفاع",
        "بحسب",
        "وفق",
        "نقلت",
        "قوله",
        "جاء",
        "في",
        "بيان",
        "الذي",
        "كان",
        "قد",
        "أضاف",
        "و",
        "ف",
        "الحلّ",
        "دمشقـ",
        "ﷲ",
        "\u200f",
        "الطريق",
        "مقطوع",
        "12",
        "\n",
    ]
)
SPEAKING = ("body", "title", "pull_quote")
NEWS = st.lists(WORDS, max_size=60).map(" ".join)
TEXTS = st.one_of(NEWS, st.text(max_size=200))


def check(text: str, found: list[Statement]) -> None:
    for statement in found:
        content = statement.content
        assert text[content.start : content.end] == content.text != ""
        assert statement.segments
        at = content.start
        for segment in statement.segments:
            assert at <= segment.start < segment.end <= content.end
            assert text[segment.start : segment.end] == segment.text
            at = segment.end
        for part in (statement.cue, statement.role, statement.addressee, statement.said_on, statement.speaker):
            if part is not None and part.start is not None:
                assert text[part.start : part.end] == part.text
        if statement.channel is not None and statement.channel.start is not None:
            assert text[statement.channel.start : statement.channel.end] == statement.channel.name
        for position in (statement.duplicate_of, statement.nested_in):
            assert position is None or 0 <= position < len(found)
        assert 0 <= statement.confidence <= 1


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_slice_back_and_segments_lie_inside(text: str) -> None:
    check(text, extract_statements(text))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert extract_statements(text) == extract_statements(text)


@given(st.lists(st.tuples(st.sampled_from(KINDS), NEWS), max_size=8))
@settings(max_examples=100, deadline=None)
def test_nothing_comes_from_a_zone_that_does_not_speak(parts: list[tuple[ZoneKind, str]]) -> None:
    text, zones = "", []
    for kind, words in parts:
        zones.append(Zone(kind, len(text), len(text) + len(words)))
        text += words + "\n"
    found = extract_statements(text, zones)
    check(text, found)
    for statement in found:
        holder = next(z for z in zones if z.start <= statement.content.start < z.end)
        assert holder.kind == statement.zone
        for span in (statement.content, statement.cue, statement.speaker, statement.addressee, statement.said_on):
            if span is not None and span.start is not None and span.end is not None:
                assert not any(span.start < z.end and z.start < span.end for z in zones if z.kind not in SPEAKING)


@given(NEWS, st.dates())
@settings(max_examples=60, deadline=None)
def test_a_day_of_publication_changes_nothing_but_the_day(text: str, published: date) -> None:
    dated = extract_statements(text, published=published)
    assert [msgspec.structs.replace(one, said_on_date=None) for one in dated] == extract_statements(text)


NOISE = {
    "quotation marks": '"' * 200_000,
    "guillemets": "«" * 200_000,
    "nested guillemets": "«" * 100_000 + "»" * 100_000,
    "apostrophes": "'" * 200_000,
    "one letter": "ق" * 200_000,
    "nested brackets": "(" * 100_000 + ")" * 100_000,
    "one verb": "قال " * 50_000,
    "participles": "، مؤكداً أن " * 20_000,
    "contrasts": "، إلا أن الوزير أكد أن " * 12_000,
    "between": "وبين الوزير " * 25_000,
    "verbs that open": "قال أن " * 30_000,
    "titles": "الوزير " * 30_000,
    "sentences without end": "وقال الوزير محمد أحمد إن " * 8_000,
    "quotations that nobody says": '"المياه عادت اليوم مساء"\n' * 8_000,
    "quotations attributed behind them": '"أصلحنا المضخة اليوم مساء"، قال رئيس البلدية ماهر الطيار.\n' * 1_850,
    "quotations attributed before them": 'قال ماهر الطيار: "أصلحنا المضخة اليوم"\n' * 2_700,  # 200 kB of UTF-8
    "random Unicode": "".join(map(chr, random.Random(1).choices(range(0x20, 0xD7FF), k=200_000))),
}


@pytest.mark.parametrize("text", NOISE.values(), ids=NOISE.keys())
def test_two_hundred_kilobytes_of_noise_take_under_a_second(text: str) -> None:
    extract_statements("قال الحارس إن الباب مفتوح.")  # the lists are read with the first text of a process
    start = time.process_time()
    found = extract_statements(text)
    assert time.process_time() - start < 1.0
    check(text, found)


def test_time_grows_with_the_length_of_the_text() -> None:
    paragraph = 'وقال رئيس البلدية ماهر الطيار: "أصلحنا المضخة". وأضاف أن المياه عادت، مشيراً إلى أن العمل مستمر.\n'

    def seconds(times: int) -> float:
        start = time.process_time()
        assert len(extract_statements(paragraph * times)) == 3 * times
        return time.process_time() - start

    seconds(50)
    # Ten times the text: in linear time about 10, in the square of the length 100.
    assert seconds(1000) < 25 * max(seconds(100), 0.01)


def test_a_text_may_end_in_a_second_quotation_that_nothing_closes() -> None:
    text = "أكد المدير سامر الحلاق «أن البئر جفت منذ عام» و«أن الماء لن يعود إلى الحقول"

    assert [s.content.text for s in extract_statements(text)] == [text[text.index("«") :]]


@pytest.mark.parametrize("before", ["", "تساءل سامر الحلاق ", "قالت لينا إن البئر جفت، ل"])
def test_a_text_may_end_behind_any_word_that_rules_know(before: str) -> None:
    for word in {*surfaces(), *(word for _, words in rows("words.tsv") for word in words.split())}:
        text = before + word
        assert all(text[one.content.start : one.content.end] == one.content.text for one in extract_statements(text))
