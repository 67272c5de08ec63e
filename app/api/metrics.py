"""Figures for Prometheus: what is asked for, how long it takes, how far search lags behind the corpus."""

from typing import Annotated

import msgspec
from fastapi import Query, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.responses import Response
from starlette.types import Scope

from app.api.dependencies import door
from app.api.document import KEY_NEEDED, errors
from app.api.parameters import NoParameters
from app.api.routes import resource
from app.api.service import look
from app.errors import Forbidden

router = resource("/metrics", tag="service")

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "In Prometheus' text format"}


class Metrics:
    """The figures of one application. Routes stand by their templates: no id, no word of a query is kept."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "qawl_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "qawl_request_seconds",
            "Seconds from a request to the beginning of its answer",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._rows = Gauge("qawl_rows", "What the corpus holds", ("table",), registry=self.registry)
        self._pending = Gauge("qawl_outbox_pending", "Changes the index has not learnt yet", registry=self.registry)
        self._oldest = Gauge("qawl_outbox_oldest_seconds", "Age of the oldest of them", registry=self.registry)
        self._ready = Gauge("qawl_ready", "1 where this dependency answers", ("dependency",), registry=self.registry)

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        """One request more."""
        route = getattr(scope.get("route"), "path", "none")
        self._requests.labels(scope["method"], route, status).inc()
        self._seconds.labels(route).observe(seconds)

    async def tell(self, request: Request) -> bytes:
        """All figures, those of the servers as they are now."""
        counts, status, away = await look(request)
        self._ready.labels("database").set(not away)
        self._ready.labels("meilisearch").set(bool(status and status.reachable))
        if counts and status:
            for table, rows in msgspec.structs.asdict(counts).items():
                self._rows.labels(table).set(rows)
            self._pending.set(status.outbox_pending)
            self._oldest.set(status.outbox_oldest_seconds or 0)
        return generate_latest(self.registry)


@router.get(
    "",
    response_class=Response,
    responses={200: _TEXT, **errors(Forbidden)},
    dependencies=[door("admin")],
    openapi_extra=KEY_NEEDED,
)
async def get_metrics(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """Figures of this process for Prometheus. Needs a key of the scope `admin`, as a bearer token."""
    told = await request.app.state.metrics.tell(request)
    return Response(told, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
