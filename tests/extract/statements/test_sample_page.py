"""The user's own sample page: every statement in it, each with the one who made it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.corpus.fields import Statement, Zone
from app.extract.statements import extract_statements
from tests.evaluation.scorer import overlap, same_speaker, stripped

PAGE = Path(__file__).parents[3] / "seed" / "pages" / "000_865c67220dd4d87b.txt"
EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "sample_page.json").read_text(encoding="utf-8"))
TEXT = PAGE.read_text(encoding="utf-8")
FOUND = extract_statements(TEXT, [Zone(kind, start, end) for kind, start, end in EXPECTED["zones"]])


def nearest(expected: dict[str, Any]) -> Statement:
    wanted = tuple(expected["content"])
    return max(
        (s for s in FOUND if s.zone == expected["zone"]),
        key=lambda s: overlap(stripped(TEXT, wanted), stripped(TEXT, (s.content.start, s.content.end))),
    )


@pytest.mark.parametrize("expected", EXPECTED["statements"], ids=lambda e: f"{e['zone']}-{e['content'][0]}")
def test_statement_is_found_with_content_cue_kind_and_speaker(expected: dict[str, Any]) -> None:
    found = nearest(expected)
    span = stripped(TEXT, (found.content.start, found.content.end))
    assert overlap(stripped(TEXT, tuple(expected["content"])), span) >= 0.8
    assert found.kind == expected["kind"]
    assert (found.cue is None) == (expected["cue"] is None)
    if found.cue is not None:
        assert [found.cue.start, found.cue.end] == expected["cue"]
    assert found.speaker is not None
    assert found.speaker.name is not None
    assert same_speaker(found.speaker.name, expected["speaker"])
    if "role" in expected and found.role is not None:
        assert found.role.text == expected["role"]
    if "addressee" in expected:
        assert found.addressee is not None
        assert found.addressee.text == expected["addressee"]


def test_nothing_else_is_found() -> None:
    assert len(FOUND) == len(EXPECTED["statements"])


def test_headline_and_pull_quote_repeat_statements_of_the_body() -> None:
    repeated = {s.zone: s.duplicate_of for s in FOUND if s.zone != "body"}
    assert set(repeated) == {"title", "pull_quote"}
    assert all(position is not None and FOUND[position].zone == "body" for position in repeated.values())


@pytest.mark.parametrize(("start", "end"), EXPECTED["none"])
def test_what_only_looks_like_a_statement_is_none(start: int, end: int) -> None:
    for statement in FOUND:
        assert statement.cue is None or not start <= statement.cue.start < end
        assert not (start <= statement.content.start and statement.content.end <= end)


def test_a_tail_adds_who_spoke_for_the_organisation_and_through_what() -> None:
    tail = next(s for s in FOUND if s.utterer is not None)
    assert tail.utterer is not None
    assert tail.utterer.name == "رامي عبد الرحمن"
    assert tail.channel is not None
    assert tail.channel.kind == "tv"
    assert "سكاي نيوز عربية" in tail.channel.name


def test_a_related_block_between_paragraphs_does_not_break_the_chain_of_speakers() -> None:
    closing = next(s for s in FOUND if s.cue is not None and s.cue.text == "اختتم")
    assert closing.speaker is not None
    assert closing.speaker.name == "شرفان درويش"
    assert closing.speaker.resolution == "dropped_subject"
