"""`qawl keys`: the keys to what is not open to all."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
import typer

from app.cli.questions import asked

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

keys = typer.Typer(help="API keys: create, list, revoke.", no_args_is_help=True)


@keys.command()
def create(
    label: Annotated[str, typer.Argument(help="Who or what the key is for.")],
    scope: Annotated[list[str], typer.Option(help="read_text, write or admin; may be given several times.")],
    days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Days until it expires; else it does not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it: this once, for it is not stored."""
    from app.corpus.keys import create_key

    expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
    made, key = asked(lambda connection: create_key(connection, label=label, scopes=scope, expires_at=expires_at))
    if as_json:
        typer.echo(msgspec.json.encode({"key": key, **msgspec.structs.asdict(made)}))
    else:
        typer.echo("Keep this key; it cannot be shown again:", err=True)
        typer.echo(key)


@keys.command("list")
def list_all(as_json: AsJson = False) -> None:
    """List all keys, the newest first."""
    from app.corpus.keys import list_keys

    found = asked(list_keys)
    if as_json:
        typer.echo(msgspec.json.encode(found))
        return
    for one in found:
        expires = f"expires {one.expires_at:%Y-%m-%d}" if one.expires_at else "does not expire"
        state = "revoked" if one.revoked_at else expires
        typer.echo(f"{one.id}  {','.join(one.scopes):<22}  {state:<18}  {one.label}")


@keys.command()
def revoke(id: Annotated[str, typer.Argument(help="The id, as `qawl keys list` shows it.")]) -> None:
    """Close a key from this moment on."""
    from app.corpus.keys import revoke_key

    asked(lambda connection: revoke_key(connection, id))
    typer.echo(f"key {id} is revoked")
