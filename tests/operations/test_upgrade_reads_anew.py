"""The upgrade reads anew what was kept: what can't be seen waits, what is in doubt is reported."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, OrganiserRow
from finder.moderation.tables import ReportRow
from finder.operations import upgrading
from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow
from tests.support.review_parts import NOW, add_group, draft, publish, stored

BEFORE = "0016"


@pytest.fixture
def older(database: Database) -> Iterator[Database]:
    """A database of the release before."""
    yield database
    migrate.upgrade(database)


def rename(db: Db, group: UUID, **texts: str) -> None:
    db.exec(sa.update(GroupRow).where(col(GroupRow.id) == group).values(**texts))
    db.commit()


def say(db: Db, review: UUID, words: str) -> None:
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == review).values(words=words))
    db.commit()


def states(db: Db, row: type[GroupRow] | type[ReviewRow]) -> dict[UUID, str]:
    db.expire_all()
    return {one.id: one.state for one in db.exec(select(row))}


def test_an_unseen_or_turned_name_waits_and_a_stray_mark_is_only_taken_out(
    older: Database,
) -> None:
    with older.writing() as db:
        unseen, turned, stray, hebrew = (add_group(db, ref) for ref in "abcd")
        rename(db, unseen, name="\u3164\u200b")
        rename(db, turned, summary="Songs \u202egnol")
        rename(db, stray, name="Songs\u200b", point='[0]},"properties":{"name":"Songs\\u200b"')
        rename(db, hebrew, name="שירים", point='[0]},"properties":{"name":"x","venue":"Hall"}')
    migrate.downgrade(older, BEFORE)

    said = upgrading.upgrade(older, NOW)

    with older.writing() as db:
        found = states(db, GroupRow)
        assert {found[unseen], found[turned]} == {ListingState.WAITING}
        assert {found[stray], found[hebrew]} == {ListingState.PUBLISHED}
        assert db.get_one(GroupRow, unseen).name == "No name"
        assert db.get_one(GroupRow, turned).summary == "Songs gnol"
        assert db.get_one(GroupRow, stray).name == "Songs"
        assert db.get_one(GroupRow, hebrew).name == "שירים"
        assert json.dumps("\u2068שירים\u2069") in db.get_one(GroupRow, hebrew).point
    assert said == ("2 listings with hidden or turned letters wait for a moderator, unlisted.",)


def test_organisers_that_look_alike_are_reported_and_stay_listed_under_their_names(
    older: Database,
) -> None:
    with older.writing() as db:
        groups = [
            add_group(db, "a", organiser="Leith Library"),
            add_group(db, "b", organiser="Lеith Library"),
            add_group(db, "c", organiser="Leith Library\u2060"),
        ]
        add_group(db, "d", organiser="Hill Hall")
    migrate.downgrade(older, BEFORE)

    said = upgrading.upgrade(older, NOW)

    with older.writing() as db:
        reports = {one.group_id: one.words for one in db.exec(select(ReportRow))}
        assert set(reports) == set(groups)
        assert "look alike" in reports[groups[0]]
        assert set(states(db, GroupRow).values()) == {ListingState.PUBLISHED}
        names = set(db.exec(select(OrganiserRow.name)))
        assert names == {"Leith Library", "Lеith Library", "Leith Library (2)", "Hill Hall"}
    assert said == ("3 listings and reviews are reported to moderators, and stay public.",)


def test_a_disguised_review_is_reported_and_an_unseen_one_is_held_and_not_counted(
    older: Database,
) -> None:
    with older.writing() as db:
        group = add_group(db)
        fine, number, turned = (publish(db, group, draft(level))[0].id for level in (1, 2, 3))
        say(db, fine, "Calm… and warm")
        say(db, number, "Ring ٠٧٧٠٠ ٩٠٠١٢٣")
        say(db, turned, "\u202emraw dna mlaC")
    migrate.downgrade(older, BEFORE)

    said = upgrading.upgrade(older, NOW)

    with older.writing() as db:
        found = states(db, ReviewRow)
        assert found[fine] == found[number] == ReviewState.PUBLISHED
        assert found[turned] == ReviewState.HELD
        (report,) = db.exec(select(ReportRow))
        assert (report.group_id, report.review_id) == (group, number)
        db.rollback()
        assert [stored(db, group)[f"reports_{level}"] for level in range(1, 4)] == [1, 1, 0]
    assert len(said) == 2


def test_a_mailbox_that_counted_twice_counts_once_and_nobody_is_merged(older: Database) -> None:
    with older.writing() as db:
        group = add_group(db)
        for number, level in enumerate((1, 2)):
            publish(db, group, draft(level), f"anna+{number}@example.org")
    migrate.downgrade(older, "0011")

    said = upgrading.upgrade(older, NOW)

    with older.writing() as db:
        assert [stored(db, group)[f"reports_{level}"] for level in (1, 2)] in ([1, 0], [0, 1])
        assert len(states(db, ReviewRow)) == 2
    assert said[0].startswith("1 reviews count no more")
    assert said[1:] == ("1 groups rated anew: 1 kept their level.",)
