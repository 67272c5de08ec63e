"""Imports as jobs: what was sent is kept until it is read, in a queue that Procrastinate keeps in Postgres."""

from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The queue's own steps up to this one. Later ones of a newer Procrastinate get a migration here.
LAST_STEP = "03.04.00_50"
STEPS = resources.files("procrastinate.sql") / "migrations"


def upgrade() -> None:
    """Make the queue, in a schema of its own, and the columns that a queued import needs."""
    path = op.get_bind().scalar(sa.text("SHOW search_path"))
    op.execute("CREATE SCHEMA queue")
    op.execute("SET LOCAL search_path = queue")
    for step in sorted(STEPS.iterdir(), key=lambda step: step.name):
        if step.name.endswith(".sql") and step.name[: len(LAST_STEP)] <= LAST_STEP:
            _execute(step.read_text(encoding="utf-8"))
    op.execute(f"SET LOCAL search_path = {path}")
    text = sa.Text()
    for column in ("source", "media_type", "key_id", "idempotency_key", "sent_hash", "problem"):
        op.add_column("import", sa.Column(column, text, nullable=True))
    op.add_column(
        "import", sa.Column("fields", postgresql.JSONB(astext_type=text), server_default="{}", nullable=False)
    )
    op.add_column("import", sa.Column("bytes", sa.BigInteger(), nullable=True))
    op.add_column("import", sa.Column("queued", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("import", sa.Column("cancel_requested_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "uq_import_idempotency_key",
        "import",
        [sa.text("coalesce(key_id, '')"), "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_index("ix_import_newest", "import", [sa.text("started_at DESC"), sa.text("id DESC")])
    op.create_table(
        "import_piece",
        sa.Column("import_id", text, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f("fk_import_piece_import_id_import"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "ordinal", name=op.f("pk_import_piece")),
    )


def downgrade() -> None:
    """Forget what is queued."""
    op.drop_table("import_piece")
    op.drop_index("ix_import_newest", table_name="import")
    op.drop_index("uq_import_idempotency_key", table_name="import")
    for column in ("source", "media_type", "key_id", "idempotency_key", "sent_hash", "problem"):
        op.drop_column("import", column)
    for column in ("fields", "bytes", "queued", "cancel_requested_at"):
        op.drop_column("import", column)
    op.execute("DROP SCHEMA queue CASCADE")


def _execute(script: str) -> None:
    """Run several commands in one go, which only the driver itself does."""
    connection: Any = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))
