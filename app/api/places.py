"""Places: Syria's governorates, districts, sub-districts, towns and villages."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.document import ONE_ERRORS
from app.api.paging import Listing, Paging
from app.api.parameters import NoParameters, Pcode
from app.api.routes import resource
from app.api.schemas import Place, PlacePage
from app.corpus import places
from app.corpus.filters import PlaceFilter
from app.corpus.places import PlacePlace
from app.errors import NotFound

router = resource("/v1/places", tag="places")


class PlaceQuestion(PlaceFilter, Paging):
    """Which places, which page."""


@router.get("", response_model=PlacePage)
async def list_places(request: Request, question: Annotated[PlaceQuestion, Query()], connection: Reading) -> Response:
    """Places by P-code, with the number of articles that name them."""
    page = Listing(request, question, PlacePlace)
    rows = await places.list_places(connection, question, after=page.after, limit=page.asked)
    return await page.answer(rows, lambda: places.count_places(connection, question))


@router.get("/{pcode}", response_model=Place, responses=ONE_ERRORS)
async def get_place(
    request: Request, pcode: Pcode, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """One place: its names, where it lies, how many articles name it."""
    row = await places.get_place(connection, pcode)
    if row is None:
        raise NotFound("there is no place with this P-code")
    return answer(request, row.encode())
