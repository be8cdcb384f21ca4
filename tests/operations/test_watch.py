"""What is watched are numbers, also when the database is away."""

from datetime import timedelta
from pathlib import Path

from finder.operations import watch
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.mail import queries as mail_queries
from tests.support.review_parts import NOW


def test_the_mail_that_waits_longest_is_told_by_its_age(database: Database, tmp_path: Path) -> None:
    with database.writing() as db:
        for key, age in (("a", 30), ("b", 90), ("c", 10)):
            mail_queries.queue(db, key, "a@example.org", "s", "b", NOW - timedelta(seconds=age))
        db.commit()

        found = watch.look(db, tmp_path, NOW)

    assert (found.mails_waiting, found.oldest_mail_s) == (3, 90)
    assert (found.reviews_held, found.index_age_s) == (0, None)


def test_without_a_database_there_are_no_numbers_of_it(database: Database, tmp_path: Path) -> None:
    migrate.downgrade(database, "base")

    with database.open() as db:
        found = watch.look(db, tmp_path, NOW)

    assert found == watch.Watched(False, None, None, None, None)
