"""Accounts, links and browsers as rows: used up once, found by their hash, forgotten in time."""

from datetime import timedelta

from sqlmodel import select

from finder.accounts import moderators
from finder.accounts import queries as accounts_queries
from finder.accounts.tables import ModeratorRow
from finder.platform.db.database import Database
from tests.support.review_parts import NOW, TODAY

ANNA = "anna@example.org"
DAY = timedelta(days=1)


def test_a_link_is_used_up_by_the_first_who_takes_it(database: Database) -> None:
    with database.writing() as db:
        accounts_queries.add_link(db, ANNA, "hash", "/organise/", NOW)

        looked = accounts_queries.good_link(db, "hash", NOW)
        assert looked is not None
        assert accounts_queries.use_link(db, "hash", NOW) == looked
        assert accounts_queries.use_link(db, "hash", NOW) is None
        assert accounts_queries.good_link(db, "hash", NOW) is None


def test_links_of_one_address_are_counted_used_or_not(database: Database) -> None:
    with database.writing() as db:
        for number in range(3):
            accounts_queries.add_link(db, ANNA, f"hash {number}", "", NOW + number * DAY)
        accounts_queries.use_link(db, "hash 2", NOW + 2 * DAY)

        assert accounts_queries.count_links(db, ANNA, NOW) == 2
        assert accounts_queries.count_links(db, "ben@example.org", NOW - DAY) == 0


def test_browsers_are_listed_with_the_one_used_last_first(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, ANNA, NOW)
        for number in range(3):
            accounts_queries.add_sign_in(
                db, account_id, f"hash {number}", TODAY + number * DAY, NOW
            )
        first = accounts_queries.sign_in_by_secret(db, "hash 0", NOW)
        assert first is not None
        accounts_queries.mark_seen(db, first.id, TODAY + 9 * DAY)

        found = accounts_queries.sign_ins_of(db, account_id, NOW)

        assert [one.seen_on - TODAY for one in found] == [9 * DAY, 2 * DAY, DAY]
        assert found[0].id == first.id


def test_only_an_accounts_own_browsers_end(database: Database) -> None:
    with database.writing() as db:
        anna, ben = (accounts_queries.id_for(db, email, NOW) for email in (ANNA, "ben@example.org"))
        accounts_queries.add_sign_in(db, anna, "anna", TODAY, NOW)
        accounts_queries.add_sign_in(db, ben, "ben", TODAY, NOW)
        hers = accounts_queries.sign_in_by_secret(db, "anna", NOW)
        assert hers is not None

        assert accounts_queries.end_sign_in(db, ben, hers.id) == 0
        assert accounts_queries.end_other_sign_ins(db, ben, hers.id) == 1
        assert accounts_queries.end_sign_in(db, anna, hers.id) == 1
        assert accounts_queries.sign_in_by_secret(db, "anna", NOW) is None


def test_what_is_old_is_forgotten(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, ANNA, NOW)
        accounts_queries.add_link(db, ANNA, "hash", "", NOW)
        accounts_queries.add_sign_in(db, account_id, "hash", TODAY, NOW)

        assert (
            accounts_queries.forget_links(db, NOW - DAY)
            == accounts_queries.forget_sign_ins(db, NOW - DAY)
            == 0
        )
        assert (
            accounts_queries.forget_links(db, NOW) == accounts_queries.forget_sign_ins(db, NOW) == 1
        )


def test_an_address_that_proves_itself_twice_has_one_account(database: Database) -> None:
    with database.writing() as db:
        first = accounts_queries.id_for(db, "parent@example.org", NOW)

        assert accounts_queries.id_for(db, "parent@example.org", NOW) == first
        assert accounts_queries.id_for(db, "other@example.org", NOW) != first


def test_an_account_is_made_a_moderator_once(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, "parent@example.org", NOW)

        for _ in range(2):
            moderators.add(db, account_id, NOW)

        assert len(db.exec(select(ModeratorRow)).all()) == 1
