"""What the talking model learned.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tables", sa.Text(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_learned_tables_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_tables")),
    )


def downgrade() -> None:
    op.drop_table("learned_tables")
