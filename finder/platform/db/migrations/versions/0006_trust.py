"""Reports, moderators' decisions, and what holds a review.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from finder.platform.db.enum_columns import named_words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ACTION = "publish hide ask merge apart move accept refuse keep note suspend undo"
REASON = (
    "fine names contact unkind not_a_visit advert untrue many wrong_place details closed unsafe "
    "same own not_own mistake other"
)
REPORTKIND = "wrong_details closed unsafe unkind personal other appeal complaint"
RULE = "first names strong copied burst suspended far disposable changed"

ORPHANS = "(SELECT id FROM reviews WHERE state <> 'unconfirmed' AND account_id IS NULL)"
NEVER = "the moderation log is never changed"
GUARDS = {
    # INSERT OR REPLACE removes a line without a word to the trigger on DELETE: hence the third.
    "sqlite": (
        f"CREATE TRIGGER moderation_log_kept BEFORE UPDATE ON moderation_log BEGIN SELECT RAISE(ABORT, '{NEVER}'); END",
        f"CREATE TRIGGER moderation_log_stays BEFORE DELETE ON moderation_log BEGIN SELECT RAISE(ABORT, '{NEVER}'); END",
        "CREATE TRIGGER moderation_log_once BEFORE INSERT ON moderation_log"
        " WHEN EXISTS (SELECT 1 FROM moderation_log WHERE id = NEW.id OR undoes = NEW.undoes)"
        f" BEGIN SELECT RAISE(ABORT, '{NEVER}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION moderation_log_kept() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$",
        "CREATE TRIGGER moderation_log_kept BEFORE UPDATE OR DELETE ON moderation_log"
        " FOR EACH ROW EXECUTE FUNCTION moderation_log_kept()",
        "CREATE TRIGGER moderation_log_stays BEFORE TRUNCATE ON moderation_log"
        " FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_kept()",
    ),
}
UNGUARDED = {
    "sqlite": (
        "DROP TRIGGER moderation_log_kept",
        "DROP TRIGGER moderation_log_stays",
        "DROP TRIGGER moderation_log_once",
    ),
    "postgresql": (
        "DROP TRIGGER moderation_log_kept ON moderation_log",
        "DROP TRIGGER moderation_log_stays ON moderation_log",
        "DROP FUNCTION moderation_log_kept()",
    ),
}
CHECK = "ck_reviews_account_once_confirmed"


def _replace_check(condition: str) -> None:
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), sa.text(condition))


def upgrade() -> None:
    op.create_table(
        "appeal_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_appeal_links_email_is_lower")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_appeal_links")),
    )
    with op.batch_alter_table("appeal_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal_links_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "moderation_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moderator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item_kind",
            named_words("itemkind", "review report claim listing duplicate"),
            nullable=False,
        ),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("action", named_words("action", ACTION), nullable=False),
        sa.Column("reason", named_words("reason", REASON), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_log")),
        sa.UniqueConstraint("undoes", name=op.f("uq_moderation_log_undoes")),
    )
    with op.batch_alter_table("moderation_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_log_at"), ["at"], unique=False)
        batch_op.create_index(
            "ix_moderation_log_item", ["item_kind", "item_id", "at"], unique=False
        )

    op.create_table(
        "suspensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("email_mark", sa.String(length=64), nullable=False),
        sa.Column("network_mark", sa.String(length=5), nullable=True),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_suspensions_account_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspensions_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suspensions_email_mark"), ["email_mark"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_suspensions_network_mark"), ["network_mark"], unique=False
        )

    op.create_table(
        "duplicates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("state", named_words("duplicatestate", "waiting merged apart"), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("group_id < other_id", name=op.f("ck_duplicates_in_order")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_duplicates_group_id")),
        sa.ForeignKeyConstraint(["other_id"], ["groups.id"], name=op.f("fk_duplicates_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicates")),
        sa.UniqueConstraint("group_id", "other_id", name=op.f("uq_duplicates_group_id_other_id")),
    )
    with op.batch_alter_table("duplicates", schema=None) as batch_op:
        batch_op.create_index("ix_duplicates_waiting", ["state", "found_at"], unique=False)

    op.create_table(
        "merged_groups",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_merged_groups_group_id")
        ),
        sa.ForeignKeyConstraint(["into_id"], ["groups.id"], name=op.f("fk_merged_groups_into_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_merged_groups")),
    )
    with op.batch_alter_table("merged_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_groups_into_id"), ["into_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("kind", named_words("reportkind", REPORTKIND), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("sender_mark", sa.String(length=5), nullable=True),
        sa.Column("state", named_words("reportstate", "waiting answered"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (answered_at IS NULL)", name=op.f("ck_reports_answered")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_reports_email_is_lower")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reports_group_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_reports_review_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("number", name=op.f("uq_reports_number")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_group_id"), ["group_id"], unique=False)
        batch_op.create_index("ix_reports_waiting", ["state", "created_at"], unique=False)

    op.create_table(
        "review_holds",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("rule", named_words("rule", RULE), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_holds_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "rule", name=op.f("pk_review_holds")),
        sqlite_with_rowid=False,
    )
    op.add_column("groups", sa.Column("maybe_closed_on", sa.Date(), nullable=True))
    op.add_column("reviews", sa.Column("network_mark", sa.String(length=5), nullable=True))
    # A review may stand without its author from now on.
    _replace_check("state <> 'unconfirmed' OR account_id IS NULL")
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in UNGUARDED[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute("DELETE FROM review_holds WHERE review_id IN " + ORPHANS)
    op.execute("DELETE FROM review_facts WHERE review_id IN " + ORPHANS)
    op.execute("UPDATE reports SET review_id = NULL WHERE review_id IN " + ORPHANS)
    op.execute("DELETE FROM reviews WHERE id IN " + ORPHANS)
    _replace_check("(state = 'unconfirmed') = (account_id IS NULL)")
    op.drop_column("reviews", "network_mark")
    op.drop_column("groups", "maybe_closed_on")
    op.drop_table("review_holds")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index("ix_reports_waiting")
        batch_op.drop_index(batch_op.f("ix_reports_group_id"))

    op.drop_table("reports")
    with op.batch_alter_table("merged_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merged_groups_into_id"))

    op.drop_table("merged_groups")
    with op.batch_alter_table("duplicates", schema=None) as batch_op:
        batch_op.drop_index("ix_duplicates_waiting")

    op.drop_table("duplicates")
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspensions_network_mark"))
        batch_op.drop_index(batch_op.f("ix_suspensions_email_mark"))
        batch_op.drop_index(batch_op.f("ix_suspensions_account_id"))

    op.drop_table("suspensions")
    with op.batch_alter_table("moderation_log", schema=None) as batch_op:
        batch_op.drop_index("ix_moderation_log_item")
        batch_op.drop_index(batch_op.f("ix_moderation_log_at"))

    op.drop_table("moderation_log")
    with op.batch_alter_table("appeal_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_links_created_at"))

    op.drop_table("appeal_links")
