"""Was it on?

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "was_it_on",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("was_on", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_was_it_on_times")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_was_it_on_group_id")),
        sa.PrimaryKeyConstraint("group_id", "on", "was_on", name=op.f("pk_was_it_on")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("was_it_on", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_was_it_on_on"), ["on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("was_it_on", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_was_it_on_on"))

    op.drop_table("was_it_on")
