"""Suggestions while something is typed."""

from time import perf_counter
from typing import Annotated, get_args

import msgspec
from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypeAliasType

from app.api.answers import answer
from app.api.dependencies import Reading
from app.api.hits import Suggestions
from app.api.routes import resource
from app.corpus.filters import Filter
from app.search.parameters import Typed
from app.search.suggestions import Kind, Suggestion, marks_of, suggest

router = resource("/v1/suggest", tag="search")
KINDS: tuple[Kind, ...] = get_args(Kind)
SuggestionType = TypeAliasType("SuggestionType", Kind)


class SuggestQuestion(Filter):
    """What was typed so far, and what may be meant."""

    q: Typed = Field(description="what was typed so far", min_length=1, examples=["كوبا"])
    types: list[SuggestionType] = Field(
        list(KINDS), min_length=1, max_length=4, description="what to suggest, in this order", examples=[["speaker"]]
    )
    limit: int = Field(5, ge=1, le=20, description="suggestions of each type")


@router.get("", response_model=Suggestions)
async def suggest_names(
    request: Request, question: Annotated[SuggestQuestion, Query()], connection: Reading
) -> Response:
    """Speakers, places, outlets and words of the corpus that begin with what was typed.

    Names are met from any of their words on: folded, with or without the article, in Arabic or Latin letters, these
    also by ear. Of several words typed, `word` goes on with the last.
    """
    began = perf_counter()
    kinds = list(dict.fromkeys(question.types))
    found = await suggest(connection, question.q, kinds, limit=question.limit)
    content = msgspec.json.encode({"items": [_told(one, question.q) for one in found]})
    timed = content[:-1] + b',"took_ms":%.1f}' % ((perf_counter() - began) * 1000)
    return answer(request, timed, tag_of=content)


def _told(one: Suggestion, q: str) -> dict[str, object]:
    return {
        "type": one.kind,
        "id": one.id,
        "text": one.text,
        "label": one.label,
        "count": one.number,
        "highlights": [{"start": mark.start, "end": mark.end} for mark in marks_of(one.text, q)],
    }
