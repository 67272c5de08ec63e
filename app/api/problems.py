"""Every error as RFC 9457 `application/problem+json`: what was expected, what came, where."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import asyncpg
import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import RouteContext, iter_route_contexts
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from app.errors import (
    Busy,
    InvalidRequest,
    InvalidValue,
    MethodNotAllowed,
    NotFound,
    QawlError,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)
from app.logs import log

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5

# What Postgres answers, or does not, when the fault is not in the question.
DATABASE_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,  # shut down, or the question took too long
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    ConnectionError,
    TimeoutError,
)
# Statuses that the framework gives, and how they are called here.
_NAMED = {400: InvalidRequest, 401: Unauthorized, 404: NotFound, 422: InvalidValue, 503: Unavailable}
_WORDS = {
    "literal_error": "not-allowed",
    "extra_forbidden": "unknown-parameter",
    "missing": "missing",
    "string_too_long": "too-long",
    "string_too_short": "too-short",
    "too_long": "too-many",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}


class ProblemDetail(BaseModel):
    """One fault in a request."""

    detail: str = Field(description="what was expected", examples=["Input should be less than or equal to 100"])
    code: str = Field(description="the kind of fault, stable", examples=["out-of-range"])
    parameter: str | None = Field(None, description="the parameter at fault", examples=["limit"])
    pointer: str | None = Field(None, description="JSON pointer (RFC 6901) into the request's body")


class Problem(BaseModel):
    """What went wrong (RFC 9457). `type` is stable; the other members are for people."""

    type: str = Field(description="URI reference of the kind of problem", examples=["/problems/invalid-value"])
    title: str = Field(description="the same for all problems of the type", examples=["A value is not valid"])
    status: int = Field(description="HTTP status", examples=[422])
    detail: str | None = Field(None, description="what happened here")
    instance: str | None = Field(None, description="path of the request", examples=["/v1/articles"])
    request_id: str | None = Field(None, description="as in the header X-Request-Id; quote it when you report a fault")
    errors: list[ProblemDetail] | None = Field(None, description="each fault, where there are several or a place")


def problem_response(
    scope: Scope,
    *,
    status: int,
    slug: str,
    title: str,
    detail: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer that tells of a problem."""
    problem: dict[str, Any] = {"type": f"/problems/{slug}", "title": title, "status": status}
    if detail:
        problem["detail"] = detail
    problem["instance"] = scope["path"]
    if request_id := scope.get("state", {}).get("request_id"):
        problem["request_id"] = request_id
    if errors:
        problem["errors"] = list(errors)
    return Response(
        msgspec.json.encode(problem),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def problem_of(
    scope: Scope,
    error: QawlError,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to one of our own errors."""
    headers = dict(headers or {})
    if isinstance(error, Unavailable | Busy):
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    return problem_response(
        scope,
        status=error.status,
        slug=error.slug,
        title=error.title,
        detail=str(error),
        errors=errors,
        headers=headers,
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Let every error end as a problem; what nobody foresaw is caught further out (`app.api.wire`)."""
    app.add_exception_handler(QawlError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(asyncpg.UndefinedTableError, _not_migrated)
    for error in DATABASE_AWAY:
        app.add_exception_handler(error, _database_away)


def kinds_of_problems() -> dict[str, type[QawlError]]:
    """Every kind of problem that one of our own errors can become, by the last part of its `type`."""
    kinds = {QawlError.slug: QawlError}
    kinds.update((kind.slug, kind) for kind in QawlError.__subclasses__())
    return kinds


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, QawlError)
    return problem_of(request.scope, error)


async def _database_away(request: Request, error: Exception) -> Response:
    log(__name__).warning("database_away", error=type(error).__name__)
    return problem_of(request.scope, Unavailable("the database does not answer"))


async def _not_migrated(request: Request, error: Exception) -> Response:
    return problem_of(request.scope, Unavailable("the database is not migrated: run `qawl migrate`"))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    known = [name for name, _ in query_parameters(request)]
    faults = [_fault(fault, known) for fault in error.errors()]
    said = "; ".join(f"{fault.get('parameter', 'the request')}: {fault['detail']}" for fault in faults)
    return problem_of(request.scope, InvalidValue(said), errors=faults)


def query_parameters(request: Request) -> Iterable[tuple[str, Any]]:
    """Names and fields of the parameters of the route that answers."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    for param in getattr(dependant, "query_params", ()):
        fields = getattr(param.field_info.annotation, "model_fields", None)
        for name, field in (fields or {param.name: param.field_info}).items():
            yield field.alias or name, field


def _fault(fault: Mapping[str, Any], known: list[str]) -> dict[str, str]:
    kind, (where, *path) = str(fault["type"]), fault["loc"]
    detail = str(fault["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        detail = "there is no such parameter; known: " + (", ".join(known) or "none")
    said = {"detail": detail, "code": _WORDS.get(kind, "invalid")}
    if where == "body":
        return {"pointer": "".join(f"/{_escaped(step)}" for step in path), **said}
    return {"parameter": str(path[0]) if path else str(where), **said}


def _escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


async def _framework(request: Request, error: Exception) -> Response:
    """What the framework refuses by itself: unknown paths, methods that a path does not have."""
    assert isinstance(error, HTTPException)
    path, app = request.scope["path"], request.app
    if error.status_code == HTTPStatus.NOT_FOUND:
        shorter = path.rstrip("/")
        if shorter != path and methods_of(app, shorter):
            query = request.scope["query_string"].decode("ascii")
            return RedirectResponse(shorter + (f"?{query}" if query else ""), HTTPStatus.PERMANENT_REDIRECT)
        return problem_of(request.scope, NotFound("there is nothing at this path; /openapi.json lists what there is"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = methods_of(app, path)
        refusal = MethodNotAllowed(f"{request.method} was asked for; there is {', '.join(allowed)}")
        return problem_of(request.scope, refusal, headers={"Allow": ", ".join(allowed)})
    named = _NAMED.get(error.status_code)
    status = HTTPStatus(error.status_code)
    return problem_response(
        request.scope,
        status=status,
        slug=named.slug if named else status.phrase.lower().replace(" ", "-"),
        title=named.title if named else status.phrase,
        detail=str(error.detail),
        headers=error.headers,
    )


def methods_of(app: FastAPI, path: str) -> list[str]:
    """Every method that some route has at this path, HEAD and OPTIONS included; empty for an unknown path."""
    methods: set[str] = set()
    for route in iter_route_contexts(app.routes):
        if _matches(route, path):
            methods |= route.methods or {"GET"}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted({*methods, "OPTIONS"}) if methods else []


def _matches(route: RouteContext, path: str) -> bool:
    pattern = getattr(route, "path_regex", None)
    return pattern is not None and pattern.match(path) is not None
