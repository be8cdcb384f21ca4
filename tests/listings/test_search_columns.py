"""The columns by which search finds a group say what was said of it, and no more."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlmodel import col, select

from finder.domain.facts import Answers, Fact
from finder.domain.groups import lat_band
from finder.domain.talking.model import agreed_level, posterior, prior_for
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.listings.search_columns import (
    NEVER,
    Heard,
    columns_of,
    fact_columns,
    heard_so_far,
    refresh_search_columns,
    talking_columns,
)
from finder.listings.tables import GroupRow
from finder.platform.db.database import Database, Db
from finder.reviews.group_reviews import heard_of
from tests.support.examples import HALL, SONGS, TUESDAY_NOON, keep
from tests.support.saving import hear

LEAVE = Fact.LEAVE_EARLY
SINGING = (Format.SINGING, VenueKind.CHURCH_HALL)


def columns_in(db: Db) -> dict[str, object]:
    row = db.exec(select(GroupRow).where(col(GroupRow.ref) == "songs")).one()
    return {name: getattr(row, name) for name in columns_of(SONGS)}


@pytest.mark.parametrize(
    ("answers", "yes", "no", "sure"),
    [
        (Answers(), False, False, False),
        (Answers(True), True, False, False),
        (Answers(False), False, True, False),
        (Answers(True, 2, 0), True, False, True),
        (Answers(False, 0, 2), False, True, True),
        (Answers(None, 2, 2), False, False, False),
    ],
    ids=str,
)
def test_a_fact_is_yes_no_or_not_known_and_sure_only_with_parents(
    answers: Answers, yes: bool, no: bool, sure: bool
) -> None:
    found = fact_columns({LEAVE: answers})

    assert [bool(found[name]) for name in ("facts_yes", "facts_no", "facts_sure")] == [
        yes,
        no,
        sure,
    ]


def test_a_card_tells_no_fact_that_only_one_or_two_parents_said() -> None:
    told = {
        Fact.SING: Answers(None, 2, 0),
        Fact.ROTA: Answers(None, 0, 1),
        Fact.CRAFT: Answers(None, 3, 0),
        Fact.SNACK: Answers(False, 0, 1),
    }

    found = fact_columns(told)

    assert found["facts_yes"] == Fact.SING.bit | Fact.CRAFT.bit
    assert found["glance_yes"] == Fact.CRAFT.bit
    assert found["glance_no"] == Fact.SNACK.bit


def test_nobodys_word_leaves_the_level_unknown_and_at_what_the_format_usually_is() -> None:
    found = talking_columns(None, (), *SINGING)

    assert not found["is_talking_known"]
    chances = [found[f"talking_{n}"] for n in range(1, 6)]
    assert chances == pytest.approx(prior_for(*SINGING))


def test_the_levels_are_the_lowest_that_are_probable_sure_and_agreed() -> None:
    reports = [(2, 10.0)] * 5
    found = talking_columns(2, reports, *SINGING)
    chances = posterior(2, reports, prior_for(*SINGING))

    assert found["usual_level"] == 2
    assert found["weighed_most"] == "parents"
    for name, wanted in (("talking_level", 0.5), ("talking_sure_level", 0.75)):
        level = found[name]
        assert sum(chances[:level]) >= wanted > sum(chances[: level - 1])
    assert found["talking_agreed_level"] == agreed_level(2, reports, prior_for(*SINGING))


def test_without_a_parent_no_group_is_fairly_sure() -> None:
    for name, kind, claim in product(Format, VenueKind, (None, 1, 2, 3, 4, 5)):
        assert talking_columns(claim, (), name, kind)["talking_sure_level"] == NEVER


def test_two_parents_are_too_few_to_agree() -> None:
    assert talking_columns(1, [(1, 1.0)] * 2, *SINGING)["talking_agreed_level"] == NEVER


def test_a_strip_of_latitude_is_a_fiftieth_of_a_degree() -> None:
    assert lat_band(55.9601) + 1 == lat_band(55.9801)
    assert lat_band(55.9601) == lat_band(55.9799)


def test_facts_of_the_building_can_be_searched_as_the_groups_own() -> None:
    venue = replace(HALL, facts={Fact.STEP_FREE: True})

    assert columns_of(replace(SONGS, venue=venue))["facts_yes"] == Fact.STEP_FREE.bit


def test_parents_answers_change_what_is_found_and_are_kept_as_counts(database: Database) -> None:
    heard = Heard([(4, 20.0), (4, 40.0), (5, 60.0)], {LEAVE: (0, 3)})
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        before = columns_in(db)

        hear(db, saved.public_id, heard, TUESDAY_NOON)

        assert before == columns_of(SONGS)
        assert columns_in(db) == columns_of(SONGS, heard)
        row = db.get_one(GroupRow, saved.public_id)
        assert (row.reports_4, row.reports_5) == (2, 1)
        assert row.reported_on == (TUESDAY_NOON - timedelta(days=20)).date()
        assert heard_so_far(db, row, TUESDAY_NOON, heard_of) == Heard(
            ((4, 20.0), (4, 20.0), (5, 20.0)), {LEAVE: (0, 3)}
        )


def test_answers_taken_back_leave_nothing_behind(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        said = Heard([(5, 1.0)], {LEAVE: (1, 0)})
        hear(db, saved.public_id, said, TUESDAY_NOON)

        hear(db, saved.public_id, Heard(), TUESDAY_NOON)

        assert columns_in(db) == columns_of(SONGS)
        row = db.get_one(GroupRow, saved.public_id)
        assert (row.reports_5, row.reported_on) == (0, None)
        assert heard_so_far(db, row, TUESDAY_NOON, heard_of) == Heard()


def test_reports_fade_when_the_columns_are_worked_out_later(database: Database) -> None:
    two_years_on = TUESDAY_NOON.replace(year=2028)
    with database.writing() as db:
        [saved] = keep(db, replace(SONGS, claimed_level=TalkingLevel.NO_TALKING))
        said = Heard([(5, 0.0)] * 4)
        hear(db, saved.public_id, said, TUESDAY_NOON)
        fresh = columns_in(db)

        refresh_search_columns(db, saved.public_id, two_years_on, heard_of)

        assert columns_in(db)["talking_5"] < fresh["talking_5"]  # type: ignore[operator]
        assert db.get_one(GroupRow, saved.public_id).reported_on == date(2026, 11, 24)
