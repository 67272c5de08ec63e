"""Sources: the outlets that published."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.api.dependencies import Reading
from app.api.document import READING_ERRORS
from app.api.paging import Listing, Paging
from app.api.schemas import SourcePage
from app.corpus import sources

router = APIRouter(prefix="/v1/sources", tags=["sources"], responses=READING_ERRORS)


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
