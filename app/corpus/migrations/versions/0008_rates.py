"""What callers have spent of their allowance, for all processes of the API together."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table without a log: counted anew after a crash."""
    op.create_table(
        "rate",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("caller", name="pk_rate"),
        prefixes=["UNLOGGED"],
    )


def downgrade() -> None:
    """As before."""
    op.drop_table("rate")
