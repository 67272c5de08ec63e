"""How Meilisearch is to index: all settings in one place, and a hash that changes with whatever changes an index."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from app.search.documents import marks_attribute, words_attribute
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
        *("channel", "zone", "polarity", "confidence", "duplicate", "copy"),
    ),
}


def index_names(prefix: str) -> dict[Entity, str]:
    """The names of the two indexes in Meilisearch."""
    return {"article": f"{prefix}_articles", "statement": f"{prefix}_statements"}


def searched_attributes(entity: Entity, fields: Sequence[str]) -> list[str]:
    """Where to look for what these fields hold, the weightiest first: their words before all marks."""
    marked = ("body",) if entity == "article" else fields
    return [*map(words_attribute, fields), *map(marks_attribute, marked)]


def settings_of(entity: Entity) -> dict[str, Any]:
    """The settings of one index: what Meilisearch is not asked for, it does not prepare.

    Typing errors are ours (`app.search.spelling`); the order of words and unfinished ones are Postgres', and so is how
    near words stand (`app.search.nearness`): the nearness of all pairs of words was more than half of an index.
    """
    return {
        "searchableAttributes": searched_attributes(entity, FIELDS[entity]),
        "filterableAttributes": list(_FILTERS[entity]),
        "sortableAttributes": ["published", "id"],
        "displayedAttributes": ["id", "published"],
        # An order that is asked for comes before any ranking; among equals the newest comes first.
        "rankingRules": ["sort", "words", "attribute", "published:desc"],
        "typoTolerance": {"enabled": False},
        "proximityPrecision": "byAttribute",
        "prefixSearch": "disabled",
        "facetSearch": False,
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


# What makes words of a text, and names of words: a change elsewhere changes no index.
_LANGUAGE = (
    *("arabic/fold.py", "arabic/stem.py", "arabic/words.py", "arabic/romanise.py"),
    *("search/entities.py", "search/lexemes.py", "search/latin_names.py"),
    *(f"arabic/data/{name}" for name in ("aliases.tsv", "plurals.tsv", "spellings.tsv")),
    *(f"arabic/data/{name}" for name in ("first_letters.txt", "last_letters.txt", "given_names.tsv")),
    *(f"arabic/data/{name}" for name in ("places.tsv.gz", "latin.tsv")),
    *("search/data/names.tsv", "search/data/ambiguous.txt"),
)


def _hash(settings: bytes, rooms: tuple[str, ...]) -> str:
    """Hash of the settings, the code and lists of the language, and the code in these rooms of search."""
    app = Path(__file__).parent.parent
    hashed = hashlib.sha256(settings)
    for file in (*_LANGUAGE, *(f"search/{room}.py" for room in rooms)):
        hashed.update((app / file).read_bytes())
    return hashed.hexdigest()[:16]
