"""Two clicks at one moment, at two workers, make one review and one mail."""

import threading
from collections import Counter
from uuid import UUID

import pytest
from sqlmodel import select

from finder.platform.db.database import Database
from finder.platform.mail.tables import OutboxRow
from finder.reviews import service as reviews_service
from finder.reviews.tables import ReviewRow
from tests.faults.soak import rounds
from tests.support.review_parts import NOW, SITE, add_group, draft

ROUNDS = rounds(4, 50)


@pytest.mark.parametrize("clicks", [2, 5])
def test_clicks_at_one_moment_make_one_review(database: Database, clicks: int) -> None:
    with database.writing() as db:
        group = add_group(db)

    for number in range(ROUNDS):
        _click_at_once(database, group, number, clicks)

    with database.open() as db:
        assert len(db.exec(select(ReviewRow)).all()) == ROUNDS
        letters = Counter(db.exec(select(OutboxRow.recipient)).all())
    assert set(letters.values()) == {1}


def _click_at_once(database: Database, group: UUID, number: int, clicks: int) -> None:
    gate, failed = threading.Barrier(clicks), []

    def click(nth: int) -> None:
        email = f"p{number}@example.org"
        gate.wait()
        try:
            with database.writing() as db:
                reviews_service.submit(
                    db, draft(), email, group, f"form-{number}", f"t{number}.{nth}", SITE, NOW
                )
        except Exception as error:  # a thread's own error would go unseen
            failed.append(error)

    threads = [threading.Thread(target=click, args=(nth,)) for nth in range(clicks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
