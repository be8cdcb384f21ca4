"""The first tables.

Revision 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

from finder.platform.db.enum_columns import named_words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VENUEKIND = (
    "library church_hall council community_centre leisure_centre soft_play school_or_nursery "
    "cafe cinema museum outdoors private_studio other"
)
FORMAT = (
    "singing messy_play swimming stay_and_play story_time sensory music_and_dance "
    "massage_or_yoga craft soft_play coffee_and_chat buggy_walk baby_cinema animals "
    "signing_or_language weigh_in antenatal_or_postnatal feeding_support playgroup other"
)
FACT = (
    "introductions sing craft name_sticker pointed_out rota bring_food chat_group sit_and_watch "
    "arrive_late leave_early form_to_fill ask_beforehand welcomed host included know_each_other "
    "advice photos religious weigh_in birth_stories dads mixed_ages under_25s grandparents "
    "partner send other_languages hot_drinks quiet_space feeding_welcome changing_table "
    "pram_space step_free parking snack children_roam leader_steps_in toys_cleaned"
)


def upgrade() -> None:
    op.create_table(
        "organisers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisers")),
        sa.UniqueConstraint("name", name=op.f("uq_organisers_name")),
    )
    op.create_table(
        "venues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", named_words("venuekind", VENUEKIND), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("locality", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column(
            "nation",
            named_words("nation", "england scotland wales northern_ireland"),
            nullable=False,
        ),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.CheckConstraint("latitude BETWEEN 49 AND 61.5", name=op.f("ck_venues_latitude")),
        sa.CheckConstraint("longitude BETWEEN -9 AND 2.5", name=op.f("ck_venues_longitude")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
        sa.UniqueConstraint("name", "postcode", name=op.f("uq_venues_name_postcode")),
    )
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venues_locality"), ["locality"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("main_format", named_words("format", FORMAT), nullable=False),
        sa.Column("formats_mask", sa.Integer(), nullable=False),
        sa.Column(
            "booking",
            named_words("booking", "drop_in book_ahead phone_only referral_only"),
            nullable=False,
        ),
        sa.Column(
            "cost_kind", named_words("costkind", "free donation each_time block"), nullable=False
        ),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        sa.Column("sibling_pence", sa.Integer(), nullable=True),
        sa.Column("block_sessions", sa.Integer(), nullable=True),
        sa.Column("is_first_free", sa.Boolean(), nullable=False),
        sa.Column("age_from_months", sa.Integer(), nullable=False),
        sa.Column("age_to_months", sa.Integer(), nullable=False),
        sa.Column("size", named_words("size", "small medium large"), nullable=True),
        sa.Column("noise", named_words("noise", "calm lively loud"), nullable=True),
        sa.Column("busy", named_words("busy", "room_to_spare busy packed"), nullable=True),
        sa.Column("claimed_level", sa.Integer(), nullable=True),
        sa.Column("door", sa.String(length=200), nullable=False),
        sa.Column("pram", sa.String(length=200), nullable=False),
        sa.Column("bring", sa.String(length=200), nullable=False),
        sa.Column("say_at_door", sa.String(length=200), nullable=False),
        sa.Column("if_asleep_or_crying", sa.String(length=200), nullable=False),
        sa.Column("how_to_pay", sa.String(length=200), nullable=False),
        sa.Column("booking_url", sa.String(length=500), nullable=False),
        sa.Column("booking_phone", sa.String(length=40), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            named_words("listingstate", "draft waiting published paused ended hidden"),
            nullable=False,
        ),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("lat_band", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("traits_mask", sa.BigInteger(), nullable=False),
        sa.Column("cost_each_pence", sa.Integer(), nullable=False),
        sa.Column("facts_yes", sa.BigInteger(), nullable=False),
        sa.Column("facts_no", sa.BigInteger(), nullable=False),
        sa.Column("facts_sure", sa.BigInteger(), nullable=False),
        sa.Column("is_talking_known", sa.Boolean(), nullable=False),
        sa.Column("talking_level", sa.Integer(), nullable=False),
        sa.Column("talking_sure_level", sa.Integer(), nullable=False),
        sa.Column("talking_agreed_level", sa.Integer(), nullable=False),
        sa.Column("talking_1", sa.Float(), nullable=False),
        sa.Column("talking_2", sa.Float(), nullable=False),
        sa.Column("talking_3", sa.Float(), nullable=False),
        sa.Column("talking_4", sa.Float(), nullable=False),
        sa.Column("talking_5", sa.Float(), nullable=False),
        sa.Column("reports_1", sa.Integer(), nullable=False),
        sa.Column("reports_2", sa.Integer(), nullable=False),
        sa.Column("reports_3", sa.Integer(), nullable=False),
        sa.Column("reports_4", sa.Integer(), nullable=False),
        sa.Column("reports_5", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(cost_kind = 'block') = (block_sessions IS NOT NULL)", name=op.f("ck_groups_block")
        ),
        sa.CheckConstraint(
            "CASE cost_kind WHEN 'free' THEN cost_pence IS NULL WHEN 'donation' THEN cost_pence IS NULL OR cost_pence > 0 ELSE cost_pence IS NOT NULL AND cost_pence > 0 END",
            name=op.f("ck_groups_cost"),
        ),
        sa.CheckConstraint(
            "0 <= age_from_months AND age_from_months <= age_to_months", name=op.f("ck_groups_ages")
        ),
        sa.CheckConstraint("claimed_level BETWEEN 1 AND 5", name=op.f("ck_groups_claimed_level")),
        sa.CheckConstraint("sibling_pence >= 0", name=op.f("ck_groups_sibling")),
        sa.CheckConstraint("talking_level BETWEEN 1 AND 5", name=op.f("ck_groups_talking_level")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_groups_version")),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["organisers.id"], name=op.f("fk_groups_organiser_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_groups_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("organiser_id", "ref", name=op.f("uq_groups_organiser_id_ref")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(
            "ix_groups_search",
            [
                "lat_band",
                "longitude",
                "latitude",
                "traits_mask",
                "age_from_months",
                "age_to_months",
                "cost_each_pence",
                "is_talking_known",
                "talking_level",
                "talking_sure_level",
                "talking_agreed_level",
                "facts_yes",
                "facts_no",
                "facts_sure",
                "talking_1",
                "talking_2",
                "id",
                "state",
            ],
            unique=False,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.create_index(batch_op.f("ix_groups_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "venue_facts",
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("fact", named_words("fact", FACT), nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_venue_facts_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "fact", name=op.f("pk_venue_facts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cancelled_occurrences",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_cancelled_occurrences_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "on", "starts", name=op.f("pk_cancelled_occurrences")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "group_facts",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("fact", named_words("fact", FACT), nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=True),
        sa.Column("parents_yes", sa.Integer(), nullable=False),
        sa.Column("parents_no", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "parents_yes >= 0 AND parents_no >= 0", name=op.f("ck_group_facts_counts")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_facts_group_id")),
        sa.PrimaryKeyConstraint("group_id", "fact", name=op.f("pk_group_facts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekday", named_words("weekday", "mon tue wed thu fri sat sun"), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column(
            "repeats",
            named_words("repeats", "weekly fortnightly first second third fourth last"),
            nullable=False,
        ),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("is_term_time_only", sa.Boolean(), nullable=False),
        sa.Column("runs_on_bank_holidays", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "repeats <> 'fortnightly' OR first_on IS NOT NULL",
            name=op.f("ck_sessions_fortnightly_has_first_on"),
        ),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_sessions_first_before_last")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_sessions_ends_after_start")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_sessions_group_id")),
        sa.PrimaryKeyConstraint("group_id", "position", name=op.f("pk_sessions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "steps",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes_from_start", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("expected", named_words("expected", "talk sing neither"), nullable=False),
        sa.CheckConstraint("minutes_from_start BETWEEN 0 AND 600", name=op.f("ck_steps_minutes")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_steps_group_id")),
        sa.PrimaryKeyConstraint("group_id", "position", name=op.f("pk_steps")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("steps")
    op.drop_table("sessions")
    op.drop_table("group_facts")
    op.drop_table("cancelled_occurrences")
    op.drop_table("venue_facts")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_groups_venue_id"))
        batch_op.drop_index(
            "ix_groups_search",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.drop_table("groups")
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venues_locality"))

    op.drop_table("venues")
    op.drop_table("organisers")
