"""First looks: rules that look at one word first, since most words are none of theirs, find what they would without."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.extract.statements import extract_statements
from app.extract.statements.cues import other_words
from app.extract.statements.frames import attributed, contents
from app.extract.statements.names import callings, mentions, persons, phrases

HARD_CASES = Path(__file__).parents[2] / "evaluation" / "hard_cases_own.jsonl"
PAGES = Path(__file__).parents[3] / "seed" / "pages"

SAID = "لم تصل أي شاحنة إلى الحي منذ أسبوع"
OWNERS = [
    "هكذا قال الضابط منذر الشيخ حين سئل",
    "وهكذا قال الضابط منذر الشيخ حين سئل",
    "أو هكذا يقول الضابط منذر الشيخ",
    "بهذا أجاب الضابط منذر الشيخ",
    "بذلك أجاب الضابط منذر الشيخ",
    "بهذه الكلمات أجاب الضابط منذر الشيخ",
    "بتلك الكلمات أجاب الضابط منذر الشيخ",
    "المصدر: بلدية الرابية",
    "والمصدر: بلدية الرابية",
    "والقول للنجار حسين الدندشي",
    "كان هذا رأي التاجر بشار الكردي",
    "الخبر أكده الناشط جابر العيسى",
]
ENDS = [
    "وسط تصفيق الحضور",
    "كما زار المدير المخبز",
    "في مؤتمر صحفي عقده أمس",
    "خلال مؤتمره الصحفي",
    "وكان المدير قد زار المخبز",
    "وكانت البلدية قد أغلقت المخبز",
    "جاء ذلك خلال اجتماع",
    "وهو ما نفته البلدية",
    "الأمر الذي نفته البلدية",
    "يذكر أن المخبز مغلق",
    "رافضاً الإجابة عن الأسئلة",
    "بحسب ما نشرته الصحيفة",
    "وذلك في اجتماع عام",
]


class _Everything(frozenset[str]):
    def __contains__(self, word: object) -> bool:
        return True


def _everything() -> frozenset[str]:
    return _Everything()


def _always(word: str) -> bool:
    return True


FIRST_LOOKS: list[tuple[object, str, Callable[..., object]]] = [
    (attributed, "_plain_tellers", _everything),
    (contents, "_closers", _everything),
    (other_words, "_telling_before", _everything),
    (callings, "may_tell_of_bearer", _always),
    (persons, "may_tell_of_bearer", _always),
    (phrases, "_joins_or_closes", _always),
    (phrases, "_is_party", _always),
    (mentions, "_tells_by_itself", _always),
    (mentions, "_seldom_begins", _always),
    (mentions, "_may_count", _always),
]


def _texts() -> Iterator[str]:
    for line in HARD_CASES.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
    for page in sorted(PAGES.glob("*.txt")):
        yield page.read_text(encoding="utf-8")
    for owner in OWNERS:
        yield f"{SAID}. {owner}."
    for end in ENDS:
        yield f"قال المدير سامر الحلاق إن {SAID}، {end}."


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    return {text: extract_statements(text) for text in _texts()}


@pytest.mark.parametrize(("room", "look", "opened"), FIRST_LOOKS, ids=[look for _, look, _ in FIRST_LOOKS])
def test_a_first_look_leaves_out_no_word_that_the_rule_behind_it_reads(
    found: dict[str, object],
    room: object,
    look: str,
    opened: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, look, opened)
    for text, statements in found.items():
        assert extract_statements(text) == statements, text
