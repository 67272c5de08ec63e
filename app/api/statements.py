"""Statements: who said what, in which role, where it stands."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.document import ONE_ERRORS
from app.api.paging import Listing, Paging
from app.api.parameters import NoParameters, StatementId
from app.api.routes import resource
from app.api.schemas import Statement, StatementPage
from app.corpus import statements
from app.corpus.filters import StatementFilter
from app.corpus.questions import Place
from app.errors import NotFound

router = resource("/v1/statements", tag="statements")


class StatementQuestion(StatementFilter, Paging):
    """Which statements, which page."""


@router.get("", response_model=StatementPage)
async def list_statements(
    request: Request, question: Annotated[StatementQuestion, Query()], connection: Reading
) -> Response:
    """Statements, newest first; those of articles without a known date come last.

    A headline or pull quote that repeats a statement of the body is left out unless `duplicates=true`: it is named
    in that statement's `duplicates`.
    """
    page = Listing(request, question, Place)
    rows = await statements.list_statements(connection, question, after=page.after, limit=page.asked)
    return await page.answer(rows, lambda: statements.count_statements(connection, question))


@router.get("/{statement_id}", response_model=Statement, responses=ONE_ERRORS)
async def get_statement(
    request: Request, statement_id: StatementId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """One statement, with its article named."""
    row = await statements.get_statement(connection, statement_id)
    if row is None:
        raise NotFound("there is no statement with this id")
    return answer(request, row["json"].encode(), changed=row["updated_at"])
