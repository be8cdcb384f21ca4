"""Two people with accounts, Anna and Ben, and the listings that they publish."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.domain.cost import Cost
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import CostKind
from finder.organise import service as organise_service
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Database, Db
from tests.support.examples import SONGS
from tests.support.examples import TUESDAY_NOON as NOW

LATER = NOW + timedelta(hours=1)
PAID = Cost(CostKind.EACH_TIME, 150)


@dataclass
class People:
    anna: UUID
    ben: UUID


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as db:
        yield db


@pytest.fixture
def people(db: Db) -> People:
    found = People(*(accounts_queries.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben")))
    db.commit()
    return found


def publish(
    db: Db, account: UUID, draft: GroupDraft = SONGS, organiser: UUID | None = None
) -> UUID:
    made = wizard_service.begin(db, account, "where", {}, NOW)
    return organise_service.publish(db, account, made, draft, organiser, NOW)


def kept(db: Db, account: UUID, group_id: UUID) -> GroupDraft:
    found = organise_service.own(db, account, group_id).draft
    db.rollback()
    return found
