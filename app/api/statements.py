"""Statements: who said what, in which role, where it stands."""

from typing import Annotated, Any

import msgspec
from asyncpg import Record
from fastapi import Query, Request
from starlette.responses import JSONResponse, Response

from app.api.answers import JSON, answer, server_of
from app.api.dependencies import Reading
from app.api.document import ONE_ERRORS
from app.api.linked import (
    ANNOTATION,
    AROUND,
    LINKED,
    LinkedQuotation,
    WebAnnotation,
    also_linked,
    annotation,
    linked_statement,
)
from app.api.negotiation import negotiated
from app.api.paging import Listing, Paging
from app.api.parameters import NoParameters, StatementId
from app.api.routes import resource
from app.api.schemas import Statement, StatementPage
from app.corpus import statements
from app.corpus.filters import StatementFilter
from app.corpus.questions import Connection, Place
from app.errors import NotFound

router = resource("/v1/statements", tag="statements")

_ALSO_JSON: dict[int | str, dict[str, Any]] = {
    200: {"content": {JSON: {"schema": {"$ref": "#/components/schemas/WebAnnotation"}}}}
}


class AnnotationDocument(JSONResponse):
    """A Web Annotation."""

    media_type = LINKED


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


@router.get("/{statement_id}", response_model=Statement, responses=ONE_ERRORS | also_linked(LinkedQuotation))
async def get_statement(
    request: Request, statement_id: StatementId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """One statement, with its article named. `Accept: application/ld+json` gives it as a schema.org Quotation."""
    row = await _statement(connection, statement_id)
    body, media_type = row["json"].encode(), negotiated(request)
    if media_type == LINKED:
        statement = msgspec.json.decode(body)
        body = msgspec.json.encode(linked_statement(statement, row["language"], server_of(request)))
    return answer(request, body, media_type=media_type, changed=row["updated_at"])


@router.get(
    "/{statement_id}/annotation",
    response_class=AnnotationDocument,
    response_model=WebAnnotation,
    responses=ONE_ERRORS | _ALSO_JSON,
)
async def get_statement_annotation(
    request: Request, statement_id: StatementId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """Where one statement stands, as a W3C Web Annotation: by position (code points of the article's `text`, which
    stands alone at `/v1/articles/{id}/text`) and by its words with those around them.
    """
    row = await _statement(connection, statement_id)
    prefix, suffix = await statements.words_around(connection, statement_id, longest=AROUND)
    told = annotation(
        msgspec.json.decode(row["json"]),
        language=row["language"],
        prefix=prefix,
        suffix=suffix,
        modified=row["updated_at"],
        base=server_of(request),
    )
    media_type = ANNOTATION if negotiated(request) == LINKED else JSON
    return answer(request, msgspec.json.encode(told), media_type=media_type, changed=row["updated_at"])


async def _statement(connection: Connection, statement_id: str) -> Record:
    row = await statements.get_statement(connection, statement_id)
    if row is None:
        raise NotFound("there is no statement with this id")
    return row
