"""Keys to closed doors: made, listed, revoked, verified. The key itself is never stored."""

from datetime import datetime
from typing import Literal

import asyncpg
import msgspec

Scope = Literal["read_text", "write", "admin"]


class Key(msgspec.Struct, frozen=True):
    """What is known of a key; times are UTC."""

    id: str
    label: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


async def verify_key(connection: asyncpg.Connection, presented: str) -> Key | None:
    """The key that was presented, or None when it is unknown, revoked or expired."""
    raise NotImplementedError
