"""Listings from feeds.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("next_page", sa.Integer(), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("next_page >= 1", name=op.f("ck_feeds_next_page")),
        sa.CheckConstraint("run >= 1", name=op.f("ck_feeds_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("address", name=op.f("uq_feeds_address")),
    )
    op.create_table(
        "feed_venues",
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.String(length=250), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_feed_venues_feed_id")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_feed_venues_venue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_feed_venues")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("feed_venues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_venues_feed_id"), ["feed_id"], unique=False)

    op.create_table(
        "feed_listings",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.String(length=250), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("taken_version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen_run", sa.Integer(), nullable=False),
        sa.Column("is_ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_feed_listings_feed_id")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_feed_listings_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "source_id", name=op.f("pk_feed_listings")),
        sa.UniqueConstraint("group_id", name=op.f("uq_feed_listings_group_id")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("feed_listings")
    with op.batch_alter_table("feed_venues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_venues_feed_id"))

    op.drop_table("feed_venues")
    op.drop_table("feeds")
