"""An organiser's name is its own."""

import pytest
from sqlalchemy.exc import IntegrityError

from finder.listings import organisers
from finder.platform.db.database import Database
from tests.support.examples import SONGS, group, keep


def test_a_name_is_taken_in_small_and_capital_letters(database: Database) -> None:
    with database.writing() as db:
        organisers.add(db, "Harbour Trust")

        assert organisers.is_taken(db, "harbour TRUST")
        assert not organisers.is_taken(db, "Harbour Trust 2")


def test_two_of_one_name_can_not_be_made(database: Database) -> None:
    with database.writing() as db:
        organisers.add(db, "Harbour Trust")

        with pytest.raises(IntegrityError):
            organisers.add(db, "Harbour Trust")


def test_its_refs_are_those_of_all_its_groups(database: Database) -> None:
    with database.writing() as db:
        made = organisers.add(db, "Harbour Trust")
        keep(db, SONGS, group("more"))

        assert organisers.refs_of(db, made) == {"songs", "more"}
