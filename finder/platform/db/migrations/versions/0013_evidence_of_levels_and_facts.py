"""The evidence of a level is counted, and each fact has its date.

Revision 0013. Fills what the release before kept already: who came for the first time, when
parents last answered a fact, and the sentences. Without a parent's report no level is sure.
"""

import sqlalchemy as sa
from alembic import op

from finder.listings.card_columns import fill_card_columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LEVELS = (1, 2, 3, 4, 5)
DATES = (("group_facts", "said_on"), ("group_facts", "parents_on"), ("venue_facts", "said_on"))
MASKS = ("glance_yes", "glance_no")
NEVER = 6
FACTS = [
    "introductions",
    "sing",
    "craft",
    "name_sticker",
    "pointed_out",
    "rota",
    "bring_food",
    "chat_group",
    "sit_and_watch",
    "arrive_late",
    "leave_early",
    "form_to_fill",
    "ask_beforehand",
    "welcomed",
    "host",
    "included",
    "know_each_other",
    "advice",
    "photos",
    "religious",
    "weigh_in",
    "birth_stories",
    "dads",
    "mixed_ages",
    "under_25s",
    "grandparents",
    "partner",
    "send",
    "other_languages",
    "hot_drinks",
    "quiet_space",
    "feeding_welcome",
    "changing_table",
    "pram_space",
    "step_free",
    "parking",
    "snack",
    "children_roam",
    "leader_steps_in",
    "toys_cleaned",
]
"""In the order of their bits."""
PARENTS = "reports_1 + reports_2 + reports_3 + reports_4 + reports_5"


def upgrade() -> None:
    # With defaults: machines of the release before go on writing groups meanwhile.
    for level in LEVELS:
        name = f"first_timers_{level}"
        op.add_column("groups", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "groups", sa.Column("usual_level", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("groups", sa.Column("weighed_most", sa.Text(), nullable=False, server_default=""))
    for name in MASKS:
        column: sa.Column[int] = sa.Column(
            name, sa.BigInteger(), nullable=False, server_default="0"
        )
        op.add_column("groups", column)
    for table, name in DATES:
        op.add_column(table, sa.Column(name, sa.Date(), nullable=True))
    _fill_first_timers()
    _fill_dates()
    _fill_masks()
    op.execute(
        f"UPDATE groups SET talking_sure_level = {NEVER}"
        f" WHERE {PARENTS} = 0 OR (talking_sure_level = 5 AND talking_5 < 0.75)"
    )
    fill_card_columns(op.get_bind())


def downgrade() -> None:
    sums = [" + ".join(f"talking_{level}" for level in LEVELS[:end]) for end in LEVELS[:-1]]
    cases = " ".join(f"WHEN {chance} >= 0.75 THEN {end}" for end, chance in enumerate(sums, 1))
    op.execute(f"UPDATE groups SET talking_sure_level = CASE {cases} ELSE 5 END")
    for table, name in reversed(DATES):
        op.drop_column(table, name)
    for name in (
        *MASKS,
        "weighed_most",
        "usual_level",
        *(f"first_timers_{n}" for n in reversed(LEVELS)),
    ):
        op.drop_column("groups", name)


def _fill_first_timers() -> None:
    for level in LEVELS:
        op.execute(
            f"UPDATE groups SET first_timers_{level} = (SELECT count(*) FROM reviews"
            " WHERE reviews.group_id = groups.id AND reviews.state = 'published'"
            f" AND reviews.was_first_time AND reviews.level = {level})"
            " WHERE reported_on IS NOT NULL"
        )


def _fill_dates() -> None:
    """When the organiser said a fact was not kept: the day of the first listing is the surest."""
    words = _WORDS[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE group_facts SET said_on = (SELECT {words['listed']} FROM groups"
        " WHERE groups.id = group_facts.group_id) WHERE is_yes IS NOT NULL"
    )
    op.execute(
        f"UPDATE venue_facts SET said_on = (SELECT min({words['listed']}) FROM groups"
        " WHERE groups.venue_id = venue_facts.venue_id)"
    )
    # The middle of the month of the newest visit, as a review's age is counted.
    op.execute(
        f"UPDATE group_facts SET parents_on = (SELECT max({words['visited']}) FROM reviews"
        " JOIN review_facts ON review_facts.review_id = reviews.id"
        " WHERE reviews.group_id = group_facts.group_id AND reviews.state = 'published'"
        " AND review_facts.fact = group_facts.fact) WHERE parents_yes + parents_no > 0"
    )


def _fill_masks() -> None:
    """What a card may tell: the known facts but those that only one or two parents said."""
    bits = " ".join(f"WHEN '{fact}' THEN {1 << place}" for place, fact in enumerate(FACTS))
    few = (
        f"SELECT coalesce(sum(CASE fact {bits} END), 0) FROM group_facts"
        " WHERE group_facts.group_id = groups.id AND is_yes IS NULL"
        " AND parents_yes + parents_no < 3 AND NOT EXISTS (SELECT 1 FROM venue_facts"
        " WHERE venue_facts.venue_id = groups.venue_id AND venue_facts.fact = group_facts.fact)"
    )
    op.execute(f"UPDATE groups SET glance_yes = CAST(({few}) AS BIGINT)")
    op.execute("UPDATE groups SET glance_no = facts_no & ~glance_yes")
    op.execute("UPDATE groups SET glance_yes = facts_yes & ~glance_yes")


_WORDS = {
    "sqlite": {
        "listed": "date(created_at)",
        "visited": "printf('%04d-%02d-15', visit_year, visit_month)",
    },
    "postgresql": {
        "listed": "(created_at AT TIME ZONE 'UTC')::date",
        "visited": "make_date(visit_year, visit_month, 15)",
    },
}
