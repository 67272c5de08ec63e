"""The OpenAPI document is clean to two linters, and breaks no client of the last release.

`released.json` is the document of the last release: copy `docs/openapi.json` there when one is made.
"""

import json

from app import __version__
from tests.api.clients.conftest import DOCUMENT, HERE, Run, Tool

RELEASED = HERE / "released.json"


def test_redocly_has_nothing_to_say(run: Run, tool: Tool) -> None:
    run(tool("redocly"), "lint", DOCUMENT, "--config", HERE / "redocly.yaml", "--max-problems", "50")


def test_spectral_has_nothing_to_say(run: Run, tool: Tool) -> None:
    run(tool("spectral"), "lint", DOCUMENT, "--ruleset", HERE / "spectral.yaml", "--fail-severity", "hint")


def test_only_a_new_version_breaks_clients(run: Run, tool: Tool) -> None:
    released = json.loads(RELEASED.read_text(encoding="utf-8"))["info"]["version"]
    gravest = "major" if line(released) == line(__version__) else "none"
    run(tool("redocly"), "diff", RELEASED, DOCUMENT, "--config", HERE / "redocly.yaml", "--fail-on", gravest)


def line(version: str) -> list[str]:
    """The part of a version within which clients go on working: 1 of 1.4.2, 0.4 of 0.4.2."""
    first, second, *_ = version.split(".")
    return [first, second] if first == "0" else [first]
