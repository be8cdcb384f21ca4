"""Editors of one listing, and claims that ask for one listing or for all of an organiser.

Revision 0014, after 0011. Editors of organisers keep what they have.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_editors",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_group_editors_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_editors_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "account_id", name=op.f("pk_group_editors")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_group_editors_account", "group_editors", ["account_id"])
    of_organiser: sa.Column[bool] = sa.Column(
        "of_organiser", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("claims", of_organiser)


def downgrade() -> None:
    op.drop_column("claims", "of_organiser")
    op.drop_index("ix_group_editors_account", table_name="group_editors")
    op.drop_table("group_editors")
