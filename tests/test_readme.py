"""The README says what the code does: its table of settings is compared with the class."""

import re
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from app.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def row(name: str, field: Any) -> tuple[str, str, str]:
    default = field.get_default(call_default_factory=True)
    shown = "" if default in (None, "", PydanticUndefined) else f"`{default}`"
    return f"`QAWL_{name.upper()}`", shown, field.description


def test_the_table_of_settings_is_the_settings_class() -> None:
    table = re.findall(r"^\| (`QAWL_\w+`) \| (.*?) ?\| (.+) \|$", README, re.MULTILINE)
    assert table == [row(name, field) for name, field in Settings.model_fields.items()]


def test_every_command_of_the_readme_exists() -> None:
    from app.cli import qawl

    named = set(re.findall(r"`qawl (\w+)", README))
    known = {(command.name or command.callback.__name__) for command in qawl.registered_commands if command.callback}
    known |= {str(group.name) for group in qawl.registered_groups}
    assert named <= known
    assert known <= named, "a command that the README does not name"


def test_the_page_on_the_api_names_every_problem() -> None:
    from app.api.problems import kinds_of_problems

    told = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    answered = {slug for slug in kinds_of_problems() if slug != "setup"}  # that one ends the start, before any request
    assert {slug for slug in answered if f"`/problems/{slug}`" not in told} == set()
