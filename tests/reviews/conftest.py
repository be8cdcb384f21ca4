"""What tests of reviews share: a database that both engines take in turn, a group, the pages."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from finder.platform.db.database import Database, Db
from tests.support.review_parts import add_group
from tests.support.review_site import site

__all__ = ["site"]


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)
