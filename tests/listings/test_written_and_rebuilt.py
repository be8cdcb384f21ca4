"""Whatever is written, the columns that a search reads are those that a rebuild gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from sqlmodel import select

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import CostKind, Format, ListingState, TalkingLevel, Weekday
from finder.listings.search_columns import columns_of
from finder.listings.tables import GroupRow
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.reviews import queries as reviews_queries
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import ReviewState
from finder.reviews.saving import save
from finder.reviews.tables import ReviewRow
from tests.support.examples import HALL, SONGS, group, keep
from tests.support.review_parts import NOW, draft, publish

OFF = date(2026, 12, 1), time(10)


def saved_as(**changes: object) -> Callable[[Db, UUID], object]:
    changed = replace(SONGS, **changes)  # type: ignore[arg-type]
    return lambda db, _: save(db, changed, at=NOW)


def another_at_a_changed_venue(db: Db, _: UUID) -> None:
    moved = replace(HALL, name=HALL.name, locality="Newhaven", facts={Fact.STEP_FREE: True})
    save(db, replace(group("other"), venue=moved), at=NOW)


def a_review(db: Db, id_: UUID) -> None:
    publish(db, id_, draft(2, words="Nobody made me sing."))


def a_review_taken_back(db: Db, id_: UUID) -> None:
    publish(db, id_, draft(4))
    for row in db.exec(select(ReviewRow)):
        row.state = ReviewState.HIDDEN
    db.flush()
    reviews_queries.recount(db, id_, NOW)


def a_date_cancelled(db: Db, id_: UUID) -> None:
    upkeep_queries.cancel(db, id_, [OFF, (date(2026, 12, 8), time(10))], "Hall shut")


def a_date_put_back(db: Db, id_: UUID) -> None:
    a_date_cancelled(db, id_)
    upkeep_queries.restore(db, id_, *OFF)


def cancelled_then_saved(db: Db, id_: UUID) -> None:
    a_date_cancelled(db, id_)
    save(db, replace(SONGS, name="Songs again"), at=NOW)


def paused(db: Db, id_: UUID) -> None:
    a_date_cancelled(db, id_)
    upkeep_queries.set_state(db, id_, ListingState.PAUSED, NOW)


WRITES: dict[str, Callable[[Db, UUID], object]] = {
    "name": saved_as(name="Other songs"),
    "claim": saved_as(claimed_level=TalkingLevel.CHATTY),
    "format": saved_as(format=Format.CRAFT),
    "cost": saved_as(cost=Cost(CostKind.BLOCK, 3600, block_sessions=6)),
    "facts": saved_as(facts={Fact.SING: False}),
    "sessions": saved_as(sessions=(Session(Weekday.SUN, time(9), time(10)),)),
    "venue": saved_as(venue=replace(HALL, name="New hall", council_code="")),
    "another group's word of the venue": another_at_a_changed_venue,
    "review": a_review,
    "review taken back": a_review_taken_back,
    "dates cancelled": a_date_cancelled,
    "date put back": a_date_put_back,
    "dates cancelled, then saved": cancelled_then_saved,
    "paused": paused,
    "copied": lambda db, id_: upkeep_queries.copy(db, id_, NOW),
}


def stored(db: Db) -> dict[UUID, dict[str, object]]:
    db.expire_all()
    names = columns_of(SONGS)
    return {row.id: {n: getattr(row, n) for n in names} for row in db.exec(select(GroupRow))}


@pytest.mark.parametrize("write", WRITES)
def test_what_was_written_is_what_a_rebuild_gives(database: Database, write: str) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        before = stored(db)[saved.public_id]

        WRITES[write](db, saved.public_id)
        db.commit()
        written = stored(db)
        learning_service.rebuild_levels(db, NOW)

        assert stored(db) == written
        assert written[saved.public_id] != before or write in {"copied", "review taken back"}
