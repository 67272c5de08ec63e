"""Search: the index, a rebuildable view of the corpus, and the questions asked of it.

    async with open_searcher(settings, pool) as searcher:
        answer = await searcher.search(StatementSearch(q="قسد"))   # ids and scores
        rows = …                                                   # by these ids, from Postgres
        marks = highlights(row.content, answer.query)              # spans in that very text
        around = snippets(row.content, marks, length=200, count=1)

An id whose row is gone meanwhile is left out by the caller.
"""

from app.search.engine import Hit
from app.search.highlights import Mark, Snippet, highlights, snippets
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
