"""What Meilisearch keeps of an article and of a statement: a pure function of the rows."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.arabic.words import forms
from app.search.encoded import lexemes_in_all_forms
from app.search.letters import APART, disguised, mark
from app.search.lexemes import Lexemes
from app.search.rows import ArticleRow, StatementRow

Document = dict[str, Any]
# The length of a governorate's P-code; those of what lies in it are longer.
GOVERNORATE_CODE = 4


def article_document(row: ArticleRow, statements: Iterable[StatementRow]) -> Document:
    """An article: its stems and marks, and what it is filtered, counted and ordered by."""
    made = list(statements)
    return {
        "id": row.id,
        "source": row.source_id,
        **_published(row.published_at),
        "speaker": sorted({one.speaker_id for one in made if one.speaker_id}),
        "party": sorted({one.party_id for one in made if one.party_id}),
        **_named(row.places),
        "kind": sorted({one.kind for one in made}),
        "stance": sorted({one.stance for one in made if one.stance}),
        **_words({"title": row.title, "caption": row.caption, "body": row.body}, marked_together=True),
    }


def statement_document(row: StatementRow) -> Document:
    """A statement: its stems and marks, and what it is filtered, counted and ordered by."""
    return {
        "id": row.id,
        "article": row.article_id,
        "source": row.source_id,
        **_published(row.published_at),
        "speaker": row.speaker_id,
        "party": row.party_id,
        "role": sorted(set(forms(row.role, "stem"))),
        **_named(row.places),
        "kind": row.kind,
        "stance": row.stance,
        "channel": row.channel,
        "zone": row.zone,
        "polarity": row.polarity,
        "confidence": row.confidence,
        "duplicate": row.duplicate,
        "copy": row.copy,
        **_words({"content": row.content, "name": row.speaker, "role": row.role}, marked_together=False),
    }


def _named(places: list[str]) -> Document:
    """The places named, and the governorates among them, by P-code."""
    return {"place": places, "governorate": [code for code in places if len(code) == GOVERNORATE_CODE]}


def words_attribute(field: str) -> str:
    """The attribute that holds the stems of a field, in order."""
    return f"{field}_words"


def marks_attribute(field: str) -> str:
    """The attribute that holds the marks of a field's words; an article's fields have theirs in one, its body's."""
    return f"{field}_marks"


def microseconds(moment: datetime) -> int:
    """A moment as a number that Meilisearch compares exactly: microseconds since 1970."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _published(moment: datetime | None) -> Document:
    """Nothing where the date is unknown: Meilisearch puts documents without a value last, in both orders."""
    if moment is None:
        return {}
    utc = moment.astimezone(UTC)
    return {"published": microseconds(utc), "year": f"{utc:%Y}", "month": f"{utc:%Y-%m}"}


def _words(fields: Mapping[str, str], *, marked_together: bool) -> Document:
    made: Document = {}
    marks: dict[str, None] = {}
    for field, text in fields.items():
        plain, folded, stems = lexemes_in_all_forms(text)
        made[words_attribute(field)] = disguised(stems.in_line())
        marks |= _marks(plain, folded)
        if not marked_together:
            made[marks_attribute(field)], marks = APART.join(marks), {}
    return made | ({marks_attribute("body"): APART.join(marks)} if marked_together else {})


def _marks(plain: Lexemes, folded: Lexemes) -> dict[str, None]:
    """One for each distinct word folded, and one for each as written where folding may have changed it."""
    marks: dict[str, None] = {}
    for written, alike in set(zip(plain.words, folded.words, strict=True)):
        marks[mark(alike, "folded")] = None
        if tells_more(written, alike):
            marks[mark(written, "plain")] = None
    return marks


def tells_more(plain: str, folded: str) -> bool:
    """Whether a word as written tells more than folded: another spelling of it may be about."""
    return plain != folded or _LEFT_OUT.search(plain) is not None


# Where a hamza or the dots of ة and ى are commonly left out: such a word is written so on purpose, or not.
_LEFT_OUT = re.compile(r"^(?:[وفبكل]|[وفبك]?ال|لل)?ا(?!ل)|[هي]$")
