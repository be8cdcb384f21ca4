"""A review counts once its email is proved; what it changes in the rating, it changes at once."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from finder.accounts.tables import AccountRow
from finder.domain.facts import Fact
from finder.domain.refused import NoSuchLink, Refused
from finder.domain.vocabulary import ListingState
from finder.operations import service as operations_service
from finder.platform.db.database import Database, Db
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import UNCONFIRMED, ReviewState
from finder.reviews.saving import save
from finder.reviews.tables import ReviewFactRow, ReviewRow
from tests.domain.test_groups import GROUP
from tests.support.review_parts import (
    NOW,
    SITE,
    add_group,
    draft,
    mails,
    manage_tokens,
    publish,
    stored,
    submit,
)

pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


def reports(db: Db, group: UUID) -> list[int]:
    return [stored(db, group)[f"reports_{level}"] for level in range(1, 6)]


def rows(db: Db) -> list[ReviewRow]:
    found = list(db.exec(select(ReviewRow).execution_options(populate_existing=True)).all())
    db.rollback()
    return found


def test_nothing_counts_before_the_email_is_confirmed(db: Db, group: UUID) -> None:
    before = stored(db, group)

    submit(db, group, email="parent@example.org")

    assert stored(db, group) == before
    (mail,) = mails(db)
    assert mail.recipient == "parent@example.org"
    assert f"{SITE}/reviews/confirm/token-" in mail.body


def test_confirming_publishes_and_moves_the_rating_at_once(db: Db, group: UUID) -> None:
    before = stored(db, group)
    token = submit(db, group, draft(1, facts={Fact.SIT_AND_WATCH: True, Fact.SING: False}))

    own = reviews_service.confirm(db, token, SITE, NOW)

    after = stored(db, group)
    assert own.state is ReviewState.PUBLISHED
    assert reports(db, group) == [1, 0, 0, 0, 0]
    assert after["talking_1"] > before["talking_1"]
    assert after["facts"]["sit_and_watch"] == (None, 1, 0)
    assert after["facts"]["sing"] == (None, 0, 1)
    assert after["facts_yes"] & Fact.SIT_AND_WATCH.bit
    assert after["facts_no"] & Fact.SING.bit


def test_confirming_twice_is_confirming_once(db: Db, group: UUID) -> None:
    token = submit(db, group)

    reviews_service.confirm(db, token, SITE, NOW)
    once = stored(db, group), len(mails(db))
    again = reviews_service.confirm(db, token, SITE, NOW + timedelta(days=30))

    assert again.state is ReviewState.PUBLISHED
    assert (stored(db, group), len(mails(db))) == once


def test_looking_at_a_link_changes_nothing(db: Db, group: UUID) -> None:
    token = submit(db, group)

    own = reviews_service.find_by_token(db, token, NOW)

    assert own.state is ReviewState.UNCONFIRMED
    assert own.group_name == "Harbour Songs"
    assert reports(db, group) == [0] * 5


def test_the_links_are_not_kept_in_a_form_that_opens_them(db: Db, group: UUID) -> None:
    token = submit(db, group)
    reviews_service.confirm(db, token, SITE, NOW)

    (row,) = rows(db)
    kept = {row.token_hash, row.manage_hash, row.form_key}
    assert token not in kept
    assert not kept & set(manage_tokens(db))


@pytest.mark.parametrize("token", ["", "nonsense", "token-0"])
def test_a_link_that_never_was_is_no_link(db: Db, group: UUID, token: str) -> None:
    with pytest.raises(NoSuchLink):
        reviews_service.confirm(db, token, SITE, NOW)
    with pytest.raises(NoSuchLink):
        reviews_service.withdraw(db, token, NOW)


def test_a_link_to_confirm_cannot_change_or_withdraw(db: Db, group: UUID) -> None:
    token = submit(db, group)
    reviews_service.confirm(db, token, SITE, NOW)

    with pytest.raises(NoSuchLink):
        reviews_service.withdraw(db, token, NOW)


def test_a_link_lasts_seven_days_and_is_then_forgotten(db: Db, group: UUID) -> None:
    token = submit(db, group, draft(facts={Fact.SING: True}))
    late = NOW + timedelta(days=7, seconds=1)

    with pytest.raises(NoSuchLink):
        reviews_service.confirm(db, token, SITE, late)

    assert dict(operations_service.tidy(db, NOW + timedelta(days=7)))[UNCONFIRMED] == 0
    assert dict(operations_service.tidy(db, late))[UNCONFIRMED] == 1
    assert rows(db) == []
    assert db.exec(select(ReviewFactRow)).all() == []


def test_a_published_review_is_never_forgotten_as_unconfirmed(db: Db, group: UUID) -> None:
    publish(db, group)

    assert dict(operations_service.tidy(db, NOW + timedelta(days=99)))[UNCONFIRMED] == 0


def test_a_form_sent_twice_makes_one_review_and_one_mail(db: Db, group: UUID) -> None:
    for _ in range(2):
        submit(db, group, email="parent@example.org", form_key="same")

    assert len(rows(db)) == 1
    assert len(mails(db)) == 1


def test_words_put_right_before_confirming_are_the_ones_that_count(db: Db, group: UUID) -> None:
    token = submit(db, group, draft(5), email="parent@example.org", form_key="same")
    submit(db, group, draft(1), email="parent@example.org", form_key="same")

    reviews_service.confirm(db, token, SITE, NOW)

    assert reports(db, group) == [1, 0, 0, 0, 0]


def test_a_form_sent_again_after_confirming_changes_nothing(db: Db, group: UUID) -> None:
    token = submit(db, group, draft(1), email="parent@example.org", form_key="same")
    reviews_service.confirm(db, token, SITE, NOW)

    submit(db, group, draft(5), email="parent@example.org", form_key="same")

    assert reports(db, group) == [1, 0, 0, 0, 0]


def test_whoever_corrects_a_mistyped_address_gets_the_mail(db: Db, group: UUID) -> None:
    submit(db, group, email="parnet@example.org", form_key="same")
    submit(db, group, email="parent@example.org", form_key="same")

    assert {mail.recipient for mail in mails(db)} == {"parnet@example.org", "parent@example.org"}


def test_a_second_review_by_the_same_parent_takes_the_place_of_the_first(
    db: Db, group: UUID
) -> None:
    publish(db, group, draft(5, facts={Fact.SING: True}), "parent@example.org")
    publish(db, group, draft(2, words="Quiet now"), "PARENT@example.org")

    assert reports(db, group) == [0, 1, 0, 0, 0]
    assert "sing" not in stored(db, group)["facts"]
    (row,) = rows(db)
    assert row.words == "Quiet now"
    assert len(db.exec(select(AccountRow)).all()) == 1


def test_one_parent_may_review_two_groups(db: Db, group: UUID) -> None:
    other = add_group(db, "other")

    publish(db, group, email="parent@example.org")
    publish(db, other, email="parent@example.org")

    assert reports(db, group) == reports(db, other) == [0, 1, 0, 0, 0]


@pytest.mark.parametrize("state", [ReviewState.HELD, ReviewState.HIDDEN])
def test_nobody_publishes_past_a_moderator_by_writing_anew(
    db: Db, group: UUID, state: ReviewState
) -> None:
    own, _ = publish(db, group, email="parent@example.org")
    reviews_queries.set_state(db, own.id, state, NOW)
    reviews_queries.recount(db, group, NOW)
    db.commit()

    again, _ = publish(db, group, draft(1), "parent@example.org")

    assert again.state is ReviewState.HELD
    assert again.id == own.id
    assert reports(db, group) == [0] * 5


@pytest.mark.parametrize("typed", ["", "parent", "a@b", "a b@example.org", "a@example.org\nBcc: x"])
def test_what_is_no_email_address_is_refused(db: Db, group: UUID, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        reviews_service.submit(db, draft(), typed, group, "form", "token", SITE, NOW)

    assert refused.value.field == "email"
    assert rows(db) == []


def test_a_group_that_is_not_published_takes_no_review(db: Db, group: UUID) -> None:
    save(db, GROUP, at=NOW, state=ListingState.PAUSED)
    db.commit()

    for unknown in (group, uuid4()):
        with pytest.raises(reviews_service.NoSuchGroup):
            submit(db, unknown)


def test_a_failure_on_the_way_leaves_nothing_half_done(
    db: Db, group: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = submit(db, group)
    before = stored(db, group)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(reviews_queries, "recount", fail)
    with pytest.raises(RuntimeError):
        reviews_service.confirm(db, token, SITE, NOW)
    db.rollback()

    assert stored(db, group) == before
    assert reviews_service.find_by_token(db, token, NOW).state is ReviewState.UNCONFIRMED
    assert len(mails(db)) == 1


def test_two_parents_who_confirm_at_once_both_count(
    database: Database, db: Db, group: UUID
) -> None:
    tokens = [submit(db, group, draft(level)) for level in (1, 2, 3, 4)]
    faults: list[BaseException] = []

    def confirm(token: str) -> None:
        try:
            with database.writing() as own:
                reviews_service.confirm(own, token, SITE, NOW)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=confirm, args=(token,)) for token in tokens * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert reports(db, group) == [1, 1, 1, 1, 0]
    now_stored = stored(db, group)
    learning_service.rebuild_levels(db, NOW)
    assert stored(db, group) == now_stored
