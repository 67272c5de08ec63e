"""How routes are made: what those of every resource share, and one flat table of all of them."""

from collections.abc import Iterable

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute

from app.api.dependencies import check_request
from app.api.document import READING_ERRORS


def operation_id(route: APIRoute) -> str:
    """The name of the function: short, and the same when a path changes."""
    return route.name


def resource(path: str, tag: str) -> APIRouter:
    """A router for the routes below one path."""
    return APIRouter(
        prefix=path,
        tags=[tag],
        responses=READING_ERRORS,
        dependencies=[Depends(check_request)],
        generate_unique_id_function=operation_id,
    )


def add_routes(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Put the routes into the application's own table.

    An included router is asked twice for every request before a route is: with eight of them that took as long as
    the whole answer of a small route.
    """
    for router in routers:
        app.router.routes.extend(router.routes)
