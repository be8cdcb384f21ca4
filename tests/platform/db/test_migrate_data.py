"""What people wrote outlives every step of the migrations, up, down and up again."""

from datetime import date

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from finder.domain.facts import Fact
from finder.group_page import queries as group_page_queries
from finder.group_page.rules import OnAnswer
from finder.listings.venue_areas import VenueAreas
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import Visit
from tests.support.examples import SONGS, keep
from tests.support.review_parts import NOW, add_group, draft, publish
from tests.support.site import RHYME_TIME

REVISIONS = [
    script.revision for script in ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()
]


def fill(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS, RHYME_TIME)
    with database.writing() as db:
        publish(db, add_group(db), draft(2, words="Nobody made me sing."))
        learning_service.learn(db, NOW)
        for was_on in (True, True, False):
            group_page_queries.add_answer(
                db, add_group(db, "answered"), OnAnswer(date(2026, 11, 17), was_on)
            )
        db.commit()


Kept = dict[str, list[dict[str, str]]]


def kept(database: Database) -> Kept:
    """All rows of our tables, as the database itself has them."""
    meta = sa.MetaData()
    with database.engine.connect() as connection:
        meta.reflect(connection)
        return {
            name: [{k: str(v) for k, v in row._mapping.items()} for row in rows]
            for name, table in meta.tables.items()
            if name in NAMES.tables
            for rows in [connection.execute(sa.select(table)).all()]
        }


def of_columns(everything: Kept, columns: dict[str, list[str]]) -> dict[str, list[list[str]]]:
    """What those columns say, in one order."""
    return {
        name: sorted([row[column] for column in columns[name]] for row in everything[name])
        for name in columns
    }


def columns_of(database: Database) -> dict[str, list[str]]:
    look = sa.inspect(database.engine)
    return {
        name: [column["name"] for column in look.get_columns(name)]
        for name in look.get_table_names()
        if name in NAMES.tables
    }


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_what_was_there_at_a_revision_is_there_after_going_down_to_it_and_up_again(
    database: Database, revision: str
) -> None:
    fill(database)
    everything = kept(database)

    migrate.downgrade(database, revision)
    columns = columns_of(database)
    below = kept(database)
    migrate.upgrade(database)

    assert migrate.is_up_to_date(database)
    assert of_columns(kept(database), columns) == of_columns(everything, columns)
    assert {name: len(below[name]) for name in columns} == {
        name: len(everything[name]) for name in columns
    }
    assert below["groups"]


def test_each_step_down_and_up_works_with_the_data_of_the_last(database: Database) -> None:
    fill(database)
    before = kept(database)

    for revision in REVISIONS[1:]:
        migrate.downgrade(database, revision)
    columns = columns_of(database)
    for revision in reversed(REVISIONS):
        migrate.upgrade(database, revision)

    assert migrate.is_up_to_date(database)
    assert of_columns(kept(database), columns) == of_columns(before, columns)
    assert len(before["steps"]) == len(RHYME_TIME.steps)


def test_an_area_is_found_by_its_name_in_a_database_of_the_release_before(
    database: Database,
) -> None:
    fill(database)
    areas = VenueAreas(database)
    before = areas.names()

    migrate.downgrade(database, "0008")
    migrate.upgrade(database)

    assert areas.names() == before
    assert {area.name for area in areas.called(["leith"])} == {"Leith"}


def test_the_evidence_of_a_level_is_found_again_in_the_reviews(database: Database) -> None:
    facts = [{Fact.SING: True}, {Fact.CRAFT: False}, {Fact.SING: False, Fact.ROTA: True}]
    with database.writing() as db:
        group = add_group(db, facts={Fact.ROTA: False})
        for month, said in zip((3, 9, 6), facts, strict=True):
            told = draft(2, visit=Visit(2026, month), facts=said, was_first_time=month > 3)
            publish(db, group, told)

    def evidence() -> tuple[list[str], dict[str, list[str]]]:
        tables = kept(database)
        (row,) = (row for row in tables["groups"] if row["id"] in {str(group), group.hex})
        names = ("first_timers_2", "first_timers_3", "glance_yes", "glance_no")
        lines = {f["fact"]: [f["said_on"], f["parents_on"]] for f in tables["group_facts"]}
        return [row[name] for name in names], lines

    before = evidence()
    scripts = ScriptDirectory(str(migrate.MIGRATIONS))
    migrate.downgrade(database, str(scripts.get_revision("0013").down_revision))
    migrate.upgrade(database)

    assert evidence() == before
    assert before[0][0] == "2"
    assert before[1] == {
        "sing": ["None", "2026-06-15"],
        "craft": ["None", "2026-09-15"],
        "rota": ["2026-11-24", "2026-06-15"],
    }
