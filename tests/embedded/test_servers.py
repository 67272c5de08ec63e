"""The embedded servers live and die with the process that owns them."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.conftest import SearchServer
from tests.embedded.conftest import AS_ORDINARY_USER, Owner, are_gone, processes_of

Own = Callable[..., Owner]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user too")


async def ask(owner: Owner, question: str) -> object:
    """What the owner's Postgres answers."""
    connection = await asyncpg.connect(owner.servers["database_url"], timeout=10)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def health(owner: Owner) -> object:
    """What the owner's Meilisearch says of itself."""
    async with httpx.AsyncClient() as client:
        return (await client.get(f"{owner.servers['meilisearch_url']}/health")).json()["status"]


async def soon(question: Callable[[], Awaitable[object]], seconds: float = 15) -> object:
    """The answer, as soon as there is one."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return await question()
        except (OSError, asyncpg.PostgresError, httpx.HTTPError):
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.05)


async def test_the_database_knows_arabic_letters_whatever_the_environment_says(own: Own, new_data_dir: Path) -> None:
    shell = {"LANG": "xx_XX.nowhere", "LC_ALL": "xx_XX.nowhere", "PGPORT": "1", "PGDATA": "/nowhere"}
    owner = own(new_data_dir, "postgres", environment=shell)
    assert owner.servers, owner.error
    assert await ask(owner, "SELECT current_database()") == "qawl"
    assert await ask(owner, "SELECT 'سوريا' ~ '^[[:alpha:]]+$' AND lower('É') = 'é'") is True


async def test_leaving_stops_the_servers_and_keeps_the_data(own: Own, data_dir: Path) -> None:
    first = own(data_dir, "postgres")
    await ask(first, "CREATE TABLE kept AS SELECT 1")
    first.leave()
    assert are_gone(data_dir, seconds=0)
    began = time.monotonic()
    second = own(data_dir, "postgres")
    assert time.monotonic() - began < 10
    assert await ask(second, "SELECT count(*) FROM kept") == 1


async def test_who_comes_second_joins_and_stops_nothing(own: Own, data_dir: Path) -> None:
    owner, guest = own(data_dir, "postgres"), own(data_dir, "postgres")
    assert guest.servers["database_url"] == owner.servers["database_url"]
    guest.leave()
    assert await ask(owner, "SELECT 1") == 1


async def test_who_owns_the_servers_for_a_short_while_stops_them_after_its_guests(own: Own, data_dir: Path) -> None:
    owner, guest = own(data_dir, "postgres"), own(data_dir, "postgres")
    leaving = asyncio.create_task(asyncio.to_thread(owner.leave))
    await asyncio.sleep(0.5)
    assert await ask(guest, "SELECT 1") == 1
    guest.leave()
    await asyncio.wait_for(leaving, 10)
    assert are_gone(data_dir, seconds=0)


async def test_who_owns_the_servers_for_long_stops_them_at_once(own: Own, data_dir: Path) -> None:
    owner, _ = own(data_dir, "postgres", "lasting"), own(data_dir, "postgres")
    await asyncio.wait_for(asyncio.to_thread(owner.leave), 10)
    assert all(process.name() != "postgres" for process in processes_of(data_dir))


async def test_two_that_start_at_once_on_a_new_folder_share_one_server(own: Own, new_data_dir: Path) -> None:
    early, late = await asyncio.gather(*(asyncio.to_thread(own, new_data_dir, "postgres") for _ in range(2)))
    assert early.servers["database_url"] == late.servers["database_url"]
    assert await ask(late, "SELECT 1") == 1


async def test_who_joined_for_long_runs_the_servers_on_when_the_owner_is_killed(own: Own, data_dir: Path) -> None:
    owner, heir = own(data_dir, "postgres"), own(data_dir, "postgres", "lasting")
    owner.kill()
    assert await soon(lambda: ask(heir, "SELECT 1")) == 1
    heir.leave()
    assert are_gone(data_dir, seconds=0)


async def test_killing_the_owner_leaves_no_orphans_and_the_next_start_recovers(
    own: Own, data_dir: Path, meilisearch: SearchServer
) -> None:
    owner = own(data_dir)
    await ask(owner, "CREATE TABLE kept AS SELECT 1")
    owner.kill()
    assert are_gone(data_dir)
    again = own(data_dir)
    assert await ask(again, "SELECT count(*) FROM kept") == 1
    assert await health(again) == "available"


async def test_orphans_that_outlived_their_owner_are_stopped_by_the_next(own: Own, new_data_dir: Path) -> None:
    user = AS_ORDINARY_USER if os.geteuid() == 0 else ()
    # Without setpriv on the PATH nobody sends a death signal.
    owner = own(new_data_dir, "postgres", prefix=(*user, "env", "PATH=/nowhere"))
    await ask(owner, "CREATE TABLE kept AS SELECT 1")
    owner.kill()
    orphans = {process.pid for process in processes_of(new_data_dir)}
    assert orphans
    again = own(new_data_dir, "postgres", prefix=user)
    assert await ask(again, "SELECT count(*) FROM kept") == 1
    assert not orphans & {process.pid for process in processes_of(new_data_dir)}


@as_root
async def test_root_hands_the_servers_to_another_user_even_below_a_closed_folder(own: Own, data_dir: Path) -> None:
    await asyncio.to_thread(data_dir.chmod, 0o700)
    owner = own(data_dir, "postgres")
    assert await ask(owner, "SELECT 1") == 1
    users = {process.username() for process in processes_of(data_dir / "postgres")}
    assert len(users) == 1
    assert users != {"root"}


@as_root
async def test_an_ordinary_user_runs_the_servers_itself(own: Own, new_data_dir: Path) -> None:
    owner = own(new_data_dir, "postgres", prefix=AS_ORDINARY_USER)
    assert await ask(owner, "SELECT 1") == 1
    assert {process.username() for process in processes_of(new_data_dir)} == {"nobody"}


async def test_a_lock_file_whose_number_is_another_programs_now_does_not_stop_a_start(own: Own, data_dir: Path) -> None:
    data = data_dir / "postgres" / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n\nready\n")
    assert await ask(own(data_dir, "postgres"), "SELECT 1") == 1


async def test_a_folder_that_was_half_made_is_made_anew(own: Own, data_dir: Path) -> None:
    data = data_dir / "postgres" / "data"
    (data / "PG_VERSION").unlink()
    data.rename(data.with_name("data.new"))
    assert await ask(own(data_dir, "postgres"), "SELECT 1") == 1


async def test_a_path_too_long_for_a_socket_works(own: Own, new_data_dir: Path) -> None:
    owner = own(new_data_dir / ("long" * 30), "postgres")
    assert await ask(owner, "SELECT 1") == 1
    owner.leave()


async def test_a_server_that_crashes_is_back_at_the_same_address(
    own: Own, data_dir: Path, meilisearch: SearchServer
) -> None:
    owner = own(data_dir)
    for name in ("postgres", "meilisearch"):
        [server] = [process for process in processes_of(data_dir / name) if process.ppid() == owner.process.pid]
        server.kill()
        server.wait()
    assert await soon(lambda: ask(owner, "SELECT 1")) == 1
    assert await soon(lambda: health(owner)) == "available"
