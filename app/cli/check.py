"""`qawl check`: is the corpus whole?"""

import asyncio
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from app.settings import settings

if TYPE_CHECKING:
    from app.corpus.checking import Check


def check(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Slice every span back out of its text, look for orphan rows and a stuck outbox. Ends with 1 on a finding."""
    from app.embedded import servers

    with servers(settings(), search=False) as running:
        found = asyncio.run(_checked(running.database_url))
    if as_json:
        typer.echo(msgspec.json.encode(found))
    else:
        _tell(found)
    raise typer.Exit(1 if found.findings else 0)


async def _checked(database_url: str) -> "Check":
    from app.corpus.checking import check_corpus
    from app.corpus.database import check_server, connect

    connection = await connect(database_url)
    try:
        await check_server(connection)
        return await check_corpus(connection)
    finally:
        await connection.close()


def _tell(found: "Check") -> None:
    typer.echo(
        f"{found.articles} articles, {found.statements} statements, {found.mentions} mentions: "
        f"{found.spans} spans sliced back"
    )
    typer.echo(f"outbox: {found.outbox_pending} pending")
    for finding in found.findings:
        typer.echo(f"{finding.kind} {finding.id}: {finding.detail}")
    for kind, number in found.counts.items():
        typer.echo(f"{number} findings of the kind {kind}")
    if not found.findings:
        typer.echo("nothing is amiss")
