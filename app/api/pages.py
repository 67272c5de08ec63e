"""What people open in a browser: the page over the public API, and the reference of the API. Nothing from elsewhere."""

from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import NamedTuple

import msgspec
from fastapi import FastAPI, Request
from starlette.responses import Response

from app.api.answers import answer
from app.api.problems import kinds_of_problems
from app.errors import NotFound

HTML, CSS, SCRIPT = "text/html", "text/css", "text/javascript"


class File(NamedTuple):
    """A file as it is served."""

    path: str
    package: str
    name: str
    media_type: str


_UI = "fastapi_offline"  # a package that carries the files of Swagger UI; nothing else of it is used
FILES = (
    File("/", "app", "web/index.html", HTML),
    File("/web/page.css", "app", "web/page.css", CSS),
    File("/web/page.js", "app", "web/page.js", SCRIPT),
    File("/web/parts.js", "app", "web/parts.js", SCRIPT),
    File("/web/article.js", "app", "web/article.js", SCRIPT),
    File("/web/suggest.js", "app", "web/suggest.js", SCRIPT),
    File("/web/words.js", "app", "web/words.js", SCRIPT),
    File("/docs", "app", "web/docs.html", HTML),
    File("/web/docs.js", "app", "web/docs.js", SCRIPT),
    File("/web/icon.svg", "app", "web/icon.svg", "image/svg+xml"),
    File("/web/swagger-ui-bundle.js", _UI, "static/swagger-ui-bundle.js", SCRIPT),
    File("/web/swagger-ui.css", _UI, "static/swagger-ui.css", CSS),
)
# Swagger UI writes styles into its elements; nothing else may.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def add_pages(app: FastAPI) -> None:
    """Serve the files, read once, and what problems mean."""
    for file in FILES:
        app.add_api_route(file.path, _serving(file), include_in_schema=False, name=file.name)
    app.add_api_route("/problems/{slug}", explain_problem, include_in_schema=False)


async def explain_problem(request: Request, slug: str) -> Response:
    """What the `type` of a problem means, for whoever follows it."""
    kind = kinds_of_problems().get(slug)
    if kind is None:
        raise NotFound("there is no such kind of problem; docs/api.md lists them")
    told = {"type": f"/problems/{slug}", "title": kind.title, "status": kind.status}
    return answer(request, msgspec.json.encode(told))


def _serving(file: File) -> Callable[[Request], Awaitable[Response]]:
    content = files(file.package).joinpath(file.name).read_bytes()
    policy = _POLICY.format(styles=" 'unsafe-inline'" if file.path == "/docs" else "")
    headers = {"Content-Security-Policy": policy} if file.media_type == HTML else {}

    async def serve_file(request: Request) -> Response:
        return answer(request, content, headers=headers, media_type=file.media_type)

    return serve_file
