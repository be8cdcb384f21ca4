"""The rating learns from all reviews, and all levels are worked out anew."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from finder.domain.talking.beliefs import Tables
from finder.domain.talking.learning import learn_tables
from finder.listings import learned
from finder.platform.db.database import Database, Db
from finder.reviews.learning import queries


@dataclass(frozen=True)
class Rebuilt:
    """How many groups were rated anew. moved: how many levels moved by 1, 2, 3 or 4."""

    groups: int
    moved: Mapping[int, int]


@dataclass(frozen=True)
class Learned:
    """What was learned. taught: how many groups taught it. kept: the new tables as JSON."""

    before: Tables
    after: Tables
    taught: int
    rebuilt: Rebuilt
    kept: str


def learn(db: Db, now: datetime) -> Learned:
    """Learn the model's tables from all published reviews, and rebuild every level by them."""
    before, evidence = learned.tables_in_use(db), list(queries.evidence_of_groups(db, now))
    after = learned.keep_tables(db, learn_tables(evidence), len(evidence), now)
    db.commit()
    return Learned(before, after, len(evidence), rebuild(db, now), learned.words_of(after))


def rebuild_levels(db: Db, now: datetime) -> int:
    """Work out every group's levels and facts anew from its reviews. Gives how many groups.

    Gives the numbers that the reviews gave one by one, but for what time has done to them.
    """
    return rebuild(db, now).groups


def rebuild(db: Db, now: datetime, *, is_all: bool = True) -> Rebuilt:
    """The same, and how many levels moved. Not all: only groups that other tables rated.

    A second call changes nothing. An upgrade asks for those that a release before has rated.
    """
    count, last, moved = 0, None, Counter[int]()
    tables = learned.tables_in_use(db)
    while some := queries.rebuild_some(db, last, now, tables, is_all=is_all):
        db.commit()
        count, last = count + len(some), max(some)
        moved.update(steps for steps in some.values() if steps)
    db.rollback()
    return Rebuilt(count, dict(sorted(moved.items())))


def rate_outdated(database: Database, now: datetime) -> Rebuilt:
    """Rate the groups anew that a release before, or other tables, have rated."""
    with database.writing() as db:
        return rebuild(db, now, is_all=False)
