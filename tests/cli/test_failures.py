"""A command that fails says so in one sentence, with an exit code that means something."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import qawl
from app.embedded import Servers
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


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    answer = runner.invoke(qawl, ["parse", str(tmp_path)])
    assert answer.exit_code == 1
    assert answer.stderr == f"qawl: Is a directory: {tmp_path}\n"


def test_a_page_without_an_article_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()
    answer = runner.invoke(qawl, ["parse", str(tmp_path / "page.txt")])
    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"qawl: there is no article in {tmp_path}/page.txt: empty: expected a page")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["reindex"], ["keys", "list"], ["search", "منبج"]])
def test_a_database_without_tables_is_named(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("QAWL_DATABASE_URL", servers.database_url.replace("/qawl?", "/postgres?"))
    monkeypatch.setenv("QAWL_SEARCH_ENGINE", "postgres")
    answer = runner.invoke(qawl, command)
    assert answer.exit_code == 1
    assert answer.stderr.endswith("run `qawl migrate`\n")
    assert answer.stderr.count("\n") == 1


def test_debug_shows_the_whole_of_it() -> None:
    answer = runner.invoke(qawl, ["--debug", "parse", "/nowhere/page.txt"])
    assert isinstance(answer.exception, FileNotFoundError)
