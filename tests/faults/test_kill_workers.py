"""Workers are killed while parents write: what was answered with success is there, once."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select

from finder.accounts.tables import AccountRow
from finder.platform.db.database import Database
from finder.platform.mail.tables import OutboxRow
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow
from tests.faults.soak import rounds, tell
from tests.faults.trusting import COMMAND
from tests.support.databases import Server
from tests.support.review_parts import add_group, stored
from tests.support.served import Answer, Served, machine_of, serving

ROUNDS = rounds(3, 50)
WRITERS = 3
TRIES = 40
NOBODY_TAKES_MAIL = "smtp://127.0.0.1:9"  # so that letters, and the links in them, stay queued


@dataclass
class Said:
    """What the site answered with success, by the address of who asked."""

    sent: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    sent_again: int = 0
    troubles: list[str] = field(default_factory=list)


class Parent:
    """Writes reviews over HTTP, one after the other, and sends a form again if nobody answers."""

    def __init__(self, site: Served, database: Database, groups: list[UUID], said: Said) -> None:
        self.site, self.database, self.groups, self.said = site, database, groups, said

    def write(self, email: str, chance: random.Random) -> None:
        group = chance.choice(self.groups)
        path = f"/groups/{group}/review"
        typed = {"level": str(chance.randint(1, 5)), "visit": _last_month(), "email": email}
        if self._post(path, path, typed) != 303:
            return
        self.said.sent.append(email)
        link = self._link_to(email)
        if self._post(link, link, {}) == 200:
            self.said.confirmed.append(email)

    def _post(self, page: str, path: str, typed: dict[str, str]) -> int:
        """Fill in the form of a page and send it until somebody answers. Gives the status."""
        drawn = (str(random.randrange(256)) for _ in range(3))
        from_elsewhere = {"X-Forwarded-For": f"10.{'.'.join(drawn)}"}  # one network has a share
        form = self._until_answered(page, headers=from_elsewhere)
        hidden = dict(re.findall(r'name="(csrf_token|form_key)"[^>]*? value="([^"]+)"', form.body))
        cookie = {"Cookie": (form.headers["Set-Cookie"] or "").partition(";")[0]}
        answer = self._until_answered(path, {**hidden, **typed}, cookie | from_elsewhere)
        if answer.status >= 400:
            self.said.troubles.append(f"{answer.status} {answer.body[:300]}")
        return answer.status

    def _until_answered(
        self, path: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        for _ in range(TRIES):
            answer = self.site.ask(path, form, headers)
            if answer.status:
                return answer
            self.said.sent_again += form is not None
            time.sleep(0.05)
        raise AssertionError("nobody answers any more")

    def _link_to(self, email: str) -> str:
        with self.database.open() as db:
            body = db.exec(select(OutboxRow.body).where(col(OutboxRow.recipient) == email)).one()
        return re.findall(r"/reviews/confirm/[\w-]+", body)[0]


def _last_month() -> str:
    today = datetime.now(UTC).date()
    return f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02}"


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_that_was_answered_with_success_is_lost_or_there_twice(
    engine: str,
    tmp_path: Path,
    gazetteer_path: Path,
    migrated_file: Path,
    request: pytest.FixtureRequest,
) -> None:
    machine = machine_of(tmp_path, gazetteer_path, migrated_file)
    url = f"sqlite:///{tmp_path / 'finder.db'}"
    if engine == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create("quiet_killed", "quiet_template")
    database = Database(url)
    with database.writing() as db:
        groups = [add_group(db, f"group-{number}") for number in range(3)]
    own = {"FINDER_DATABASE_URL": url, "FINDER_MAIL_URL": NOBODY_TAKES_MAIL}
    own["FINDER_TRUSTED_PROXIES"] = "1"

    with serving(machine, workers=2, command=COMMAND, **own) as site:
        said = _kill_while_they_write(site, database, groups)

    assert said.troubles == []
    assert len(said.confirmed) >= ROUNDS
    _hold_to_account(database, groups, said)
    database.close()
    tell(
        f"{engine}: {ROUNDS} workers killed; {len(said.sent)} reviews and "
        f"{len(said.confirmed)} confirmations answered; {said.sent_again} forms sent again; 0 lost"
    )


def _kill_while_they_write(site: Served, database: Database, groups: list[UUID]) -> Said:
    said, ended, chance = Said(), threading.Event(), random.Random(11)

    def write(number: int) -> None:
        parent, own = Parent(site, database, groups, said), random.Random(number)
        for turn in _until(ended):
            try:
                parent.write(f"p{turn}.{number}@example.org", own)
            except Exception as error:  # a thread's own error would go unseen
                said.troubles.append(repr(error))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for round_number in range(ROUNDS):
        while len(said.confirmed) <= round_number and not said.troubles:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        if workers := site.workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
    ended.set()
    for writer in writers:
        writer.join()
    return said


def _until(ended: threading.Event) -> Iterator[int]:
    turn = 0
    while not ended.is_set():
        yield turn
        turn += 1


def _hold_to_account(database: Database, groups: list[UUID], said: Said) -> None:
    with database.writing() as db:
        rows = db.exec(
            select(ReviewRow.pending_email, AccountRow.email, ReviewRow.state)
            .select_from(ReviewRow)
            .join(AccountRow, isouter=True)
        ).all()
        per_person = Counter(pending or email for pending, email, _ in rows)
        published = {email for _, email, state in rows if state is ReviewState.PUBLISHED}
        letters = Counter(db.exec(select(OutboxRow.recipient)).all())
        assert set(per_person.values()) == {1}
        assert set(said.sent) <= set(per_person)
        assert set(said.confirmed) <= published
        assert max(letters.values()) <= 2  # the link, and the thanks
        for group in groups:
            before = stored(db, group)
            learning_service.rebuild_levels(db, datetime.now(UTC))
            assert stored(db, group) == before
        if database.is_sqlite:
            assert db.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
