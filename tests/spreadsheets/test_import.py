"""A file of listings comes in whole or not at all, and twice is once."""

from dataclasses import replace
from random import Random

import pytest

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.listings.drafts import all_drafts
from finder.platform.db.database import Database
from finder.spreadsheets.service import ImportReport, import_drafts
from tests.support.examples import HALL, SONGS, TUESDAY_NOON, any_group, group

RANDOM = Random(4)
DRAFTS = [any_group(f"ref {n}", RANDOM) for n in range(12)]


def kept(database: Database) -> set[str]:
    with database.open() as db:
        return {draft.ref for _, draft in all_drafts(db)}


def bring_in(database: Database, drafts: list[GroupDraft], **options: bool) -> ImportReport:
    with database.writing() as db:
        return import_drafts(db, drafts, TUESDAY_NOON, **options)


def test_a_second_import_changes_nothing(database: Database) -> None:
    assert bring_in(database, DRAFTS) == ImportReport(added=12)
    assert bring_in(database, DRAFTS) == ImportReport(unchanged=12)


def test_a_changed_file_changes_what_it_says(database: Database) -> None:
    bring_in(database, DRAFTS)

    changed = [replace(DRAFTS[0], name="Another name"), *DRAFTS[1:], group("new")]

    assert bring_in(database, changed) == ImportReport(added=1, changed=1, unchanged=11)


def test_a_dry_run_says_the_same_and_keeps_nothing(database: Database) -> None:
    assert bring_in(database, DRAFTS, is_dry_run=True) == ImportReport(added=12)
    assert kept(database) == set()


@pytest.mark.parametrize(
    ("last", "field"),
    [
        (DRAFTS[0], "ref"),
        (replace(SONGS, venue=replace(HALL, street="Elsewhere")), "venue_name"),
    ],
    ids=["twice", "two descriptions of one venue"],
)
def test_one_bad_draft_keeps_out_all(database: Database, last: GroupDraft, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        bring_in(database, [*DRAFTS, group("at the hall"), last])

    assert refusal.value.field == field
    assert kept(database) == set()


def test_a_file_can_be_handed_to_an_address_that_looks_after_it(database: Database) -> None:
    with database.writing() as db:
        import_drafts(db, DRAFTS, TUESDAY_NOON, editor="Anna@example.org")
        import_drafts(db, DRAFTS, TUESDAY_NOON, editor="anna@example.org")

        anna = accounts_queries.id_for(db, "anna@example.org", TUESDAY_NOON)
        found = editors.organisers_of(db, anna)

    assert [one.name for one in found] == sorted({draft.organiser for draft in DRAFTS})
    assert sum(one.listings for one in found) == len(DRAFTS)


def test_a_file_of_an_organiser_that_others_look_after_is_refused(database: Database) -> None:
    bring_in(database, DRAFTS[:1])
    with database.writing() as db:
        ben = accounts_queries.id_for(db, "ben@example.org", TUESDAY_NOON)
        editors.found(db, DRAFTS[0].organiser, ben, TUESDAY_NOON)
        db.commit()

        with pytest.raises(Refused):
            import_drafts(db, DRAFTS, TUESDAY_NOON, editor="anna@example.org")

    assert kept(database) == {DRAFTS[0].ref}


def test_a_dry_run_hands_nothing_over(database: Database) -> None:
    with database.writing() as db:
        import_drafts(db, DRAFTS, TUESDAY_NOON, editor="anna@example.org", is_dry_run=True)
        anna = accounts_queries.id_for(db, "anna@example.org", TUESDAY_NOON)

        assert editors.organisers_of(db, anna) == ()
