"""Mail in the queue, and a real SMTP server that takes it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finder.platform.db.database import Database, Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.transports import Smtp, transport_from
from tests.support.smtp_sink import Sink, running_sink

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SITE = "https://quiet.example.org"


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


def smtp(sink: Sink, data_dir: Path) -> Smtp:
    made = transport_from(f"smtp://127.0.0.1:{sink.port}", SITE, data_dir)
    assert isinstance(made, Smtp)
    return made


def queue(db: Db, *keys: str, at: datetime = NOW) -> None:
    for key in keys:
        mail_queries.queue(db, key, f"{key}@example.org", "Please confirm", f"The {key} link", at)
    db.commit()
