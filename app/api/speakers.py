"""Speakers: persons, organisations, documents and anonymous sources, and what they said."""

from typing import Annotated
from urllib.parse import quote

from asyncpg import Record
from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.document import ONE_ERRORS
from app.api.paging import Listing, Paging
from app.api.parameters import NoParameters, SpeakerId
from app.api.routes import resource
from app.api.schemas import Speaker, SpeakerPage, StatementPage
from app.corpus import speakers, statements
from app.corpus.filters import SpeakerFilter, StatementFilter
from app.corpus.questions import Connection, Place
from app.corpus.speakers import SpeakerPlace
from app.errors import NotFound

router = resource("/v1/speakers", tag="speakers")


class SpeakerQuestion(SpeakerFilter, Paging):
    """Which speakers, which page."""


class SpeakerStatements(Paging):
    """Which page of a speaker's statements."""


@router.get("", response_model=SpeakerPage)
async def list_speakers(
    request: Request, question: Annotated[SpeakerQuestion, Query()], connection: Reading
) -> Response:
    """Speakers with the number of their statements."""
    page = Listing(request, question, SpeakerPlace)
    rows = await speakers.list_speakers(connection, question, after=page.after, limit=page.asked)
    return await page.answer(rows, lambda: speakers.count_speakers(connection, question))


@router.get("/{speaker_id}", response_model=Speaker, responses=ONE_ERRORS)
async def get_speaker(
    request: Request, speaker_id: SpeakerId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """One speaker: names, kind, and how much they said. One that was merged into another answers 308."""
    row = await _speaker(connection, speaker_id)
    if row["merged_into"]:
        return _moved(row["merged_into"])
    return answer(request, row["json"].encode())


@router.get("/{speaker_id}/statements", response_model=StatementPage, responses=ONE_ERRORS)
async def list_speaker_statements(
    request: Request, speaker_id: SpeakerId, question: Annotated[SpeakerStatements, Query()], connection: Reading
) -> Response:
    """What one speaker said, newest first."""
    row = await _speaker(connection, speaker_id)
    if row["merged_into"]:
        return _moved(row["merged_into"], "/statements")
    page = Listing(request, question, Place)
    wanted = StatementFilter(speaker=[speaker_id])
    rows = await statements.list_statements(connection, wanted, after=page.after, limit=page.asked)
    return await page.answer(rows, lambda: statements.count_statements(connection, wanted))


async def _speaker(connection: Connection, speaker_id: str) -> Record:
    row = await speakers.get_speaker(connection, speaker_id)
    if row is None:
        raise NotFound("there is no speaker with this id")
    return row


def _moved(speaker_id: str, rest: str = "") -> Response:
    return RedirectResponse(f"/v1/speakers/{quote(speaker_id, safe='')}{rest}", status_code=308)
