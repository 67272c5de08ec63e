"""`qawl openapi`: the API's document, printed without any server."""

import json

import typer


def openapi() -> None:
    """Print the OpenAPI document of the API."""
    from app.main import create_app

    typer.echo(json.dumps(create_app().openapi(), ensure_ascii=False, indent=2))
