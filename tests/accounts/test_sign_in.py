"""A link signs one browser in, once, for whoever reads the mail; and nothing else does."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from finder.accounts import editors, moderators
from finder.accounts import queries as accounts_queries
from finder.accounts import service as accounts_service
from finder.accounts.rules import INVITATIONS, LINKS, SIGN_INS
from finder.accounts.tables import AccountRow, InvitationRow, SignInLinkRow, SignInRow
from finder.domain.refused import NoSuchLink, Refused
from finder.listings.tables import OrganiserRow
from finder.my_account import service as my_account_service
from finder.operations import service as operations_service
from finder.platform.db.database import Database, Db
from finder.platform.limits import Limits
from tests.support.review_parts import NOW, SITE, TODAY, add_group, mails, publish
from tests.support.sign_in_parts import FREELY, ask, current, sign_in, tokens, who

ANNA, BEN = "anna@example.org", "ben@example.org"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def token_of(db: Db, email: str = ANNA) -> str:
    ask(db, email)
    return tokens(db, email)[-1]


def organiser(db: Db, *emails: str, name: str = "Hill Library") -> UUID:
    row = OrganiserRow(name=name)
    db.add(row)
    db.flush()
    for email in emails:
        editors.add(db, row.id, accounts_queries.id_for(db, email, NOW), NOW)
    db.commit()
    return row.id


def test_a_link_signs_in_and_makes_the_account(db: Db) -> None:
    token = token_of(db, "Anna@Example.org")
    assert db.exec(select(AccountRow)).all() == []

    opened = accounts_service.open_link(db, token, TODAY, NOW)

    signed_in = who(db, opened.secret)
    assert signed_in.account.email == ANNA
    assert not signed_in.account.is_moderator
    assert signed_in.since == TODAY


def test_a_link_works_once(db: Db) -> None:
    token = token_of(db)
    accounts_service.open_link(db, token, TODAY, NOW)

    with pytest.raises(NoSuchLink):
        accounts_service.open_link(db, token, TODAY, NOW)
    with pytest.raises(NoSuchLink):
        accounts_service.find_link(db, token, NOW)
    assert len(db.exec(select(SignInRow)).all()) == 1


def test_of_two_who_press_at_one_moment_one_is_let_in(database: Database, db: Db) -> None:
    token = token_of(db)
    gate, outcomes = threading.Barrier(2), list[str]()

    def press() -> None:
        with database.writing() as own:
            gate.wait()
            try:
                accounts_service.open_link(own, token, TODAY, NOW)
                outcomes.append("in")
            except NoSuchLink:
                outcomes.append("out")

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in", "out"]


def test_a_link_lasts_fifteen_minutes(db: Db) -> None:
    token = token_of(db)

    assert (
        accounts_service.find_link(db, token, NOW + 15 * MINUTE - timedelta(seconds=1)).email
        == ANNA
    )
    for late in (15 * MINUTE, DAY):
        with pytest.raises(NoSuchLink):
            accounts_service.open_link(db, token, TODAY, NOW + late)


def test_looking_at_a_link_uses_nothing_up(db: Db) -> None:
    token = token_of(db)

    for _ in range(3):
        accounts_service.find_link(db, token, NOW)
    db.rollback()

    assert accounts_service.open_link(db, token, TODAY, NOW).secret


@pytest.mark.parametrize("token", ["", "nonsense", "' OR 1=1 --"])
def test_a_link_that_never_was_is_no_link(db: Db, token: str) -> None:
    token_of(db)

    with pytest.raises(NoSuchLink):
        accounts_service.open_link(db, token, TODAY, NOW)


def test_neither_link_nor_cookie_can_be_read_in_the_database(db: Db) -> None:
    token = token_of(db)
    secret = accounts_service.open_link(db, token, TODAY, NOW).secret

    (link,) = db.exec(select(SignInLinkRow)).all()
    (row,) = db.exec(select(SignInRow)).all()
    assert token not in str(link.model_dump())
    assert secret not in str(row.model_dump())
    assert current(db, row.secret_hash, NOW) is None
    assert current(db, "", NOW) is None


def test_a_network_that_asks_very_often_is_told_to_wait(db: Db) -> None:
    limits = Limits("memory://")
    for number in range(30):
        accounts_service.ask_for_link(db, limits, f"p{number}@example.org", "192.0.2.9", SITE, NOW)

    with pytest.raises(accounts_service.TooManyAsked):
        accounts_service.ask_for_link(db, limits, ANNA, "192.0.2.9", SITE, NOW)
    accounts_service.ask_for_link(db, limits, ANNA, "192.0.2.10", SITE, NOW)


def test_what_is_no_address_gets_no_mail(db: Db) -> None:
    with pytest.raises(Refused, match="name@example"):
        accounts_service.ask_for_link(db, FREELY, "nonsense", "192.0.2.1", SITE, NOW)

    assert mails(db) == []


def test_mail_and_link_are_kept_together_or_not_at_all(db: Db) -> None:
    ask(db, ANNA)

    (mail,) = mails(db)
    (token,) = tokens(db, ANNA)
    assert mail.dedupe_key.startswith("sign-in:")
    assert f"\n\n{SITE}/sign-in/{token}\n\n" in mail.body


def test_only_a_page_of_the_site_comes_next(db: Db) -> None:
    ask(db, ANNA, next_path="/organise/?page=2")
    ask(db, BEN, next_path="//example.org/organise")

    anna = accounts_service.find_link(db, tokens(db, ANNA)[0], NOW)
    ben = accounts_service.find_link(db, tokens(db, BEN)[0], NOW)
    assert (anna.next_path, ben.next_path) == ("/organise/?page=2", "")


def test_a_sign_in_ends_after_thirty_days(db: Db) -> None:
    secret = sign_in(db, ANNA)

    assert who(db, secret, NOW + 30 * DAY - MINUTE)
    assert current(db, secret, NOW + 30 * DAY) is None


def test_signing_out_ends_it_at_once_and_nobody_elses(db: Db) -> None:
    phone, other, ben = sign_in(db, ANNA), sign_in(db, ANNA), sign_in(db, BEN)

    accounts_service.sign_out(db, phone)

    assert current(db, phone, NOW) is None
    assert who(db, other)
    assert who(db, ben)


def test_a_browser_that_signs_in_again_leaves_no_old_sign_in_behind(db: Db) -> None:
    first = sign_in(db, ANNA)

    opened = accounts_service.open_link(db, token_of(db), TODAY, NOW, replaces=first)

    assert current(db, first, NOW) is None
    assert who(db, opened.secret)


def test_one_of_my_browsers_can_be_signed_out_but_nobody_elses(db: Db) -> None:
    mine, other, ben = sign_in(db, ANNA), sign_in(db, ANNA), sign_in(db, BEN)
    me = who(db, mine)

    assert not accounts_service.end_sign_in(db, me.account.id, who(db, ben).id)
    assert accounts_service.end_sign_in(db, me.account.id, who(db, other).id)
    assert not accounts_service.end_sign_in(db, me.account.id, uuid4())

    assert current(db, other, NOW) is None
    assert who(db, mine)
    assert who(db, ben)


def test_all_others_are_signed_out_in_one_go(db: Db) -> None:
    mine, ben = sign_in(db, ANNA), sign_in(db, BEN)
    others = [sign_in(db, ANNA) for _ in range(2)]

    assert accounts_service.end_other_sign_ins(db, who(db, mine)) == 2

    assert [current(db, other, NOW) for other in others] == [None, None]
    assert who(db, mine)
    assert who(db, ben)


def test_the_day_of_last_use_is_kept(db: Db) -> None:
    secret = sign_in(db, ANNA)

    accounts_service.mark_seen(db, who(db, secret), TODAY + DAY)

    assert who(db, secret).seen_on == TODAY + DAY


def test_the_account_page_shows_what_is_mine_and_nothing_else(db: Db) -> None:
    group = add_group(db)
    publish(db, group, email=ANNA)
    publish(db, group, email=BEN)
    organiser(db, ANNA)
    organiser(db, BEN, name="Harbour Church")
    anna = who(db, sign_in(db, ANNA))
    sign_in(db, BEN)

    page = my_account_service.account_page(db, anna.account.id, NOW)

    assert [(one.group_name, one.is_listed) for one in page.reviews] == [("Harbour Songs", True)]
    assert [(one.name, one.listings) for one in page.organisers] == [("Hill Library", 0)]
    assert [one.id for one in page.sign_ins] == [anna.id]


def test_a_moderator_is_known_as_one(db: Db) -> None:
    secret = sign_in(db, ANNA)
    moderators.add(db, who(db, secret).account.id, NOW)
    db.commit()

    assert who(db, secret).account.is_moderator


def forgotten(db: Db, later: timedelta) -> tuple[int, ...]:
    """How many links, invitations and sign-ins are forgotten so long after now."""
    counts = dict(operations_service.tidy(db, NOW + later))
    return counts[LINKS], counts[INVITATIONS], counts[SIGN_INS]


def test_what_has_run_out_is_forgotten_and_the_rest_is_kept(db: Db) -> None:
    anna = who(db, sign_in(db, ANNA)).account
    accounts_service.invite(db, anna, organiser(db, ANNA), BEN, SITE, NOW)

    assert forgotten(db, DAY - MINUTE) == (0, 0, 0)
    assert forgotten(db, DAY) == (1, 0, 0)
    assert forgotten(db, 7 * DAY) == (0, 1, 0)
    assert forgotten(db, 30 * DAY - MINUTE) == (0, 0, 0)
    assert forgotten(db, 30 * DAY) == (0, 0, 1)
    for kept in (SignInLinkRow, SignInRow, InvitationRow):
        assert db.exec(select(kept)).all() == []
