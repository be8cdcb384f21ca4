"""A review says itself whether a moderator has decided on it.

Revision 0011, after 0010. Before, that was read from the log of decisions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column: sa.Column[bool] = sa.Column(
        "is_looked_at", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("reviews", column)
    op.execute(
        "UPDATE reviews SET is_looked_at = true WHERE id IN"
        " (SELECT item_id FROM moderation_log WHERE item_kind = 'review')"
    )


def downgrade() -> None:
    op.drop_column("reviews", "is_looked_at")
