"""`qawl migrate`: the database brought to the newest schema."""

import typer

from app.settings import settings


def migrate() -> None:
    """Bring the database to the newest schema. Safe to run at any time, by several at once."""
    from app.corpus.migrations import migrate
    from app.embedded import servers

    with servers(settings(), search=False) as running:
        migrate(running.database_url)
    typer.echo("the database has the newest schema")
