"""A mark that changes with each take-down, by which a replica is seen to have it.

Revision 0018, after 0011. Triggers set it, so that no writer can forget to, nor can somebody at
psql. They run at the end of the transaction: the row is locked for a moment only, and always as the
last one, so that two writers can't wait for each other over it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> OLD.state OR {change}) THEN
        INSERT INTO take_downs (id, mark)
        VALUES (1, CAST(CAST(pg_current_xact_id() AS text) AS bigint))
        ON CONFLICT (id) DO UPDATE SET mark = excluded.mark WHERE take_downs.mark <> excluded.mark;
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}()
"""
# The conditions stand in functions: one at a trigger would keep its columns from being altered.
TABLES = {
    "reviews": (
        "take_down_of_review",
        "NEW.group_id <> OLD.group_id OR NEW.words <> OLD.words OR NEW.advice <> OLD.advice",
    ),
    "groups": ("take_down_of_listing", "NEW.note IS DISTINCT FROM OLD.note"),
}


def upgrade() -> None:
    op.create_table(
        "take_downs",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_take_downs"),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, (name, change) in TABLES.items():
        op.execute(FUNCTION.format(name=name, change=change))
        op.execute(TRIGGER.format(name=name, table=table))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, (name, _) in TABLES.items():
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("take_downs")
