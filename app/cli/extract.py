"""`qawl extract`: statements out of texts, without a corpus."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def extract(
    file: Annotated[
        Path, typer.Argument(help='Lines `{"id", "text"}`; `-` reads standard input.', allow_dash=True)
    ] = Path("-"),
) -> None:
    """Print one line `{"id", "statements": […]}` for each line of FILE; offsets are code points into its text."""
    from app.extract.statements.lines import extract_lines

    with sys.stdin.buffer if str(file) == "-" else file.open("rb") as lines:
        for answer in extract_lines(lines):
            sys.stdout.buffer.write(answer + b"\n")
