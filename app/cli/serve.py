"""`qawl serve`: the servers, the corpus and the API in one process tree, stopped together."""

from pathlib import Path
from typing import Annotated

import typer

from app.errors import SetupError


def serve(
    seed: Annotated[
        Path | None, typer.Option(help="Ingest the pages below this folder first; what is there stays as it is.")
    ] = None,
    worker: Annotated[bool, typer.Option("--worker", help="Keep an index worker running beside the API.")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="Bring the database to the newest schema first.")] = False,
) -> None:
    """Serve the API, with embedded Postgres and Meilisearch where no others are set."""
    raise SetupError("qawl serve is not written yet")
