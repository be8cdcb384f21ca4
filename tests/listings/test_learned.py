"""What the talking model learned is kept, and used from then on."""

import json

from finder.domain.talking.beliefs import STARTING_TABLES, Organisers, Parents, Tables
from finder.domain.vocabulary import Format, VenueKind
from finder.listings import learned
from finder.listings.tables import GroupRow
from finder.listings.tables_history import LearnedTablesRow
from finder.platform.db.database import Database
from finder.reviews.learning import queries as learning_queries
from tests.support.review_parts import NOW, add_group, draft, publish

LOUDER = Tables(
    formats={**STARTING_TABLES.formats, Format.SINGING: (0.0625, 0.0625, 0.125, 0.25, 0.5)},
    tilts={**STARTING_TABLES.tilts, VenueKind.CAFE: 0.75},
    organisers=Organisers(lean=0.75, spread=0.5, blunt=0.125, careless=0.0625),
    parents=Parents(spread=0.75, careless=0.125, shared=0.25),
    change=0.5,
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
    assert (kept.parents, kept.organisers) == (LOUDER.parents, LOUDER.organisers)
    assert kept.change == LOUDER.change


def test_each_time_something_is_learned_the_tables_have_a_version_of_their_own(
    database: Database,
) -> None:
    with database.writing() as db:
        versions = [learned.keep_tables(db, LOUDER, 7, NOW).version for _ in range(2)]
        db.commit()

    with database.session() as db:
        assert learned.tables_in_use(db).version == versions[-1]
    assert versions == ["2.1", "2.2"]


def test_what_an_earlier_releases_model_learned_is_not_used(database: Database) -> None:
    kept = {"formats": {"singing": [0, 0, 0, 0, 1]}, "tilts": {}, "organisers": [1, 0]}
    with database.writing() as db:
        db.add(LearnedTablesRow(id=1, tables=json.dumps(kept), groups=9, learned_at=NOW))
        db.commit()

    with database.session() as db:
        assert learned.tables_in_use(db) == STARTING_TABLES


def test_only_groups_with_a_published_review_teach_and_no_example(database: Database) -> None:
    with database.writing() as db:
        publish(db, made_up := add_group(db, "made-up"), draft(5))
        db.get_one(GroupRow, made_up).is_example = True
        add_group(db, "silent")
        publish(db, add_group(db, "told", claimed_level=None), draft(4))

        told = list(learning_queries.evidence_of_groups(db, NOW))

    assert [(one.claim, [level for level, _ in one.reports]) for one in told] == [(None, [4])]
