"""What Meilisearch keeps of an article and of a statement: a pure function of the rows."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.arabic.words import FORMS, Form, forms
from app.search.letters import disguised
from app.search.lexemes import lexemes
from app.search.rows import ArticleRow, StatementRow

Document = dict[str, Any]
# The length of a governorate's P-code; those of what lies in it are longer.
GOVERNORATE_CODE = 4


def article_document(row: ArticleRow, statements: Iterable[StatementRow]) -> Document:
    """An article: its words in three forms, and what it is filtered, counted and ordered by."""
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
        **_words({"title": row.title, "caption": row.caption, "body": row.body}),
    }


def statement_document(row: StatementRow) -> Document:
    """A statement: its words in three forms, and what it is filtered, counted and ordered by."""
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
        **_words({"content": row.content, "name": row.speaker, "role": row.role}),
    }


def _named(places: list[str]) -> Document:
    """The places named, and the governorates among them, by P-code."""
    return {"place": places, "governorate": [code for code in places if len(code) == GOVERNORATE_CODE]}


def words_attribute(field: str, form: Form) -> str:
    """The attribute that holds the words of a field in one form."""
    return f"{field}_{form}"


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


def _words(fields: Mapping[str, str]) -> Document:
    return {
        words_attribute(field, form): disguised(lexemes(text, form).in_line())
        for field, text in fields.items()
        for form in FORMS
    }
