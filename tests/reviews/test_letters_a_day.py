"""A parent may review many groups in a day. A letter that must wait is kept, and a page says so."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from finder.domain.refused import Refused
from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.tables import OutboxRow
from finder.reviews import service as reviews_service
from finder.reviews.tables import ReviewRow
from tests.support.review_parts import NOW, SITE, draft
from tests.support.review_site import Site

ANNA = "anna@example.org"
MOST = reviews_service.MOST_LETTERS_A_DAY
DAY = timedelta(days=1)


def send(db: Db, group: UUID, number: int, email: str = ANNA, now: datetime = NOW) -> bool:
    return reviews_service.submit(
        db, draft(), email, group, f"form-{number}", f"token-{number}", SITE, now
    )


def due(db: Db) -> list[datetime]:
    return sorted(db.exec(select(OutboxRow.not_before_at)))


def test_ten_letters_go_out_in_a_day_and_the_next_waits_for_the_morning(
    db: Db, group: UUID
) -> None:
    sent = [send(db, group, number, f"anna+{number}@example.org") for number in range(MOST)]

    assert all(sent)
    assert not send(db, group, MOST)
    assert due(db) == [NOW] * MOST + [datetime(2026, 11, 25, 7, tzinfo=NOW.tzinfo)]
    assert len(db.exec(select(ReviewRow)).all()) == MOST + 1
    assert send(db, group, 99, "ben@example.org")


def test_what_is_left_of_tomorrow_is_less_by_what_waits(db: Db, group: UUID) -> None:
    for number in range(MOST + 3):
        send(db, group, number)

    sent = [send(db, group, 100 + number, now=NOW + DAY) for number in range(MOST - 2)]

    assert sent == [True] * (MOST - 3) + [False]


def test_two_full_days_keep_nothing_and_say_so(db: Db, group: UUID) -> None:
    for number in range(2 * MOST):
        send(db, group, number)

    with pytest.raises(Refused, match="could not keep"):
        send(db, group, 99)

    assert len(due(db)) == len(db.exec(select(ReviewRow)).all()) == 2 * MOST


def test_other_letters_use_up_none_of_them(db: Db, group: UUID) -> None:
    for number in range(MOST):
        mail_queries.queue(db, f"sign-in:{number}", ANNA, "s", "b", NOW)

    assert send(db, group, 1)


@pytest.mark.usefixtures("first_reviews_are_trusted")
def test_the_page_says_that_the_letter_waits_and_that_none_will_come(site: Site) -> None:
    for _ in range(MOST):
        site.send()
    assert site.get(f"{site.address}/sent").one("h1") == "Check your email"

    for _ in range(MOST):
        site.send()
    later = site.get(f"{site.address}/sent?later=1")
    page = site.send(429)

    assert later.one("h1") == "Your letter comes tomorrow"
    assert page is not None
    assert "we could not keep your review" in page.words
    assert len(site.links()) == 2 * MOST
