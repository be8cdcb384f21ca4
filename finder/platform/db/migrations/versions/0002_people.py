"""Accounts, reviews, and mail on its way.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from finder.platform.db.enum_columns import named_words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FACT = (
    "introductions sing craft name_sticker pointed_out rota bring_food chat_group sit_and_watch "
    "arrive_late leave_early form_to_fill ask_beforehand welcomed host included know_each_other "
    "advice photos religious weigh_in birth_stories dads mixed_ages under_25s grandparents "
    "partner send other_languages hot_drinks quiet_space feeding_welcome changing_table "
    "pram_space step_free parking snack children_roam leader_steps_in toys_cleaned"
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_accounts_email_is_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_due", ["sent_at", "not_before_at"], unique=False)
        batch_op.create_index("ix_outbox_recipient", ["recipient", "created_at"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("pending_email", sa.String(length=254), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("manage_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "state",
            named_words("reviewstate", "unconfirmed held published withdrawn hidden"),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("visit_year", sa.Integer(), nullable=False),
        sa.Column("visit_month", sa.Integer(), nullable=False),
        sa.Column("came_alone", sa.Boolean(), nullable=True),
        sa.Column(
            "baby_age",
            named_words("babyage", "bump under_6_months under_1 under_2 under_5"),
            nullable=True,
        ),
        sa.Column("was_first_time", sa.Boolean(), nullable=True),
        sa.Column("would_go_again", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("advice", sa.String(length=300), nullable=False),
        sa.Column("print_words", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'unconfirmed') = (account_id IS NULL)",
            name=op.f("ck_reviews_account_once_confirmed"),
        ),
        sa.CheckConstraint(
            "(state = 'unconfirmed') = (pending_email IS NOT NULL)",
            name=op.f("ck_reviews_email_until_confirmed"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_reviews_level")),
        sa.CheckConstraint("visit_month BETWEEN 1 AND 12", name=op.f("ck_reviews_visit_month")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_reviews_account_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reviews_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("account_id", "group_id", name=op.f("uq_reviews_account_id_group_id")),
        sa.UniqueConstraint("form_key", name=op.f("uq_reviews_form_key")),
        sa.UniqueConstraint("manage_hash", name=op.f("uq_reviews_manage_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reviews_token_hash")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reviews_group", ["group_id", "state", "visit_year", "visit_month"], unique=False
        )
        batch_op.create_index("ix_reviews_waiting", ["state", "created_at"], unique=False)

    op.create_table(
        "review_facts",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("fact", named_words("fact", FACT), nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_facts_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "fact", name=op.f("pk_review_facts")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("review_facts")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index("ix_reviews_waiting")
        batch_op.drop_index("ix_reviews_group")

    op.drop_table("reviews")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_recipient")
        batch_op.drop_index("ix_outbox_due")

    op.drop_table("outbox")
    op.drop_table("accounts")
