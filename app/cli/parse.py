"""`qawl parse`: one page as the reader sees it."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from app.corpus.fields import Page
from app.errors import InvalidValue


def parse(
    file: Annotated[Path, typer.Argument(help="A page: a text dump or HTML; `-` reads standard input.")],
    url: Annotated[str | None, typer.Option(help="Where the page came from, if known.")] = None,
    charset: Annotated[str | None, typer.Option(help="The charset that its server declared, if known.")] = None,
    statements: Annotated[bool, typer.Option("--statements", help="With the statements found in it.")] = False,
) -> None:
    """Print the article in a page as JSON: its fields, its zones with their words, and the body.

    Offsets are Unicode code points into `text`, end exclusive.
    """
    from app.extract.pages import PageRejected, read_page

    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        page = read_page(raw, declared_charset=charset, url=url)
    except PageRejected as rejection:
        raise InvalidValue(f"there is no article in {file}: {rejection}") from None
    answer = article(page)
    if statements:
        from app.extract.statements import extract_statements

        answer["statements"] = extract_statements(page.text, page.zones)
    typer.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))


def article(page: Page) -> dict[str, object]:
    """The page's fields in the API's words, each zone with the words that stand there."""
    fields = msgspec.structs.asdict(page)
    zones = [
        {"kind": zone.kind, "start": zone.start, "end": zone.end, "text": page.text[zone.start : zone.end]}
        for zone in page.zones
    ]
    related = [zone["text"] for zone in zones if zone["kind"] == "related"]
    return {**fields, "zones": zones, "related": related, "body": page.body}
