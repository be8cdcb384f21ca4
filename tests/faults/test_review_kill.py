"""Killed at any point, the stored levels are those that the kept reviews give."""

import os
import random
import signal
import subprocess
import sys
import time

from sqlmodel import select

from finder.listings.tables import GroupRow
from finder.platform.db.database import Database
from finder.reviews.learning import service as learning_service
from finder.reviews.tables import ReviewRow
from tests.support.paths import TOP
from tests.support.review_parts import NOW, add_group, stored

ROUNDS = 4
WRITER = """
import sys
from itertools import count
from uuid import UUID
from finder.reviews import service as reviews_service
from finder.platform.db.database import Database
from tests.support.review_parts import NOW, draft, publish
from finder.domain.facts import Fact

database, group = Database(sys.argv[1]), UUID(sys.argv[2])
for n in count():
    with database.writing() as db:
        answers = draft(n % 5 + 1, facts={Fact.SING: n % 2 == 0})
        _, token = publish(db, group, answers, f"p{n}.{sys.argv[3]}@example.org")
        if n % 3 == 0:
            reviews_service.change(db, token, draft(1), NOW)
        if n % 4 == 0:
            reviews_service.withdraw(db, token, NOW)
    print(n, flush=True)
"""


def test_stored_levels_are_those_of_a_rebuild_after_kill_9(sqlite_database: Database) -> None:
    url = str(sqlite_database.engine.url)
    chance = random.Random(7)
    with sqlite_database.writing() as db:
        group = add_group(db)
    for round_number in range(ROUNDS):
        _write_until_killed(url, str(group), round_number, chance)

        with sqlite_database.writing() as db:
            before = stored(db, group)
            learning_service.rebuild_levels(db, NOW)
            assert stored(db, group) == before
            assert db.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert db.exec(select(ReviewRow)).first() is not None
            assert db.get_one(GroupRow, group).reports_1 > 0


def _write_until_killed(url: str, group: str, number: int, chance: random.Random) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, group, str(number)],
        stdout=subprocess.PIPE,
        cwd=TOP,
    )
    assert writer.stdout is not None
    for _ in range(chance.randint(2, 6)):
        assert writer.stdout.readline(), "the writer fell over"
    time.sleep(chance.random() * 0.03)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
