"""The migrated database is the one that the tables in code describe, however many migrate it at once."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.corpus import migrations
from app.corpus.database import SCHEMA, check_server, connect, open_pool, writing_engine
from app.corpus.migrations import alembic_config, migrate
from app.corpus.tables.articles import Article
from app.embedded import Servers
from app.errors import SetupError, Unavailable


async def administer(servers: Servers, order: str) -> None:
    connection = await connect(servers.database_url)
    await connection.execute(order)
    await connection.close()


async def in_database(database_url: str, work: Callable[[Connection], object]) -> object:
    engine = writing_engine(database_url)
    async with engine.begin() as connection:
        answer = await connection.run_sync(work)
    await engine.dispose()
    return answer


async def test_the_tables_in_code_and_in_the_database_do_not_differ(database_url: str) -> None:
    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True, "compare_type": True})
        return compare_metadata(context, Article.metadata)

    assert await in_database(database_url, differences) == []


async def test_migrations_can_be_taken_back_and_made_again(fresh: str) -> None:
    await in_database(fresh, lambda connection: command.downgrade(alembic_config(connection), "base"))
    connection = await connect(fresh)
    left = "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    assert await connection.fetchval(left) == "alembic_version"
    await asyncio.to_thread(migrate, fresh)
    assert await connection.fetchval("SELECT count(*) FROM article") == 0
    await connection.close()


async def test_an_older_schema_is_named_and_the_newest_is_the_one_asked_for(fresh: str) -> None:
    newest = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
    assert newest == SCHEMA
    connection = await connect(fresh)
    await check_server(connection)
    await connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(SetupError, match=r"0001.*qawl migrate"):
        await check_server(connection)
    await connection.execute("DROP TABLE alembic_version")
    with pytest.raises(SetupError, match="no tables"):
        await check_server(connection)
    await connection.close()


async def test_several_processes_may_migrate_at_once(servers: Servers) -> None:
    await administer(servers, "DROP DATABASE IF EXISTS unborn WITH (FORCE)")
    await administer(servers, "CREATE DATABASE unborn")
    database_url = servers.database_url.replace("@/qawl?", "@/unborn?", 1)
    program = "import sys; from app.corpus.migrations import migrate; migrate(sys.argv[1])"
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, database_url, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(3)
    ]
    ends = [(await process.communicate(), process.returncode) for process in processes]
    assert [code for _, code in ends] == [0, 0, 0], ends
    assert all(said == b"" for (said, _), _ in ends)
    await administer(servers, "DROP DATABASE unborn WITH (FORCE)")


async def test_a_database_that_cannot_tell_arabic_letters_is_refused(servers: Servers) -> None:
    await administer(servers, "DROP DATABASE IF EXISTS latin WITH (FORCE)")
    order = "CREATE DATABASE latin TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'"
    await administer(servers, order)
    with pytest.raises(SetupError, match="Arabic"):
        await asyncio.to_thread(migrate, servers.database_url.replace("@/qawl?", "@/latin?", 1))
    await administer(servers, "DROP DATABASE latin WITH (FORCE)")


async def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refusal:
        await asyncio.to_thread(migrate, "postgresql://me:secret@127.0.0.1:1/qawl")
    assert "127.0.0.1:1/qawl" in str(refusal.value)
    assert "secret" not in str(refusal.value)
    with pytest.raises(Unavailable):
        await open_pool(f"postgresql://postgres@/qawl?host={tmp_path}", size=2)


async def test_the_reading_pool_speaks_utc_and_hands_json_on_as_text(database_url: str) -> None:
    pool = await open_pool(database_url, size=2)
    assert await pool.fetchval("SHOW timezone") == "UTC"
    assert await pool.fetchval("""SELECT '{"قول": 1}'::jsonb""") == '{"قول": 1}'
    await pool.close()
