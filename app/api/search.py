"""Search: what is found, where its words stand in the texts as written, and how much more there is."""

from time import perf_counter
from typing import Annotated

import msgspec
from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import answer
from app.api.dependencies import Reading, need, texts_are_open
from app.api.found import found_by
from app.api.hits import ArticleHits, SpeakerHits, StatementHits
from app.api.paging import Listing, Paging, link_to_next
from app.api.routes import resource
from app.corpus import speakers
from app.corpus.filters import SpeakerNarrowing
from app.search import ArticleSearch, StatementSearch
from app.search.parameters import Typed
from app.search.suggestions import SpeakerMatch, SpeakerRank, count_found, find_speakers, marks_of

# Code points that the snippets of a hit may hold where whole texts need a key.
OPEN_SNIPPETS = 1000

router = resource("/v1/search", tag="search")


class SpeakerSearch(SpeakerNarrowing, Paging):
    """A search among speakers."""

    q: Typed = Field(
        "",
        description="the beginning of a name, an alias or a romanised form, from any of its words on, in any spelling; "
        "empty: all speakers",
        examples=["كوبا"],
    )


@router.get("/articles", response_model=ArticleHits)
async def search_articles(request: Request, question: Annotated[ArticleSearch, Query()]) -> Response:
    """Articles in which these words stand: in the title, the caption of the picture or the body.

    Highlights in `text` point into the article's `text`, those in `title` and `caption` into these.
    """
    return await _answer(request, question)


@router.get("/statements", response_model=StatementHits)
async def search_statements(request: Request, question: Annotated[StatementSearch, Query()]) -> Response:
    """Statements in which these words stand: in what was said, in the speaker's names, in the role.

    Highlights point into `content.text`, `speaker.name` and `role.text` of the statement: add `content.start` for
    the place in the article. `in` says where to look. Repetitions in headlines and pull quotes are left out unless
    `duplicates=true`.
    """
    return await _answer(request, question)


@router.get("/speakers", response_model=SpeakerHits)
async def search_speakers(
    request: Request, question: Annotated[SpeakerSearch, Query()], connection: Reading
) -> Response:
    """Speakers with a name that begins so, from any of its words on: folded, with or without the article, in Arabic or
    Latin letters, these also by ear (`Kamishly` finds القامشلي).

    Who is named so whole comes first, who was only heard so last; among equals who said most. Highlights point into
    `matched`, the name by which the speaker was found.
    """
    page = Listing(request, question, SpeakerRank)
    found = await find_speakers(connection, question.q, question, after=page.after, limit=page.asked)
    rows = await speakers.speaker_hits(connection, [one.speaker_id for one in found])
    hits = [{**one._asdict(), "json": _speaker_hit(one, rows[one.speaker_id]["json"], question.q)} for one in found]
    return await page.answer(hits, lambda: count_found(connection, question.q, question))


def _speaker_hit(found: SpeakerMatch, speaker: str, q: str) -> str:
    hit = {
        "speaker": msgspec.Raw(speaker.encode()),
        "matched": found.matched,
        "highlights": [{"start": mark.start, "end": mark.end} for mark in marks_of(found.matched, q)],
    }
    return msgspec.json.encode(hit).decode()


async def _answer(request: Request, question: ArticleSearch | StatementSearch) -> Response:
    began = perf_counter()
    if question.snippet_count * question.snippet_length > OPEN_SNIPPETS and not texts_are_open(request):
        need(request, "read_text")
    state = request.app.state
    found = await found_by(question, state.searcher, state.pool)
    content = msgspec.json.encode(found.body)
    timed = content[:-1] + b',"took_ms":%.1f}' % ((perf_counter() - began) * 1000)
    headers = link_to_next(request, found.next_cursor)
    return answer(request, timed, tag_of=content, headers=headers, fresh=not found.degraded)
