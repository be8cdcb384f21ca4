"""A search from Leith, and the names of the groups that it finds."""

from datetime import datetime

from finder.platform.db.database import Db
from finder.search import queries as search_queries
from finder.search.rules import SearchQuery
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON


def names(db: Db, query: SearchQuery, now: datetime = TUESDAY_NOON) -> list[str]:
    cards, total, _ = search_queries.nearby(db, query, LEITH, now, NO_TERMS)
    assert total == len(cards)
    return [card.name.removeprefix("Group ") for card in cards]


def asking(**filters: object) -> SearchQuery:
    return SearchQuery("Leith", **filters)  # type: ignore[arg-type]
