"""What is asked without a session is answered as the session would answer."""

from datetime import time

import pytest
import sqlalchemy as sa

from finder.domain.facts import Fact
from finder.domain.nearness import nearness
from finder.domain.search import SearchQuery
from finder.domain.vocabulary import Format, Sort, TalkingLevel, Weekday
from finder.store import straight
from finder.store.database import Database
from finder.store.search_filters import asked
from finder.store.search_statements import page_ids_of, point_ids_of
from tests.support.examples import LEITH, group, keep

QUERIES = [
    SearchQuery(""),
    SearchQuery("", 25, sort=Sort.QUIET, talking=TalkingLevel.HELLO, is_sure=True),
    SearchQuery("", formats=frozenset({Format.SINGING}), age_months=6, max_cost_pence=500),
    SearchQuery("", can=frozenset({Fact.LEAVE_EARLY}), must_not=frozenset({Fact.SING})),
    SearchQuery("", days=frozenset({Weekday.TUE}), starts_after=time(10), ends_before=time(12, 30)),
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_the_rows_are_those_of_a_session(database: Database, query: SearchQuery) -> None:
    with database.writing() as db:
        keep(db, group("a"), group("b", north=900), group("c", facts={Fact.LEAVE_EARLY: True}))
        db.commit()
    ask = asked(query, nearness(LEITH))
    values = {**ask.values, "worst": 2, "most": 20}
    ids = page_ids_of(ask.shape, ask.strips, query.sort), {**values, "skip": 0}
    points = point_ids_of(ask.shape, ask.strips), values

    for statement, given in (ids, points):
        with database.reading() as one, database.reading() as other:
            found = straight.rows(one, statement, given)
            assert not one.in_transaction() or "slot" in ask.shape
            assert list(found) == list(other.execute(statement, given).all())
            assert len(found) > 0


def test_a_session_in_the_middle_of_something_is_asked_itself(database: Database) -> None:
    ask = asked(SearchQuery(""), nearness(LEITH))
    statement = point_ids_of(ask.shape, ask.strips), {**ask.values, "worst": 2, "most": 20}
    with database.writing() as db:
        keep(db, group("about to be hidden"))
        db.execute(sa.text("UPDATE groups SET state = 'hidden'"))
        assert straight.rows(db, *statement) == []
        db.rollback()

    with database.reading() as db:
        assert len(straight.rows(db, *statement)) == 1


def test_what_fails_fails_as_it_does_in_a_session(database: Database) -> None:
    statement = sa.select(sa.literal_column("nothing_of_that_name"))

    with database.reading() as db, pytest.raises(sa.exc.DBAPIError):
        straight.rows(db, statement, {})
