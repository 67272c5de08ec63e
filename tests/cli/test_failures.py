"""A command that fails says so in one sentence, with an exit code that means something."""

import pytest
from typer.testing import CliRunner

from app.cli import qawl
from app.settings import settings

runner = CliRunner()


@pytest.fixture(autouse=True)
def _fresh_settings() -> None:
    settings.cache_clear()


def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_PORT", "many")
    answer = runner.invoke(qawl, ["migrate"])
    assert answer.exit_code == 2
    assert answer.stderr.startswith("qawl: a setting is not valid: QAWL_PORT='many': ")
    assert answer.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_has_a_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_DATABASE_URL", "postgresql://somebody:secret@127.0.0.1:9/qawl")
    answer = runner.invoke(qawl, ["migrate"])
    assert answer.exit_code == 4
    assert answer.stderr.startswith("qawl: Postgres at 127.0.0.1:9/qawl cannot be reached")
    assert "secret" not in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named() -> None:
    answer = runner.invoke(qawl, ["parse", "/nowhere/page.txt"])
    assert answer.exit_code == 1
    assert answer.stderr == "qawl: No such file or directory: /nowhere/page.txt\n"


def test_debug_shows_the_whole_of_it() -> None:
    answer = runner.invoke(qawl, ["--debug", "parse", "/nowhere/page.txt"])
    assert isinstance(answer.exception, FileNotFoundError)
