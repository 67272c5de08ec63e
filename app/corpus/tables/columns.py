"""What the tables have in common: how constraints are named, and columns that come again and again."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)


def time(*, nullable: bool = False, default_now: bool = False) -> Any:
    """A `timestamptz` column; `default_now`: the server's clock where the row does not say."""
    return Column(DateTime(timezone=True), nullable=nullable, server_default=text("now()") if default_now else None)


def preset(value: str) -> Any:
    """What the server writes into a column that a row does not name."""
    return {"server_default": value}


# Letters in the order of their numbers, whatever the database's order is: one index finds wholes and beginnings.
LETTER_BY_LETTER = String(collation="C")


def objects() -> Any:
    """A list of JSON objects."""
    return Column(JSONB, nullable=False, server_default="[]")


def texts() -> Any:
    """A list of texts."""
    return Column(ARRAY(Text), nullable=False, server_default="{}")


def reference(
    to: str, *, nullable: bool = False, on_delete: str | None = None, index: bool = True, late: bool = False
) -> Any:
    """A reference to another row; `late`: checked at the end of the transaction, for rows that come in any order."""
    when: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if late else {}
    return Column(Text, ForeignKey(to, ondelete=on_delete, **when), nullable=nullable, index=index)


def where_given(table: str, *columns: str) -> tuple[Index, ...]:
    """Indexes of references that few rows have: of the others nobody asks which they are."""
    return tuple(
        Index(f"ix_{table}_{column}", column, postgresql_where=text(f"{column} IS NOT NULL")) for column in columns
    )
