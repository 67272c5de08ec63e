"""The examples of docs/search.md are true."""

import re
from pathlib import Path

from app.search import ArticleSearch
from tests.search.conftest import Opened
from tests.search.corpus import Page

PAGE = Path(__file__).parents[2] / "docs" / "search.md"
_EXAMPLE = re.compile(r"^\| (.+?) \| (.+?) \| (exact|normal|stem) \| (yes|no) \|$", re.MULTILINE)


async def test_the_examples_hold(searching: Opened) -> None:
    examples = _EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) > 15
    texts = list(dict.fromkeys(text for text, *_ in examples))
    searcher = await searching([Page(f"t{at}", body=text) for at, text in enumerate(texts)])
    for text, q, match, found in examples:
        answer = await searcher.search(ArticleSearch.model_validate({"q": q, "match": match}))
        there = f"t{texts.index(text)}" in {hit.id for hit in answer.hits}
        assert there == (found == "yes"), (text, q, match)
