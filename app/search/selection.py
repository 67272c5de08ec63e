"""Everything that words and filters let through, as conditions on rows: for exports and feeds, which rank nothing.

The words are those of Postgres' own search, as they were typed: no completion, no typing errors, no best of many.
"""

from app.corpus import articles, statements
from app.corpus.filters import ArticleFilter, StatementFilter
from app.corpus.questions import Conditions, Connection
from app.search.engine import Entity, Question
from app.search.parameters import Part, StatementWording, Wording
from app.search.postgres import require_words
from app.search.query import parse
from app.search.searcher import says_nothing


class ArticleSelection(Wording, ArticleFilter):
    """Which articles."""


class StatementSelection(StatementWording, StatementFilter):
    """Which statements."""


async def selected(connection: Connection, wanted: ArticleSelection | StatementSelection) -> Conditions:
    """The conditions on `article a`, or on `statement s` and its `article a`; names of speakers are looked up."""
    if isinstance(wanted, StatementSelection):
        where = await statements.matching(connection, wanted)
        _said("statement", "s.id", wanted, tuple(dict.fromkeys(wanted.parts)), where)
    else:
        where = await articles.matching(connection, wanted)
        _said("article", "a.id", wanted, (), where)
    return where


def _said(entity: Entity, column: str, wanted: Wording, parts: tuple[Part, ...], where: Conditions) -> None:
    """Add the conditions on words, of those rows whose id is in `column`."""
    query = parse(wanted.q, wanted.match)
    if says_nothing(wanted.q, query):
        where.add("false")
    elif wanted.q.strip():
        words = where.nested()
        require_words(Question(entity=entity, query=query, parts=parts), words)
        where.add(f"{column} IN (SELECT w.{entity}_id FROM {entity}_words w {words})")
