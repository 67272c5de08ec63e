"""How much one caller may ask in a minute: counted by key or address, told in headers, refused with 429.

The headers are `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers. A minute is one of the
clock, the same for all; a 304 costs nothing.
"""

import time
from ipaddress import ip_address, ip_network
from typing import NamedTuple, Protocol

import asyncpg
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.corpus import rates
from app.corpus.keys import Key
from app.errors import TooManyRequests
from app.settings import Settings

WINDOW_SECONDS = 60
# What a request costs, by the tag of its route; every other costs one.
COSTS = {"search": 3, "exports": 100, "imports": 10}
# Callers that one process counts apart; those beyond share one count.
CALLERS = 100_000
_EVERYONE_ELSE = "everyone else"


class Purse(Protocol):
    """Where it is counted what callers spend."""

    async def spend(self, caller: str, since: int, cost: int) -> int:
        """What the caller has spent in the span that began at this second of the epoch, this cost included."""


class OwnPurse:
    """Counts in this process alone."""

    def __init__(self) -> None:
        self._since = 0
        self._spent: dict[str, int] = {}

    async def spend(self, caller: str, since: int, cost: int) -> int:
        if since != self._since:
            self._since, self._spent = since, {}
        if caller not in self._spent and len(self._spent) >= CALLERS:
            caller = _EVERYONE_ELSE
        self._spent[caller] = spent = self._spent.get(caller, 0) + cost
        return spent


class SharedPurse:
    """Counts in Postgres, for all processes together."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool
        self._since = 0

    async def spend(self, caller: str, since: int, cost: int) -> int:
        async with self._pool.acquire() as connection:
            if since != self._since:
                self._since = since
                await rates.forget_before(connection, since)
            return await rates.spend(connection, caller, since, cost)


class Spent(NamedTuple):
    """What a request cost whom, and how the caller stands."""

    caller: str
    since: int
    cost: int
    allowance: int
    left: int

    @property
    def seconds(self) -> int:
        """Until the allowance is whole again."""
        return max(1, self.since + WINDOW_SECONDS - int(time.time()))

    def headers(self) -> dict[str, str]:
        """As every answer tells it."""
        return {
            "RateLimit-Policy": f'"default";q={self.allowance};w={WINDOW_SECONDS}',
            "RateLimit": f'"default";r={max(0, self.left)};t={self.seconds}',
        }


class Rates:
    """The allowances of this API."""

    def __init__(self, settings: Settings, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._allowance, self._allowance_of_keys = settings.rate_limit, settings.rate_limit_of_keys
        self._purse: Purse = SharedPurse(pool) if settings.rate_store == "postgres" else OwnPurse()

    async def spend(self, request: Request, key: Key | None) -> None:
        """Take the request's cost from its caller's allowance. Raises TooManyRequests when that is spent."""
        allowance = self._allowance_of_keys if key else self._allowance
        if not allowance:
            return
        caller = f"key {key.id}" if key else f"address {_network(request)}"
        since = int(time.time()) // WINDOW_SECONDS * WINDOW_SECONDS
        cost = cost_of(request)
        left = allowance - await self._purse.spend(caller, since, cost)
        request.state.spent = spent = Spent(caller, since, cost, allowance, left)
        if left < 0:
            raise TooManyRequests(
                f"{allowance} points a minute may be spent, and this request costs {cost}; more in {spent.seconds} s",
                retry_after=spent.seconds,
            )

    async def give_back(self, spent: Spent) -> None:
        """The request cost nothing after all."""
        await self._purse.spend(spent.caller, spent.since, -spent.cost)


def cost_of(request: Request) -> int:
    """Points that the answering route costs."""
    return max((COSTS.get(tag, 1) for tag in getattr(request.scope.get("route"), "tags", ())), default=1)


def _network(request: Request) -> str:
    """Who asks, as far as an address tells: a whole /64 of IPv6 is one caller's to choose from."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network(f"{host}/64", strict=False)) if address.version == 6 else host


class RateHeaders:
    """Tells in every answer how its caller stands, and gives back what a 304 cost."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_told(message: Message) -> None:
            spent: Spent | None = state.get("spent")
            if message["type"] == "http.response.start" and spent:
                if message["status"] == 304:
                    await scope["app"].state.rates.give_back(spent)
                    spent = spent._replace(left=spent.left + spent.cost)
                MutableHeaders(scope=message).update(spent.headers())
            await send(message)

        await self.app(scope, receive, send_told)
