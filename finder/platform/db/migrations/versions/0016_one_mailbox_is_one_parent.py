"""One mailbox is one parent, one network one answer; limits of letters by purpose and asker.

Revision 0016, after 0011. The rule of mailboxes stands here as it was then: plus-tags are cut, and gmail's dots.
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OUTDONE = """
    SELECT count(*) - count(DISTINCT CAST(reviews.group_id AS text) || accounts.mailbox)
    FROM reviews JOIN accounts ON accounts.id = reviews.account_id
    WHERE reviews.state = 'published'
"""
GMAIL = ("gmail.com", "googlemail.com")


def upgrade() -> None:
    # Without a NOT NULL: machines of the release before go on making accounts meanwhile.
    op.add_column("accounts", sa.Column("mailbox", sa.String(254), nullable=True))
    accounts = sa.table("accounts", sa.column("email"), sa.column("mailbox"))
    update = (
        sa.update(accounts)
        .where(accounts.c.email == sa.bindparam("address"))
        .values(mailbox=sa.bindparam("box"))
    )
    bind = op.get_bind()
    addresses = bind.scalars(sa.select(accounts.c.email)).all()
    if addresses:
        bind.execute(update, [{"address": one, "box": mailbox(one)} for one in addresses])
    op.create_index(op.f("ix_accounts_mailbox"), "accounts", ["mailbox"])
    if count := bind.scalar(sa.text(OUTDONE)):
        context.config.attributes.setdefault("said", []).append(
            f"{count:,} reviews count no more: the same mailbox has told of the group by another"
            " address."
        )
    _add_marks_of_askers()


def _add_marks_of_askers() -> None:
    op.add_column("sign_in_links", sa.Column("network_mark", sa.String(5), nullable=True))
    # Letters are kept for a week. Those queued before count for no limit.
    op.add_column("outbox", sa.Column("mailbox", sa.String(254), nullable=True))
    op.create_index("ix_outbox_mailbox", "outbox", ["mailbox", "not_before_at"])
    op.create_table(
        "no_invitations",
        sa.Column("email_mark", sa.String(64), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_mark", name=op.f("pk_no_invitations")),
    )
    op.create_table(
        "was_it_on_networks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("network_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_was_it_on_networks_group_id")
        ),
        sa.PrimaryKeyConstraint(
            "day", "group_id", "on", "network_hash", name=op.f("pk_was_it_on_networks")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("was_it_on_networks")
    op.drop_table("no_invitations")
    op.drop_index("ix_outbox_mailbox", "outbox")
    op.drop_column("outbox", "mailbox")
    op.drop_column("sign_in_links", "network_mark")
    op.drop_index(op.f("ix_accounts_mailbox"), "accounts")
    op.drop_column("accounts", "mailbox")


def mailbox(email: str) -> str:
    local, _, host = email.rpartition("@")
    box = local.partition("+")[0] or local
    if host in GMAIL:
        box, host = box.replace(".", "") or box, GMAIL[0]
    return f"{box}@{host}"
