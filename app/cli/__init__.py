"""The `qawl` command: one file per command, registered here by one line each.

A command is a plain function with annotated parameters. It imports what is heavy inside itself, so that
`qawl --help` stays quick; it raises a `QawlError` where something is wrong, and the frame (`app.cli.failures`)
turns that into one sentence on standard error and an exit code.
"""

from typing import Annotated

import typer

from app import __version__
from app.cli.check import check
from app.cli.export import export
from app.cli.extract import extract
from app.cli.failures import Frame
from app.cli.ingest import ingest
from app.cli.keys import keys
from app.cli.migrate import migrate
from app.cli.openapi import openapi
from app.cli.parse import parse
from app.cli.reindex import reindex
from app.cli.reread import reread
from app.cli.search import search
from app.cli.serve import serve
from app.cli.speakers import speakers
from app.cli.worker import worker

qawl = typer.Typer(
    name="qawl",
    cls=Frame,
    help="Arabic news and the statements in it: who said what, in which role, and where it stands.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

qawl.command()(serve)
qawl.command()(parse)
qawl.command()(extract)
qawl.command()(ingest)
qawl.command()(migrate)
qawl.command()(check)
qawl.command()(worker)
qawl.command()(search)
qawl.command()(export)
qawl.command()(reindex)
qawl.command()(reread)
qawl.command()(openapi)
qawl.add_typer(keys, name="keys")
qawl.add_typer(speakers, name="speakers")


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"qawl {__version__}")
        raise typer.Exit


@qawl.callback()
def qawl_options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read by the frame, before the command runs."""


def main() -> None:
    """The entry point of the `qawl` command."""
    qawl()
