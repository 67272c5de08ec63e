"""What can be asked of search: one typed model for the API, the command line and the page."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from typing_extensions import TypeAliasType

from app.corpus.filters import ArticleFilter, Filter, StatementFilter
from app.search.query import Match, parse

Sort = Literal["relevance", "newest", "oldest"]
Facet = Literal["source", "speaker", "party", "kind", "stance", "year", "month", "governorate"]
Part = Literal["content", "speaker", "role"]

# Named, so that the API's document names them too.
MatchName = TypeAliasType("MatchName", Match)
SearchOrder = TypeAliasType("SearchOrder", Sort)
FacetName = TypeAliasType("FacetName", Facet)
StatementPart = TypeAliasType("StatementPart", Part)

LONGEST_QUERY = 500


def _without_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("the character NUL is not allowed")
    return value


# What is typed into a search field.
Typed = Annotated[str, StringConstraints(max_length=LONGEST_QUERY), AfterValidator(_without_nul)]


class Wording(Filter):
    """The words to find, and how alike they must be."""

    q: Typed = Field(
        "",
        description='words to find; "…" is a phrase, -word excludes; empty: everything that the filters let through',
        examples=["قوات سوريا الديمقراطية"],
    )
    match: MatchName = Field(
        "stem",
        description="`exact`: as written but for diacritics; `normal`: letters folded, and where nothing is found so, "
        "the last word unfinished or typing errors; `stem`: also prefixes, suffixes, number and other names",
    )


class SearchParameters(Wording):
    """How to search, whatever is searched."""

    sort: SearchOrder = Field("relevance", description="`newest` and `oldest` put unknown dates last")
    facets: list[FacetName] = Field([], max_length=8, description="count the hits by these", examples=[["source"]])
    limit: int = Field(20, ge=1, le=100, description="hits in one answer")
    cursor: str | None = Field(None, min_length=1, max_length=1000, description="`next_cursor` of the answer before")
    snippet_length: int = Field(200, ge=20, le=2000, description="code points of a snippet at most")
    snippet_count: int = Field(1, ge=0, le=10, description="snippets of one hit at most")

    @property
    def order(self) -> Sort:
        """The order in fact: without words nothing is more relevant, so the newest come first."""
        if self.sort == "relevance" and parse(self.q, self.match).empty:
            return "newest"
        return self.sort


class ArticleSearch(SearchParameters, ArticleFilter):
    """A search among articles."""


class StatementWording(Wording):
    """The words to find in statements, and where in them."""

    parts: list[StatementPart] = Field(
        ["content", "speaker", "role"], alias="in", min_length=1, max_length=3, description="where to look"
    )


class StatementSearch(SearchParameters, StatementWording, StatementFilter):
    """A search among statements: in what was said, in who said it, in the speaker's role."""
