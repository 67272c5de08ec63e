"""Keys to closed doors: made, listed, revoked, verified. The key itself is shown once and never stored."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, get_args

import msgspec

from app.corpus.questions import Connection
from app.errors import InvalidValue, NotFound

Scope = Literal["read_text", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

# A prefix that secret scanners can know, a public part that names the key, 256 random bits.
_FORM = re.compile(r"qawl_([0-9a-f]{12})_[0-9a-f]{64}")
_NO_HASH = hashlib.sha256(b"").hexdigest()
_COLUMNS = "id, label, scopes, created_at, expires_at, last_used_at, revoked_at"


class Key(msgspec.Struct, frozen=True):
    """What is known of a key; times are UTC."""

    id: str
    label: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


async def create_key(
    connection: Connection, *, label: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[Key, str]:
    """Make a key. Returns what is stored of it, and the key itself: this is the only time it is seen.

    Raises InvalidValue for a scope that does not exist.
    """
    if unknown := set(scopes) - set(SCOPES):
        raise InvalidValue(f"there is no scope {sorted(unknown)[0]!r}; the scopes are {', '.join(SCOPES)}")
    id = secrets.token_hex(6)
    key = f"qawl_{id}_{secrets.token_hex(32)}"
    row = await connection.fetchrow(
        f"INSERT INTO api_key (id, hash, scopes, label, expires_at) VALUES ($1, $2, $3, $4, $5) RETURNING {_COLUMNS}",
        id,
        _hashed(key),
        sorted(set(scopes)),
        label,
        expires_at,
    )
    assert row is not None
    return Key(**row), key


async def list_keys(connection: Connection) -> list[Key]:
    """All keys ever made, the newest first."""
    rows = await connection.fetch(f"SELECT {_COLUMNS} FROM api_key ORDER BY created_at DESC, id")
    return [Key(**row) for row in rows]


async def revoke_key(connection: Connection, id: str) -> None:
    """Close a key for good, from this moment. Raises NotFound when there is none of this id."""
    revoked = await connection.fetchval(
        "UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING id", id
    )
    if revoked is None:
        raise NotFound(f"there is no key {id!r}")


async def verify_key(connection: Connection, presented: str) -> Key | None:
    """The key that was presented, or None when it is unknown, revoked or expired."""
    form = _FORM.fullmatch(presented)
    row = form and await connection.fetchrow(
        f"SELECT hash, {_COLUMNS}, revoked_at IS NULL AND coalesce(expires_at > now(), true) AS open, "
        "coalesce(last_used_at < now() - interval '1 minute', true) AS use_is_news FROM api_key WHERE id = $1",
        form[1],
    )
    # Compared in any case, and in constant time: how long a refusal takes says nothing about the reason.
    matches = hmac.compare_digest(_hashed(presented), row["hash"] if row else _NO_HASH)
    if not row or not matches or not row["open"]:
        return None
    if row["use_is_news"]:
        await connection.execute("UPDATE api_key SET last_used_at = now() WHERE id = $1", row["id"])
    return Key(**{name: row[name] for name in Key.__struct_fields__})


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
