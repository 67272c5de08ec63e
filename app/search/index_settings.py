"""How Meilisearch is to index: all settings in one place, and a hash that changes with whatever changes an index."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from app.arabic.words import FORMS
from app.search.documents import words_attribute
from app.search.engine import Entity

FIELDS: dict[Entity, tuple[str, ...]] = {
    "article": ("title", "caption", "body"),
    "statement": ("content", "name", "role"),
}
# By relevance an answer ends here; by date it never does.
RELEVANCE_DEPTH = 1_000
FACET_VALUES = 100

_FILTERS: dict[Entity, tuple[str, ...]] = {
    "article": (
        "id",
        "source",
        "published",
        "speaker",
        "party",
        "kind",
        "stance",
        "year",
        "month",
        "place",
        "governorate",
    ),
    "statement": (
        *("id", "article", "source", "published", "speaker", "party", "role", "kind", "stance", "year", "month"),
        *("place", "governorate"),
        *("channel", "zone", "polarity", "confidence", "duplicate"),
    ),
}


def index_names(prefix: str) -> dict[Entity, str]:
    """The names of the two indexes in Meilisearch."""
    return {"article": f"{prefix}_articles", "statement": f"{prefix}_statements"}


def settings_of(entity: Entity) -> dict[str, Any]:
    """The settings of one index. Typing errors are ours (`app.search.spelling`), so Meilisearch's are off."""
    return {
        "searchableAttributes": [words_attribute(field, form) for field in FIELDS[entity] for form in FORMS],
        "filterableAttributes": list(_FILTERS[entity]),
        "sortableAttributes": ["published", "id"],
        "displayedAttributes": ["id", "published"],
        # An order that is asked for comes before any ranking; among equals the newest comes first.
        "rankingRules": ["sort", "words", "proximity", "attribute", "exactness", "published:desc"],
        "typoTolerance": {"enabled": False},
        "pagination": {"maxTotalHits": RELEVANCE_DEPTH},
        "faceting": {"maxValuesPerFacet": FACET_VALUES, "sortFacetValuesBy": {"*": "count"}},
    }


@cache
def settings_hash(entity: Entity) -> str:
    """Changes with the settings of an index and with whatever makes its documents."""
    return _hash(msgspec.json.encode(settings_of(entity)), ("documents", "letters", "rows"))


@cache
def words_hash() -> str:
    """Changes with whatever makes the words that Postgres' own search reads."""
    return _hash(b"", ("words", "vectors", "rows"))


def _hash(settings: bytes, rooms: tuple[str, ...]) -> str:
    """Hash of the settings, the language's code and word lists, and the code in these rooms of search."""
    app = Path(__file__).parent.parent
    files = [
        *sorted((app / "arabic").rglob("*")),
        *sorted((app / "search" / "data").iterdir()),
        *(app / "search" / f"{room}.py" for room in ("entities", "lexemes", *rooms)),
    ]
    hashed = hashlib.sha256(settings)
    for file in files:
        if file.suffix in {".py", ".tsv", ".txt"}:
            hashed.update(file.read_bytes())
    return hashed.hexdigest()[:16]
