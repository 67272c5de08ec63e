"""Sources: the outlets that published."""

from typing import Annotated, NamedTuple

from fastapi import Query, Request
from starlette.responses import Response

from app.api.dependencies import Reading
from app.api.paging import Listing, Paging
from app.api.routes import resource
from app.api.schemas import SourcePage
from app.corpus import sources

router = resource("/v1/sources", tag="sources")


class SourcePlace(NamedTuple):
    """A source's place in the list."""

    id: str


class SourceQuestion(Paging):
    """Which page of the outlets."""


@router.get("", response_model=SourcePage)
async def list_sources(request: Request, question: Annotated[SourceQuestion, Query()], connection: Reading) -> Response:
    """Outlets by id, with the number of their articles."""
    page = Listing(request, question, SourcePlace)
    after = page.after.id if page.after else None
    rows = await sources.list_sources(connection, after=after, limit=page.asked)
    return await page.answer(rows, lambda: sources.count_sources(connection))
