"""The history of a listing says whether an editor, a moderator, a file or the site changed it.

Revision 0015, after 0014. Of versions before, only those with an account say who it was: that was
always an editor.
"""

import sqlalchemy as sa
from alembic import op

from finder.platform.db.enum_columns import named_words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

HOW = "editor moderator file site"


def upgrade() -> None:
    with op.batch_alter_table("listing_history", schema=None) as batch_op:
        how: sa.Column[str] = sa.Column("changed_by", named_words("changedby", HOW), nullable=True)
        batch_op.add_column(how)
    op.execute("UPDATE listing_history SET changed_by = 'editor' WHERE account_id IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("listing_history", schema=None) as batch_op:
        batch_op.drop_constraint("changedby", type_="check")
        batch_op.drop_column("changed_by")
