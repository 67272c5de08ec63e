"""Reading and extraction on one core, beside folding the same text and beside a bare regular expression."""

import re
from functools import partial
from pathlib import Path

from app.arabic.fold import fold
from app.arabic.words import words
from app.extract.pages import read_page
from app.extract.statements import extract_statements
from tests.bench.clock import line, seconds

PAGES = sorted(path for path in (Path(__file__).parents[2] / "seed" / "pages").iterdir() if path.is_file())
LENGTHS = (1, 10, 100)
# What many would start with: a verb of saying, then something between marks.
NAIVE = re.compile(r"(?:قال|أكد|أضاف|أوضح|أعلن|ذكر|أفاد|أشار|لفت|شدد)ت?\s[^.«\"]{0,80}[«\"]([^»\"]+)[»\"]")


def run() -> None:
    """Print words a second of each step, over all seed pages."""
    raw = [(path.read_bytes(), "text/html" if path.suffix == ".html" else "text/plain") for path in PAGES]
    pages = [read_page(content, media_type=media_type) for content, media_type in raw]
    count = sum(sum(1 for _ in words(page.text)) for page in pages)
    print(f"Reading: {len(pages)} seed pages, {count} words, CPU of one core")
    reference = seconds(lambda: [NAIVE.findall(page.text) for page in pages])
    line("one regular expression (reference)", f"{count / reference:12,.0f} words/s")
    steps = {
        "fold with offset map": lambda: [fold(page.text).end(len(page.text) // 2) for page in pages],
        "words with spans": lambda: [list(words(page.text)) for page in pages],
        "statements": lambda: [extract_statements(page.text, page.zones) for page in pages],
        "reading a page (bytes to zones and fields)": lambda: [read_page(c, media_type=m) for c, m in raw],
    }
    for name, step in steps.items():
        took = seconds(step)
        line(name, f"{count / took:12,.0f} words/s", took / reference, "the time of the reference")
    _lengths("\n".join(page.body for page in pages))


def _lengths(text: str) -> None:
    """Words a second in one text, in ten times and in a hundred times its length: the same where time is linear."""
    count = sum(1 for _ in words(text))
    single = 0.0
    for times in LENGTHS:
        took = seconds(partial(extract_statements, "\n".join([text] * times)), at_least=0.01)
        single = single or took
        name, figure = f"statements, {times} x the same text", f"{times * count / took:12,.0f} words/s"
        line(name, figure, took / single, "the time of the single text")
