"""`qawl speakers`: putting right who is one and the same."""

from typing import Annotated

import typer

from app.cli.questions import asked

speakers = typer.Typer(no_args_is_help=True)


@speakers.callback()
def speakers_options() -> None:
    """Speakers: merge two that are one."""


@speakers.command()
def merge(
    id: Annotated[str, typer.Argument(help="The speaker that is to go, by its id as in /v1/speakers/ID.")],
    into: Annotated[str, typer.Argument(help="The speaker that it is one with.")],
) -> None:
    """Make two speakers one, for good: what ID said, and what is read later under its names, is INTO's."""
    from app.corpus.merging import merge_speakers

    done = asked(lambda connection: merge_speakers(connection, id, into))
    typer.echo(f"{done.name} is now {done.into}: {done.statements} statements in {done.articles} articles")
