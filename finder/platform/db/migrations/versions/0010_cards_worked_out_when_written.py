"""Cards are worked out when they are written.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from finder.listings.card_columns import fill_card_columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = ("talking_sentence", "cost_label", "schedule", "point")


def upgrade() -> None:
    # With a default: machines of the release before go on writing groups meanwhile, of which
    # `finder rebuild` works out the rest.
    for name in COLUMNS:
        op.add_column("groups", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    # By the rule of the release that upgrades, since that is what its searches show.
    fill_card_columns(op.get_bind())


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("groups", name)
