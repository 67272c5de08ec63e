"""Runs are those of the regular expression itself, whatever the text holds."""

import re

import pytest

from app.arabic.runs import Runs

TEXTS = ("قال الوزير: 12 قتيلا، و3 جرحى", "a_b-c²Ⅷ٣", "𝐀bc 😀 قال", "\ud800x", "")


@pytest.mark.parametrize("kind", [r"[^\W_]", r"[^\W\d_]"])
def test_runs_are_those_of_the_expression(kind: str) -> None:
    expression = re.compile(f"{kind}+")
    for text in (*TEXTS, "".join(map(chr, range(0x10000)))):
        assert Runs(kind).of(text) == expression.findall(text)
        assert Runs(kind).places(text) == [found.span() for found in expression.finditer(text)]
        assert Runs(kind).first(text) == next(iter(expression.findall(text)), None)
