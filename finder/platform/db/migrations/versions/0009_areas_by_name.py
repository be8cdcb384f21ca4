"""Areas by name.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

from finder.listings.venue_areas import renew_keys

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nullable: machines of the release before go on writing venues meanwhile.
    op.add_column("venues", sa.Column("locality_key", sa.String(length=120), nullable=True))
    # By the rule of the release that upgrades, since that is what its searches compare with.
    renew_keys(op.get_bind())
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venues_locality"))
        batch_op.create_index("ix_venues_locality_key", ["locality_key", "locality"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.drop_index("ix_venues_locality_key")
        batch_op.create_index(batch_op.f("ix_venues_locality"), ["locality"], unique=False)

    op.drop_column("venues", "locality_key")
