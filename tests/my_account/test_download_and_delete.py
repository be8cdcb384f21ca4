"""Somebody asks what we hold, or to be forgotten: at once, and also in the bytes of the file."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.accounts import service as accounts_service
from finder.accounts.rules import Account
from finder.domain.facts import Fact
from finder.domain.refused import Refused
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import Action, ItemKind
from finder.my_account import service as my_account_service
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import claim, decide, held, look_after, moderator, report
from tests.support.review_parts import NOW, SITE, add_group, draft, publish, stored, submit
from tests.support.sign_in_parts import ask, sign_in

ANNA = "anna.unmistakable@example.org"
FEW = 60


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def anna(db: Db) -> Account:
    """Somebody of whom everything is kept that can be."""
    group, other, third = (add_group(db, ref, name=f"Group {ref}") for ref in ("a", "b", "c"))
    publish(db, group, draft(2, words="Calm by the window.", facts={Fact.SING: True}), ANNA)
    held(db, other, draft(4), ANNA)
    submit(db, third, email=ANNA)
    hidden = held(db, third, draft(5), ANNA, NOW + timedelta(days=2))
    decide(db, moderator(db), ItemKind.REVIEW, hidden.id, Action.HIDE)
    sign_in(db, ANNA)
    ask(db, ANNA)
    organiser = look_after(db, ANNA)
    me = Account(organiser, ANNA, False)
    accounts_service.invite(
        db, me, accounts_service.organisers_of(db, organiser)[0].id, "ben@example.org", SITE, NOW
    )
    claim(db, third, ANNA)
    report(db, group, kind=ReportKind.CLOSED, email=ANNA, words=f"Ask me at {ANNA.upper()}.")
    return me


def test_the_download_holds_all_of_it_and_no_key(db: Db) -> None:
    me = anna(db)

    held_of_anna = my_account_service.everything(db, me)

    text = json.dumps(held_of_anna)
    assert set(held_of_anna["held"]) == {
        "accounts",
        "answers",
        "appeal_links",
        "claims",
        "editors",
        "invitations",
        "outbox",
        "reports",
        "reviews",
        "sign_in_links",
        "sign_ins",
    }
    assert "Calm by the window." in text
    assert "hash" not in text
    assert held_of_anna["organisers"] != []


def test_another_persons_download_holds_nothing_of_it(db: Db) -> None:
    anna(db)
    ben = Account(accounts_queries.id_for(db, "ben@example.org", NOW), "ben@example.org", False)

    assert ANNA not in json.dumps(my_account_service.everything(db, ben))


@pytest.mark.parametrize("keep", [True, False])
def test_reviews_stay_without_an_author_or_go_as_the_person_chooses(db: Db, keep: bool) -> None:
    group = add_group(db)
    before = stored(db, group)
    own, _ = publish(db, group, draft(2), ANNA)
    after = stored(db, group)
    assert own.account_id is not None

    my_account_service.delete_account(
        db, Account(own.account_id, ANNA, False), NOW, keep_reviews=keep
    )

    assert stored(db, group) == (after if keep else before)
    assert my_account_service.everything(db, Account(own.account_id, ANNA, False))["held"] == {}


def test_whoever_was_forgotten_may_come_back_as_somebody_new(db: Db) -> None:
    group = add_group(db)
    own, _ = publish(db, group, draft(2), ANNA)
    assert own.account_id is not None
    my_account_service.delete_account(
        db, Account(own.account_id, ANNA, False), NOW, keep_reviews=True
    )

    publish(db, group, draft(3), ANNA)

    assert stored(db, group)["reports_3"] == 1


def test_everything_is_forgotten_on_either_database(db: Db) -> None:
    me = anna(db)

    my_account_service.delete_account(db, me, NOW, keep_reviews=True)

    assert my_account_service.everything(db, me)["held"] == {}


def test_the_only_moderator_stays_until_there_is_another(db: Db) -> None:
    me = moderator(db)
    with pytest.raises(Refused, match="only moderator"):
        my_account_service.delete_account(db, me, NOW, keep_reviews=True)

    moderator(db, "second@example.org")
    my_account_service.delete_account(db, me, NOW, keep_reviews=True)


@pytest.mark.parametrize("keep", [True, False])
def test_no_byte_of_the_address_stays_in_the_file_nor_in_a_later_backup(
    sqlite_database: Database, tmp_path: Path, keep: bool
) -> None:
    with sqlite_database.writing() as db:
        me = anna(db)
        crowd(db)
    file = Path(str(sqlite_database.engine.url.database))
    assert is_in(file, ANNA), "it was there before"

    with sqlite_database.writing() as db:
        my_account_service.delete_account(db, me, NOW, keep_reviews=keep)

    assert not is_in(file, ANNA)
    with sqlite3.connect(file) as source, sqlite3.connect(tmp_path / "backup.db") as backup:
        source.backup(backup)
    assert not is_in(tmp_path / "backup.db", ANNA)
    with sqlite3.connect(file, isolation_level=None) as raw:
        raw.execute("VACUUM")
    assert not is_in(file, ANNA)


def crowd(db: Db) -> None:
    """Others whose rows share pages with Anna's."""
    for number in range(FEW):
        accounts_queries.id_for(db, f"parent.number{number}@example.org", NOW)
    db.commit()
    for number in range(FEW // 4):
        ask(db, f"parent.number{number}@example.org")


def is_in(file: Path, address: str) -> bool:
    """Whether the bytes of a database, and of the files beside it, hold an address."""
    beside = [file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-journal")]
    held_bytes = b"".join(one.read_bytes() for one in beside if one.exists()).lower()
    return address.encode() in held_bytes or address.encode("utf-16-le") in held_bytes


def test_the_groups_that_somebody_reviewed_are_counted_anew(db: Db) -> None:
    group = add_group(db)
    own, _ = publish(db, group, draft(1), ANNA)
    publish(db, group, draft(5), "ben@example.org")
    assert isinstance(own.account_id, UUID)

    my_account_service.delete_account(
        db, Account(own.account_id, ANNA, False), NOW, keep_reviews=False
    )

    assert (stored(db, group)["reports_1"], stored(db, group)["reports_5"]) == (0, 1)
