"""A key opens until it is revoked or expires, and cannot be read out of the database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from app.corpus.database import connect
from app.corpus.keys import create_key, list_keys, revoke_key, verify_key
from app.errors import InvalidValue, NotFound


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection: asyncpg.Connection = await connect(database_url)
    yield connection
    await connection.close()


async def test_a_key_opens_with_its_scopes_and_its_use_is_noted(connection: asyncpg.Connection) -> None:
    made, key = await create_key(connection, label="أرشيف", scopes=["write", "read_text"])
    found = await verify_key(connection, key)
    assert found is not None
    assert (found.id, found.label, found.scopes) == (made.id, "أرشيف", ["read_text", "write"])
    assert next(one for one in await list_keys(connection) if one.id == made.id).last_used_at is not None


async def test_what_is_stored_does_not_hold_the_key(connection: asyncpg.Connection) -> None:
    _, key = await create_key(connection, label="x", scopes=["admin"])
    rows = await connection.fetch("SELECT api_key::text AS row FROM api_key")
    assert rows
    assert all(key.rsplit("_", 1)[1] not in row["row"] for row in rows)


async def test_unknown_changed_revoked_and_expired_keys_are_refused(connection: asyncpg.Connection) -> None:
    made, key = await create_key(connection, label="x", scopes=["write"])
    changed = key[:-1] + ("0" if key[-1] != "0" else "1")
    for presented in ("", "qawl", changed, key.upper(), f"{key} ", key.replace(made.id, "0" * 12)):
        assert await verify_key(connection, presented) is None
    await revoke_key(connection, made.id)
    assert await verify_key(connection, key) is None
    past = datetime.now(UTC) - timedelta(seconds=1)
    _, expired = await create_key(connection, label="x", scopes=["write"], expires_at=past)
    assert await verify_key(connection, expired) is None


async def test_a_scope_or_key_that_does_not_exist_is_named(connection: asyncpg.Connection) -> None:
    with pytest.raises(InvalidValue, match="'all'"):
        await create_key(connection, label="x", scopes=["all"])
    with pytest.raises(NotFound, match="'nobody'"):
        await revoke_key(connection, "nobody")
