"""Links and browsers as rows: used up once, found by their hash, forgotten in time."""

from datetime import timedelta

from finder.accounts import queries as accounts_queries
from finder.accounts import sign_ins
from finder.platform.db.database import Database
from tests.support.review_parts import NOW, TODAY

ANNA = "anna@example.org"
DAY = timedelta(days=1)


def test_a_link_is_used_up_by_the_first_who_takes_it(database: Database) -> None:
    with database.writing() as db:
        sign_ins.add_link(db, ANNA, "hash", "/organise/", NOW)

        looked = sign_ins.good_link(db, "hash", NOW)
        assert looked is not None
        assert sign_ins.use_up(db, "hash", NOW) == looked
        assert sign_ins.use_up(db, "hash", NOW) is None
        assert sign_ins.good_link(db, "hash", NOW) is None


def test_links_of_one_address_are_counted_used_or_not(database: Database) -> None:
    with database.writing() as db:
        for number in range(3):
            sign_ins.add_link(db, ANNA, f"hash {number}", "", NOW + number * DAY)
        sign_ins.use_up(db, "hash 2", NOW + 2 * DAY)

        assert sign_ins.count_links(db, ANNA, NOW) == 2
        assert sign_ins.count_links(db, "ben@example.org", NOW - DAY) == 0


def test_browsers_are_listed_with_the_one_used_last_first(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, ANNA, NOW)
        for number in range(3):
            sign_ins.add(db, account_id, f"hash {number}", TODAY + number * DAY, NOW)
        first = sign_ins.by_secret(db, "hash 0", NOW)
        assert first is not None
        sign_ins.mark_seen(db, first.id, TODAY + 9 * DAY)

        found = sign_ins.of_account(db, account_id, NOW)

        assert [one.seen_on - TODAY for one in found] == [9 * DAY, 2 * DAY, DAY]
        assert found[0].id == first.id


def test_only_an_accounts_own_browsers_end(database: Database) -> None:
    with database.writing() as db:
        anna, ben = (accounts_queries.id_for(db, email, NOW) for email in (ANNA, "ben@example.org"))
        sign_ins.add(db, anna, "anna", TODAY, NOW)
        sign_ins.add(db, ben, "ben", TODAY, NOW)
        hers = sign_ins.by_secret(db, "anna", NOW)
        assert hers is not None

        assert sign_ins.end(db, ben, hers.id) == 0
        assert sign_ins.end_others(db, ben, hers.id) == 1
        assert sign_ins.end(db, anna, hers.id) == 1
        assert sign_ins.by_secret(db, "anna", NOW) is None


def test_what_is_old_is_forgotten(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, ANNA, NOW)
        sign_ins.add_link(db, ANNA, "hash", "", NOW)
        sign_ins.add(db, account_id, "hash", TODAY, NOW)

        assert sign_ins.forget_links(db, NOW - DAY) == sign_ins.forget_ended(db, NOW - DAY) == 0
        assert sign_ins.forget_links(db, NOW) == sign_ins.forget_ended(db, NOW) == 1
