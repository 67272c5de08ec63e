"""The day on which something was said, where the article says of which day it speaks."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Unknown for what was read before; reading again fills it."""
    op.add_column("statement", sa.Column("said_on_date", sa.Date(), nullable=True))


def downgrade() -> None:
    """As printed only."""
    op.drop_column("statement", "said_on_date")
