"""Search: the index, a rebuildable view of the corpus, and the questions asked of it.

    async with open_searcher(settings, pool) as searcher:
        answer = await searcher.search(StatementSearch(q="قسد"))   # ids and scores
        rows = …                                                   # by these ids, from Postgres
        marks = highlights(row.content, answer.query)              # spans in that very text
        around = snippets(row.content, marks, length=200, count=1)

An id whose row is gone meanwhile is left out by the caller.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.search.highlights import Mark, Snippet, highlights, snippets

if TYPE_CHECKING:
    from app.search.engine import Hit
    from app.search.parameters import ArticleSearch, SearchParameters, StatementSearch
    from app.search.searcher import Answer, FacetCount, Searcher, open_searcher
    from app.search.words import refresh_words

__all__ = [
    "Answer",
    "ArticleSearch",
    "FacetCount",
    "Hit",
    "Mark",
    "SearchParameters",
    "Searcher",
    "Snippet",
    "StatementSearch",
    "highlights",
    "open_searcher",
    "refresh_words",
    "snippets",
]

# Opened when asked for: a reading process needs the vectors of this room and none of its engines, which take as much
# memory as all that it does need.
_ROOMS = {
    "Answer": "searcher",
    "ArticleSearch": "parameters",
    "FacetCount": "searcher",
    "Hit": "engine",
    "SearchParameters": "parameters",
    "Searcher": "searcher",
    "StatementSearch": "parameters",
    "open_searcher": "searcher",
    "refresh_words": "words",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
