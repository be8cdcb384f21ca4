"""A database that both engines take in turn, a group and a moderator, for these tests."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from finder.accounts.rules import Account
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import moderator
from tests.support.review_parts import add_group


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


@pytest.fixture
def mod(db: Db) -> Account:
    return moderator(db)
