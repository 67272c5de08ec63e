"""Answers of the API, called in this process without sockets, beside a FastAPI route that answers a constant."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

import uvloop
from fastapi import FastAPI
from starlette.types import Message

from app.corpus.migrations import migrate
from app.embedded import Servers, servers
from app.ingest import ingest_paths
from app.main import create_app
from app.settings import Settings
from tests.bench.clock import line, seconds_async

SEED = Path(__file__).parents[2] / "seed" / "pages"


def run() -> None:
    """Start servers of its own on an empty folder, fill them with the seed, time the routes on each engine."""
    with (
        tempfile.TemporaryDirectory(prefix="qawl-bench-") as folder,
        servers(Settings(data_dir=Path(folder)), durable=False) as running,
    ):
        migrate(running.database_url)
        report = asyncio.run(ingest_paths(running.database_url, [SEED]))
        print(f"\nAPI: {report.pages} seed pages, {report.statements} statements; no sockets")
        constant = uvloop.run(_constant())
        line("FastAPI answering a constant (reference)", f"{constant * 1e6:12,.0f} µs")
        uvloop.run(_routes(running, "postgres", constant))
        if running.meilisearch_url is None:
            print(f"Meilisearch was not measured: {running.meilisearch_reason}")
            return
        reindex = [sys.executable, "-m", "app.cli", "reindex"]
        subprocess.run(reindex, check=True, env=os.environ | running.environment(), stdout=subprocess.DEVNULL)
        uvloop.run(_routes(running, "meilisearch", constant))


async def _constant() -> float:
    app = FastAPI()

    @app.get("/")
    async def constant() -> dict[str, str]:
        return {"said": "قال"}

    return await seconds_async(lambda: _get(app, "/"))


async def _routes(running: Servers, engine: str, constant: float) -> None:
    """Every route's time and its ratio to the constant; an answer other than 200 ends the run."""
    settings = Settings.model_validate({"database_url": running.database_url, "search_engine": engine, "rate_limit": 0})
    app = create_app(settings, meilisearch_url=running.meilisearch_url, meilisearch_key=running.meilisearch_key)
    async with app.router.lifespan_context(app):
        article = json.loads(await _get(app, "/v1/articles?limit=1"))["items"][0]["id"]
        stored = {
            "article by id": f"/v1/articles/{article}",
            "list of 20 articles": "/v1/articles",
            "list of 20 statements": "/v1/statements",
            "statements of an article": f"/v1/articles/{article}/statements",
        }
        searched = {
            f"search statements, one word ({engine})": "/v1/search/statements?q=السوري",
            f"search articles, phrase ({engine})": '/v1/search/articles?q="دير الزور"',
            f"search statements, misspelt ({engine})": "/v1/search/statements?q=الديموقراطيه",
        }
        for name, path in (stored | searched if engine == "postgres" else searched).items():
            took = await seconds_async(partial(_get, app, path))
            line(name, f"{took * 1e6:12,.0f} µs", took / constant, "the constant")


async def _get(app: FastAPI, address: str) -> bytes:
    """The body of one answer; RuntimeError for any but a 200."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": quote(query, safe="=&").encode(),
        "headers": [(b"host", b"bench")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent)
    if sent[0]["status"] != 200:
        raise RuntimeError(f"{address} answered {sent[0]['status']}: {body.decode()}")
    return body
