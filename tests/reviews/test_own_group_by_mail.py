"""Who looks after a group can’t review it, and reads so by mail."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlmodel import select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from finder.reviews.tables import ReviewRow
from tests.domain.test_groups import GROUP
from tests.support.review_parts import (
    NOW,
    SITE,
    add_group,
    mails,
    publish,
    stored,
    submit,
)

pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def rows(db: Db) -> list[ReviewRow]:
    found = list(db.exec(select(ReviewRow).execution_options(populate_existing=True)).all())
    db.rollback()
    return found


def test_an_editor_can_t_review_its_own_group_and_is_told_by_mail(db: Db, group: UUID) -> None:
    anna = accounts_queries.id_for(db, "anna@example.org", NOW)
    editors.found(db, GROUP.organiser, anna, NOW)
    db.commit()

    submit(db, group, email="Anna@example.org")

    assert rows(db) == []
    (mail,) = mails(db)
    assert (mail.recipient, mail.subject) == ("anna@example.org", "Your review was not kept")
    submit(db, group, email="parent@example.org")
    assert len(rows(db)) == 1


def test_one_who_has_become_an_editor_meanwhile_confirms_nothing(db: Db, group: UUID) -> None:
    token = submit(db, group, email="anna@example.org")
    before = stored(db, group)
    editors.found(db, GROUP.organiser, accounts_queries.id_for(db, "anna@example.org", NOW), NOW)
    db.commit()

    with pytest.raises(reviews_service.OwnGroup):
        reviews_service.confirm(db, token, SITE, NOW)

    assert stored(db, group) == before


def test_an_editor_may_review_another_organisers_group(db: Db, group: UUID) -> None:
    editors.found(
        db, "Another Organiser", accounts_queries.id_for(db, "anna@example.org", NOW), NOW
    )
    db.commit()

    publish(db, group, email="anna@example.org")

    assert sum(stored(db, group)[f"reports_{level}"] for level in range(1, 6)) == 1
