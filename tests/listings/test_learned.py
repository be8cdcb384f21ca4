"""What the talking model learned is kept, and used from then on."""

from dataclasses import replace

from finder.domain.talking.beliefs import STARTING_TABLES, Reading, Tables
from finder.domain.vocabulary import Format, VenueKind
from finder.listings import learned
from finder.platform.db.database import Database
from finder.reviews.learning import queries as learning_queries
from tests.support.review_parts import NOW, add_group, draft, publish

LOUDER = Tables(
    formats={**STARTING_TABLES.formats, Format.SINGING: (0.0625, 0.0625, 0.125, 0.25, 0.5)},
    tilts={**STARTING_TABLES.tilts, VenueKind.CAFE: 0.75},
    organisers=replace(STARTING_TABLES.organisers, sharpness=1.5, lean=-0.25),
    parents=replace(STARTING_TABLES.parents, sharpness=0.75, lean=0.125),
)


def test_until_something_is_learned_the_starting_tables_are_used(database: Database) -> None:
    with database.session() as db:
        assert learned.tables_in_use(db) == STARTING_TABLES


def test_what_was_learned_last_is_used_by_every_later_session(database: Database) -> None:
    with database.writing() as db:
        learned.keep_tables(db, STARTING_TABLES, 1, NOW)
        learned.keep_tables(db, LOUDER, 7, NOW)
        db.commit()

    with database.session() as db:
        kept = learned.tables_in_use(db)
    assert dict(kept.formats) == dict(LOUDER.formats)
    assert dict(kept.tilts) == dict(LOUDER.tilts)
    assert isinstance(kept.parents, Reading)
    assert (kept.parents, kept.organisers) == (LOUDER.parents, LOUDER.organisers)


def test_only_groups_with_a_published_review_teach(database: Database) -> None:
    with database.writing() as db:
        add_group(db, "silent")
        publish(db, add_group(db, "told", claimed_level=None), draft(4))

        told = list(learning_queries.evidence_of_groups(db, NOW))

    assert [(one.claim, [level for level, _ in one.reports]) for one in told] == [(None, [4])]
