"""Jobs that bring pages in with the verdict of every page; keys, and what their callers have spent."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Identity, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.corpus.tables.columns import now, preset, reference, texts, time


class Import(SQLModel, table=True):
    """One job of bringing pages in; its items hold the one counted verdict of every page."""

    __table_args__ = (
        Index(
            "uq_import_idempotency_key",
            text("coalesce(key_id, '')"),
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("ix_import_newest", text("started_at DESC"), text("id DESC")),
    )

    id: str = Field(primary_key=True)
    label: str
    state: str = Field(description="queued, running, succeeded, failed, cancelled")
    started_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    finished_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    queued: bool = Field(default=False, sa_column_kwargs=preset("false"), description="sent over HTTP, run by a worker")
    source: str | None = Field(default=None, sa_type=Text, description="the outlet, where the sender names it")
    media_type: str | None = Field(default=None, sa_type=Text, description="of what was sent")
    fields: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))
    bytes: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    key_id: str | None = Field(default=None, sa_type=Text, description="the API key that sent it")
    idempotency_key: str | None = Field(default=None, sa_type=Text)
    sent_hash: str | None = Field(default=None, sa_type=Text, description="SHA-256 of what was sent and how")
    problem: str | None = Field(default=None, sa_type=Text, description="why it failed")
    cancel_requested_at: datetime | None = Field(default=None, sa_column=time(nullable=True))


class ImportPiece(SQLModel, table=True):
    """A part of what was sent for a queued import; gone when the import has ended."""

    __tablename__ = "import_piece"

    import_id: str = Field(primary_key=True, foreign_key="import.id", ondelete="CASCADE", sa_type=Text)
    ordinal: int = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ImportItem(SQLModel, table=True):
    """One page of an import and its verdict: created, updated, unchanged, duplicate, near_duplicate, rejected."""

    __tablename__ = "import_item"
    __table_args__ = (
        UniqueConstraint("import_id", "ordinal"),
        # The other addresses of an article.
        Index("ix_import_item_duplicate", "article_id", postgresql_where=text("verdict = 'duplicate'")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    import_id: str = Field(sa_column=reference("import.id", on_delete="CASCADE", index=False))
    ordinal: int
    name: str = Field(description="the file's path, or the page's place in one")
    url: str | None = None
    verdict: str
    reason: str | None = None
    detail: str | None = None
    article_id: str | None = Field(default=None, sa_column=reference("article.id", nullable=True, index=False))
    capture_id: str | None = Field(default=None, sa_column=reference("capture.id", nullable=True))
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))


class Rate(SQLModel, table=True):
    """What a caller has spent of an allowance. Not kept through a crash: it is worth a minute."""

    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    caller: str = Field(primary_key=True, sa_type=Text, description="a key's id or an address")
    since: int = Field(sa_column=Column(BigInteger, nullable=False), description="second of the epoch")
    spent: int = Field(sa_column=Column(BigInteger, nullable=False))


class ApiKey(SQLModel, table=True):
    """A key to closed doors. The key itself is never stored."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True, description="the key's public first part")
    hash: str = Field(description="SHA-256 of the whole key, hexadecimal: keys are long and random")
    scopes: list[str] = Field(default_factory=list, sa_column=texts())
    label: str
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    expires_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    last_used_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    revoked_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
