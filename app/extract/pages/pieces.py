"""Pieces: the lines or blocks a page is made of, with what one piece alone can tell."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from app.arabic.fold import INVISIBLE, fold, folded
from app.arabic.runs import Runs
from app.corpus.fields import ZoneKind
from app.extract.pages.rejection import PageRejected

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_WORDS = Runs(r"[^\W_]")
_EDGE = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"»”’'“)\]\s]*$")
_END_MARK = re.compile(r"[.؟?!…:][\"»”’'“)\]\s]*$")
_SEPARATOR = re.compile(r"[|•·›»«>\u2022]")
# "Section | date | 120 views" on one line: several facts, each a piece of its own.
_FACTS = re.compile(r"\s*[|•·]\s*")
_BETWEEN_FACTS = re.compile("[|•·]")
# "Headline    headline    headline": a page's running headlines, copied as one line.
_WIDE_GAP = re.compile(r"[ \t\xa0]{3,}")
TICKER_HEADLINES = 4

# Headlines of Arabic news rarely reach twenty words; paragraphs without a full stop rarely stay below.
PROSE_WORDS = 20
SENTENCE_WORDS = 5
# A menu on one line is long too, but it is a heap of nouns without function words or commas.
_CLAUSE = re.compile(r"[،,؛:\"«»]")
FUNCTION_WORD_EVERY = 30
FUNCTION_WORDS = frozenset(
    folded(
        "في من على إلى أن إن عن ما لا لم مع هذا هذه كما التي الذي بعد قبل كان قال أو وفي ومن وقال الذين بين حتى"
    ).split()
)
MAX_FACT_WORDS = 30
# Judging a line takes some 100 µs and a character a few more, so these bound what a page costs to a few seconds.
MAX_PIECES = 10_000
MAX_TEXT = 1_000_000


class Piece(msgspec.Struct, frozen=True, dict=True):
    """One line of a dump or block of HTML: `start`, `end` are code points of the page's text, edges trimmed.

    `gap` says that a blank line stands before it; `hint` is what the markup says it is, if there is markup.
    """

    start: int
    end: int
    text: str
    gap: bool = True
    hint: ZoneKind | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Folded words, without punctuation."""
        return tuple(_WORDS.of(fold(self.text).text))

    @cached_property
    def key(self) -> str:
        return " ".join(self.words)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it is a paragraph, no headline or label: long, or a sentence closed by a full stop."""
        count = len(self.words)
        if len(_SEPARATOR.findall(self.text)) * 4 > count or ("   " in self.text and self.is_ticker):
            return False
        if count >= PROSE_WORDS:
            if _CLAUSE.search(self.text):
                return True
            return sum(map(FUNCTION_WORDS.__contains__, self.words)) * FUNCTION_WORD_EVERY >= count
        return count >= SENTENCE_WORDS and bool(_FULL_STOP.search(self.text))

    @cached_property
    def is_ticker(self) -> bool:
        """Whether it is headlines with wide gaps between them, none of them a sentence."""
        parts = _WIDE_GAP.split(self.text)
        sentences = any(_FULL_STOP.search(part) or part.endswith("،") for part in parts)
        return len(parts) >= TICKER_HEADLINES and not sentences

    @cached_property
    def has_end_mark(self) -> bool:
        return bool(_END_MARK.search(self.text))


def same_words(one: str, other: str) -> bool:
    """Whether two lines are the same but for what folding takes away; mostly their first words tell."""
    one, other = fold(one).text, fold(other).text
    return _WORDS.first(one) == _WORDS.first(other) and _WORDS.of(one) == _WORDS.of(other)


def check_size(pieces: int, characters: int) -> None:
    """Raises PageRejected `too_large` for more than a page of news ever holds."""
    if pieces > MAX_PIECES or characters > MAX_TEXT:
        expected = f"expected at most {MAX_PIECES} lines and {MAX_TEXT} characters of readable text"
        raise PageRejected("too_large", f"{expected}, got {pieces} and {characters} or more")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`start`, `end` moved inward past white space and invisible characters; equal when nothing else is there."""
    line = text[start:end]
    left = _EDGE.match(line)
    start += left.end() if left else 0
    stripped = line.rstrip()
    while stripped and _EDGE.match(stripped[-1]):
        stripped = stripped[:-1].rstrip()
    return start, max(start, end - len(line) + len(stripped))


def lines(text: str, *, title: str | None = None) -> Iterator[Piece]:
    """The lines of a text that hold anything, lines of several facts cut into these; not where one is `title`."""
    previous_end = 0
    for match in _LINE.finditer(text):
        start, end = trimmed(text, *match.span())
        if start >= end:
            continue
        between = text[previous_end : match.start()].replace("\r\n", "\n")
        gap = previous_end == 0 or between.count("\n") + between.count("\r") > 1
        if text[start:end] == title:
            yield Piece(start, end, title, gap)
        else:
            yield from facts(text, start, end, gap=gap)
        previous_end = match.end()


def facts(text: str, start: int, end: int, *, gap: bool) -> Iterator[Piece]:
    """The line `text[start:end]` as one piece, or its facts where separators make it a line of facts."""
    whole = Piece(start, end, text[start:end], gap)
    if not _BETWEEN_FACTS.search(whole.text) or len(whole.words) > MAX_FACT_WORDS or whole.is_prose:
        yield whole
        return
    cursor = 0
    for match in (*_FACTS.finditer(whole.text), None):
        stop = match.start() if match else len(whole.text)
        left, right = trimmed(text, start + cursor, start + stop)
        if left < right:
            yield Piece(left, right, text[left:right], gap and cursor == 0)
        cursor = match.end() if match else stop
