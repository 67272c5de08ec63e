"""The lines of `qawl extract`: one JSON object in, one out."""

import json

import pytest

from app.errors import InvalidRequest
from app.extract.statements.lines import extract_lines


def test_a_line_in_gives_a_line_out_with_spans_into_its_text() -> None:
    text = "وقال المحافظ رياض الزين إن السد آمن."
    (line,) = extract_lines([json.dumps({"id": "a", "title": "خبر", "text": text})])
    answer = json.loads(line)
    (found,) = answer["statements"]
    assert answer["id"] == "a"
    assert text[found["content"]["start"] : found["content"]["end"]] == found["content"]["text"] == "السد آمن"
    assert found["cue"]["lemma"] == "قال"
    assert found["speaker"]["name"] == "رياض الزين"
    assert found["zone"] == "body"


def test_empty_lines_are_passed_over() -> None:
    assert len(list(extract_lines([b"\n", b'{"id": 1, "text": ""}', ""]))) == 1


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', "[]", b"\xff\xfe"])
def test_a_line_that_is_none_is_named(line: str | bytes) -> None:
    with pytest.raises(InvalidRequest, match="line 2"):
        list(extract_lines(['{"id": "a", "text": ""}', line]))
