"""Changes: what to fetch again, and what to forget, since the last time one asked."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.document import errors
from app.api.paging import LIMIT
from app.api.routes import resource
from app.api.schemas import Answer, ArticleRow
from app.corpus import changes
from app.corpus.filters import Filter
from app.errors import Gone

router = resource("/v1/changes", tag="changes")

LAST = 2**63 - 1


class ChangesQuestion(Filter):
    """Since when, and how many at a time."""

    since: int = Field(
        0, ge=0, le=LAST, description="`next_since` of the answer before; 0: from the beginning", examples=[42]
    )
    limit: int = Field(LIMIT, ge=1, le=LIMIT, description="changes in one answer")


class Change(Answer):
    """The last change of one article, its statements included."""

    revision: int = Field(description="the place of this change among all changes", examples=[42], ge=1)
    change: str = Field(
        description="`created`: it came and has not changed since; `updated`: it, or a statement of it, did; "
        "`deleted`: forget it and its statements. An article you have not heard of may be `updated`, or `deleted`.",
        examples=["updated"],
        json_schema_extra={"x-extensible-enum": ["created", "updated", "deleted"]},
    )
    changed_at: datetime = Field(description="UTC", examples=["2026-11-22T09:30:00Z"])
    article_id: str = Field(examples=["a3f1c09be2d47785"])
    article: ArticleRow | None = Field(description="as in lists; null for a deleted one")
    statement_ids: list[str] = Field(
        description="its statements as they are now, repetitions in headlines included: forget the others",
        examples=[["5b0e7d9914c2fa60"]],
    )


class ChangePage(Answer):
    """Changes, the oldest first."""

    items: list[Change]
    next_since: int = Field(description="give it as `since`: now while there are `more`, else next time", examples=[42])
    more: bool = Field(description="whether further changes are waiting")


@router.get("", response_model=ChangePage, responses=errors(Gone))
async def list_changes(
    request: Request, question: Annotated[ChangesQuestion, Query()], connection: Reading
) -> Response:
    """Which articles are new, changed or deleted since the last time: each once, as it is now, the oldest change first.

    Keep `next_since` as long as you like: it does not expire, and nothing is ever skipped, however many are writing.
    Deleted articles stay in this list for good. Changes of a speaker or of an outlet alone are not told here.
    """
    rows = await changes.list_changes(connection, since=question.since, limit=question.limit + 1)
    more, rows = len(rows) > question.limit, rows[: question.limit]
    if not rows and question.since > (newest := await changes.newest_revision(connection)):
        raise Gone(f"this corpus has changed up to revision {newest} only: it was set up anew, so begin with since=0")
    last = rows[-1]["revision"] if rows else question.since
    told = msgspec.json.encode({"next_since": last, "more": more})
    body = b"".join((b'{"items":[', ",".join([row["json"] for row in rows]).encode(), b"],", told[1:]))
    headers = {"Cache-Control": "no-cache"}
    if more:
        headers["Link"] = f'<{request.url.path}?since={last}&limit={question.limit}>; rel="next"'
    return answer(request, body, headers=headers)
