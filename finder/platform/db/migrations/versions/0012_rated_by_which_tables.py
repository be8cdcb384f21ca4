"""A group says by which tables of the talking model it was rated.

Revision 0012, after 0011. Groups rated by a release before have an empty version: `finder db
upgrade` rates them anew after the tables are changed, some hundreds at a time, so that machines
of the release before go on writing meanwhile.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "groups", sa.Column("talking_version", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("groups", "talking_version")
