"""The timeline: counts over time, with the total beside each."""

from typing import Annotated

import msgspec
from fastapi import Query, Request
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.hits import TimelineAnswer
from app.api.routes import resource
from app.search.timeline import TimelineQuestion, timeline

router = resource("/v1/timeline", tag="search")


@router.get("", response_model=TimelineAnswer)
async def get_timeline(
    request: Request, question: Annotated[TimelineQuestion, Query()], connection: Reading
) -> Response:
    """How many statements or articles of each day, week or month words and filters let through.

    Beside each `count` stands `total`, that of all statements or articles of the time whatever they say: divide by it
    to tell what grows in the news from what grows with the corpus. Words are found as in an export: as they were typed,
    in every form that `match` says.
    """
    counted = await timeline(connection, question)
    told = {"of": question.of, "interval": question.interval, "split": question.split}
    return answer(request, msgspec.json.encode({**told, **msgspec.structs.asdict(counted)}))
