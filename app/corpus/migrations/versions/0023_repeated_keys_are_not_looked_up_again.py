"""What repeats a key that was looked up a moment before is not looked up again.

Of 43 look-ups that foreign keys made for each article, twenty asked for the speaker of each beginning of a name, who is
written in the same step and never removed, and for the outlet that a statement has from its article.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The article's outlet is looked up as before; `qawl check` finds names without a speaker."""
    op.drop_constraint("fk_speaker_name_speaker_id_speaker", "speaker_name", type_="foreignkey")
    op.drop_constraint("fk_statement_source_id_source", "statement", type_="foreignkey")


def downgrade() -> None:
    """As before."""
    op.create_foreign_key("fk_statement_source_id_source", "statement", "source", ["source_id"], ["id"])
    op.create_foreign_key(
        "fk_speaker_name_speaker_id_speaker", "speaker_name", "speaker", ["speaker_id"], ["id"], ondelete="CASCADE"
    )
