"""Search in Meilisearch: one pooled connection, one federated request for each question."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, product
from typing import Any

import asyncpg
import httpx
import msgspec

from app.errors import Unavailable
from app.search import nearness
from app.search.documents import microseconds, tells_more
from app.search.engine import Entity, Hit, Hits, Place, Question
from app.search.index_settings import FIELDS, RELEVANCE_DEPTH, searched_attributes
from app.search.letters import disguised, mark
from app.search.lexemes import FORM_OF, clauses, excluded
from app.search.parameters import Facet, Part
from app.search.query import Query, Term

# A search that takes longer than this is answered by Postgres.
SECONDS = 0.8
# Meilisearch passes over the words of a query after the tenth.
MOST_WORDS = 10
# Readings of a misspelt query that are asked for, most likely first.
READINGS = 4
# How much less each further reading counts.
LESS_LIKELY = 0.9
_FIELD_OF: dict[Part, str] = {"content": "content", "speaker": "name", "role": "role"}


class NotUnderstood(Unavailable):
    """Meilisearch is there but cannot answer this one search."""


class MeilisearchEngine:
    """Searches the indexes `names`, which the index worker keeps."""

    name = "meilisearch"

    def __init__(self, client: httpx.AsyncClient, names: Mapping[Entity, str], pool: asyncpg.Pool) -> None:
        self._client = client
        self._names = names
        self._pool = pool

    @staticmethod
    def reads(query: Query) -> bool:
        """Whether Meilisearch finds what a query means: it keeps no order of words, and none for its beginning."""
        long = len(query.words) + len(query.phrases) > MOST_WORDS
        ordered = any(len(phrase) > 1 for phrase in (*query.phrases, *query.excluded))
        return query.match != "exact" and not long and not ordered and not query.unfinished

    async def search(self, question: Question) -> Hits:
        """One question, one request. Raises Unavailable when Meilisearch does not answer, and in time.

        Further on in a list by date the place is a filter, which would lessen the counts: they are asked for apart.
        """
        index = self._names[question.entity]
        if question.after is None or question.after.id is None:
            answer = await self._ask(search_request(question, index))
            if nearness.counts(question):
                answer.hits = await self._nearest_first(question, answer.hits)
            return _hits(question, index, answer, answer)
        whole = msgspec.structs.replace(question, after=None, limit=0)
        page = msgspec.structs.replace(question, facets=())
        counts, answer = await asyncio.gather(
            self._ask(search_request(whole, index)), self._ask(search_request(page, index))
        )
        return _hits(question, index, answer, counts)

    async def _nearest_first(self, question: Question, found: list["_Hit"]) -> list["_Hit"]:
        """The hits of the page: among those that are as strict, the first of all by how near their words stand."""
        ranked = found[: nearness.RANKED] if _from_the_first(question) else []
        near = await nearness.nearness(self._pool, question, [hit.id for hit in ranked])
        for hit in found:
            hit.federation.score = hit.strictness(near.get(hit.id, 0.0))
        ranked.sort(key=lambda hit: -hit.federation.score)
        first = _offset(question) if ranked else 0
        return [*ranked, *found[len(ranked) :]][first : first + question.limit + 1]

    async def _ask(self, request: Mapping[str, Any]) -> "_Answer":
        try:
            response = await self._client.post("/multi-search", content=msgspec.json.encode(request))
        except httpx.HTTPError as failure:
            raise Unavailable(f"Meilisearch does not answer: {type(failure).__name__}") from failure
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise NotUnderstood(f"Meilisearch refuses a search: {_code(response)}")
        if response.status_code != httpx.codes.OK:
            raise Unavailable(f"Meilisearch answers {response.status_code}: {_code(response)}")
        return msgspec.json.decode(response.content, type=_Answer)


def _code(response: httpx.Response) -> str:
    """The name of an error; its message might repeat what was searched for, which is not to be logged."""
    try:
        return str(response.json().get("code"))
    except (ValueError, AttributeError):
        return "no reason given"


def open_client(url: str, key: str | None) -> httpx.AsyncClient:
    """A pool of connections for searching. Without compression: it would cost more time than it saves."""
    headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=httpx.Timeout(SECONDS, connect=0.3), limits=limits)


class _Federation(msgspec.Struct):
    score: float = msgspec.field(name="weightedRankingScore")


class _Words(msgspec.Struct, rename="camel"):
    matching_words: int
    max_matching_words: int


class _Details(msgspec.Struct):
    words: _Words | None = None


class _Hit(msgspec.Struct):
    id: str
    federation: _Federation = msgspec.field(name="_federation")
    published: int | None = None
    details: _Details = msgspec.field(name="_rankingScoreDetails", default_factory=_Details)

    def strictness(self, nearness: float) -> float:
        """How many of the words and marks asked for are there, the last one less by how far apart the words stand."""
        words = self.details.words
        return (words.matching_words - 1 + nearness) / words.max_matching_words if words else nearness


class _Facets(msgspec.Struct):
    distribution: dict[str, dict[str, int]] = {}


class _Answer(msgspec.Struct):
    hits: list[_Hit]
    total: int = msgspec.field(name="estimatedTotalHits")
    facets: dict[str, _Facets] = msgspec.field(name="facetsByIndex", default_factory=dict)


def search_request(question: Question, index: str) -> dict[str, Any]:
    """The body of a federated `/multi-search`: the question once for each reading of it."""
    federation: dict[str, Any] = {"limit": question.limit + 1, "offset": _offset(question)}
    if _from_the_first(question):
        federation = {"limit": max(nearness.RANKED, _offset(question) + question.limit) + 1, "offset": 0}
    if question.facets:
        federation["facetsByIndex"] = {index: list(question.facets)}
    shared: dict[str, Any] = {
        "indexUid": index,
        "filter": _filter(question),
        "attributesToRetrieve": ["id", "published"],
    }
    if question.sort != "relevance":
        direction = "desc" if question.sort == "newest" else "asc"
        shared["sort"] = [f"published:{direction}", f"id:{direction}"]
    if nearness.counts(question):
        shared["showRankingScoreDetails"] = True
    return {"federation": federation, "queries": [{**shared, **words} for words in _queries(question)]}


def _queries(question: Question) -> Iterable[dict[str, Any]]:
    """What to look for in which attributes, at which weight.

    What must be there stands in quotation marks. Of the marks behind it, by which words stand as they were typed,
    Meilisearch does without the last, and the last but one, and so on: so the strictest hits come first.
    """
    query = question.query
    attributes = searched_attributes(question.entity, _fields(question))
    without = "".join(f" -{_quoted(alternative)}" for alternative in _excluded(query))
    for reading, needed in enumerate(islice(_readings(query), READINGS)):
        asked = " ".join([*needed, *_wished(question, len(needed))])
        yield {
            "q": f"{asked}{without}",
            "matchingStrategy": "last",
            "attributesToSearchOn": attributes,
            "federationOptions": {"weight": LESS_LIKELY**reading},
        }


def _readings(query: Query) -> Iterable[Sequence[str]]:
    """What must be there: the words as they were typed, then with what misspelt ones may have meant."""
    form = FORM_OF[query.match]
    for alternatives in product(*clauses(query, form)):
        words = chain.from_iterable(alternatives)
        yield [_quoted(mark(word, "folded") if form == "folded" else disguised([word])) for word in words]


def _wished(question: Question, needed: int) -> list[str]:
    """Marks that better hits have, the likelier first, each kind only where it fits in whole."""
    query = question.query
    if query.corrections or question.sort != "relevance":
        return []
    terms = [*query.words, *chain.from_iterable(query.phrases)]
    kinds: list[list[str | None]] = [[_beside(term, query) for term in terms], [_as_written(term) for term in terms]]
    wished: list[str] = []
    for kind in kinds:
        marks = [one for one in dict.fromkeys(kind) if one]
        if needed + len(wished) + len(marks) > MOST_WORDS:
            break
        wished += marks
    return wished


def _beside(term: Term, query: Query) -> str:
    """Among stems the folded word; among folded words the stem, by which Meilisearch knows in which field it is."""
    return mark(term.folded, "folded") if query.match == "stem" else disguised([term.stem])


def _as_written(term: Term) -> str | None:
    return mark(term.plain, "plain") if tells_more(term.plain, term.folded) else None


def _excluded(query: Query) -> Iterable[str]:
    for (word,) in excluded(query):
        yield disguised([word]) if query.match == "stem" else mark(word, "folded")


def _quoted(words: str) -> str:
    return f'"{words}"'


def _fields(question: Question) -> Sequence[str]:
    if question.entity == "article":
        return FIELDS["article"]
    return [_FIELD_OF[part] for part in question.parts]


def _from_the_first(question: Question) -> bool:
    """Whether hits are asked for from the first on: those that are put in order by nearness may change places."""
    return nearness.counts(question) and _offset(question) < nearness.RANKED and question.limit > 0


def _offset(question: Question) -> int:
    return question.after.offset or 0 if question.after else 0


def _filter(question: Question) -> list[str]:
    """Conditions that must all hold; values of the caller's stand in quotes that they cannot leave."""
    filters = question.filters
    listed = {
        "source": filters.sources or None,
        "speaker": filters.speakers,
        "party": filters.parties,
        "kind": filters.kinds or None,
        "zone": filters.zones or None,
        "stance": filters.stances or None,
        "channel": filters.channels or None,
        "polarity": (filters.polarity,) if filters.polarity else None,
    }
    conditions = [
        f"{name} IN [{', '.join(map(_value, values))}]" for name, values in listed.items() if values is not None
    ]
    conditions += [f"place IN [{', '.join(map(_value, codes))}]" for codes in filters.places]
    if filters.roles:
        conditions.append(" OR ".join(map(_role, filters.roles)))
    if filters.published_from:
        conditions.append(f"published >= {microseconds(filters.published_from)}")
    if filters.published_to:
        conditions.append(f"published < {microseconds(filters.published_to)}")
    if filters.min_confidence is not None:
        conditions.append(f"confidence >= {filters.min_confidence}")
    if not filters.duplicates:
        conditions.append("duplicate = false")
    if not filters.copies:
        conditions.append("copy = false")
    if question.after and question.after.id is not None:
        conditions.append(_beyond(question.after, ">" if question.sort == "oldest" else "<"))
    return conditions


def _role(stems: tuple[str, ...]) -> str:
    """All words of one role; a role without any fits none."""
    return "(" + (" AND ".join(f"role = {_value(stem)}" for stem in stems) or "id IN []") + ")"


def _beyond(place: Place, beyond: str) -> str:
    """After a place in the order by date, undated documents last."""
    id = _value(place.id or "")
    if place.published_at is None:
        return f"published NOT EXISTS AND id {beyond} {id}"
    moment = microseconds(place.published_at)
    return f"published {beyond} {moment} OR (published = {moment} AND id {beyond} {id}) OR published NOT EXISTS"


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _hits(question: Question, index: str, answer: _Answer, counts: _Answer) -> Hits:
    counted = counts.facets.get(index, _Facets()).distribution
    facets: dict[Facet, dict[str, int]] = {facet: counted.get(facet, {}) for facet in question.facets}
    hits = [Hit(hit.id, min(hit.federation.score, 1.0)) for hit in answer.hits[: question.limit]]
    further = len(answer.hits) > question.limit
    return Hits(hits, counts.total, "eq", facets, _next(question, answer.hits) if further else None)


def _next(question: Question, found: Sequence[_Hit]) -> Place | None:
    if question.sort == "relevance":
        offset = _offset(question) + question.limit
        return Place(offset=offset) if offset < RELEVANCE_DEPTH else None
    last = found[question.limit - 1]
    return Place(published_at=None if last.published is None else _moment(last.published), id=last.id)


def _moment(published: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=published)
