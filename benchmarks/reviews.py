"""50,000 parents' reports recomputed, and one posterior. `python -m benchmarks.reviews`."""

import random
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from finder.accounts.tables import AccountRow
from finder.domain.facts import Fact
from finder.domain.talking.model import posterior, prior_for
from finder.domain.vocabulary import Format, VenueKind
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import ReviewState
from finder.reviews.saving import save
from finder.reviews.tables import ReviewFactRow, ReviewRow
from tests.support.examples import SONGS

REPORTS, GROUPS = 50_000, 5_000
MOST_REBUILT_S, MOST_ONE_MS = 10, 0.1
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def filled(database: Database, chance: random.Random) -> None:
    """10 reports for each of 5,000 groups, with three answers each."""
    with database.writing() as db:
        ids = [
            save(db, replace(SONGS, ref=str(n), name=f"Group {n}"), at=NOW).public_id
            for n in range(GROUPS)
        ]
        accounts = [
            {"id": uuid4(), "email": f"p{n}@example.org", "created_at": NOW} for n in range(10)
        ]
        db.execute(sa.insert(AccountRow), accounts)
        rows = [_review(group, account["id"], chance) for group in ids for account in accounts]
        db.execute(sa.insert(ReviewRow), rows)
        facts = [
            {"review_id": row["id"], "fact": fact, "is_yes": chance.random() < 0.7}
            for row in rows
            for fact in (Fact.SING, Fact.INCLUDED, Fact.SIT_AND_WATCH)
        ]
        db.execute(sa.insert(ReviewFactRow), facts)
        db.commit()


def _review(group: object, account: object, chance: random.Random) -> dict[str, object]:
    return {
        "id": uuid4(),
        "group_id": group,
        "account_id": account,
        "state": ReviewState.PUBLISHED,
        "level": chance.randint(1, 5),
        "visit_year": chance.choice((2025, 2026)),
        "visit_month": chance.randint(1, 11),
        "words": "",
        "advice": "",
        "print_words": True,
        "created_at": NOW,
        "updated_at": NOW,
    }


def main() -> None:
    """Print both times, in Markdown; fails where one is over its bound."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(database)
        filled(database, chance)
        began = time.perf_counter()
        with database.writing() as db:
            count = learning_service.rebuild_levels(db, NOW)
        rebuilt_s = time.perf_counter() - began
        database.close()
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)
    reports = [(chance.randint(1, 5), float(chance.randint(0, 700))) for _ in range(10)]
    began = time.perf_counter()
    for _ in range(10_000):
        posterior(1, reports, prior)
    one_ms = (time.perf_counter() - began) / 10
    print("| what | measured | wanted |\n| --- | --- | --- |")
    print(
        f"| {REPORTS:,} reports of {count:,} groups recomputed | {rebuilt_s:.1f} s | under 10 s |"
    )
    print(f"| one posterior, 10 reports | {one_ms:.3f} ms | under 0.1 ms |")
    if rebuilt_s >= MOST_REBUILT_S or one_ms >= MOST_ONE_MS:
        raise RuntimeError("a bound of the table is missed")


if __name__ == "__main__":
    main()
