"""Which media type a client gets: the best of what a route has, by the header `Accept` (RFC 9110, 12.5.1)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from fastapi import Request

from app.api.answers import JSON, offered
from app.errors import NotAcceptable


class Range(NamedTuple):
    """A media range and how much it is wanted, 0 to 1; 0: not at all."""

    kind: str
    weight: float


def negotiated(request: Request) -> str:
    """The media type to answer with. Raises NotAcceptable when the client takes none of the route's."""
    offers = offered(request)
    if not offers:  # an answer without a body
        return JSON
    chosen = preferred(request.headers.get("accept", ""), tuple(offers))
    if chosen is None:
        raise NotAcceptable(f"the answer is {' or '.join(offers)}; the header Accept leaves that out")
    return chosen


@lru_cache(maxsize=100)
def preferred(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer that is wanted most, the first of equals; None when none is wanted."""
    ranges = list(_ranges(accept)) or [Range("*/*", 1.0)]
    weighed = [(_weight(offer, ranges), offer) for offer in offers]
    weight, chosen = max(weighed, key=lambda one: one[0], default=(0.0, ""))
    return chosen if weight > 0 else None


def _weight(offer: str, ranges: Sequence[Range]) -> float:
    """How much an offer is wanted: the most specific range that fits it decides."""
    weights = dict(reversed(ranges))
    for kind in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if kind in weights:
            return weights[kind]
    return 0.0


def _ranges(accept: str) -> Iterator[Range]:
    for one in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in one.split(";"))
        if kind:
            given = next((part.removeprefix("q=") for part in parameters if part.startswith("q=")), "1")
            yield Range(kind, _number(given))


def _number(given: str) -> float:
    try:
        return min(1.0, max(0.0, float(given)))
    except ValueError:
        return 1.0
