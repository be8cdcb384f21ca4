"""A parent types where they are, and gets what is near it, with few questions to the database."""

from dataclasses import replace
from uuid import uuid4

import pytest

from finder.domain.facts import Fact
from finder.domain.refused import NothingThere
from finder.domain.vocabulary import Format, ListingState, Sort, TalkingLevel
from finder.group_page import service as group_page_service
from finder.group_page.rules import ListingPage
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, NotFound
from finder.platform.db.database import Database
from finder.search import service as search_service
from finder.search.rules import MapPoints, Results, SearchQuery
from tests.support.databases import statements
from tests.support.examples import NO_TERMS, SONGS, TUESDAY_NOON, group, keep, name_of


def test_a_postcode_gives_the_groups_near_it(database: Database, gazetteer: Gazetteer) -> None:
    with database.writing() as db:
        keep(db, *(group(f"{n:02}", north=n * 10) for n in range(25)))

        query = SearchQuery("eh67bs", page=2)
        found = search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)

    assert isinstance(found, Results)
    assert (found.centre_label, found.is_centre_approximate) == ("EH6 7BS", False)
    assert (found.total, found.pages, len(found.cards)) == (25, 2, 5)
    assert found.relaxations == ()


def test_a_page_after_the_last_is_the_last(database: Database, gazetteer: Gazetteer) -> None:
    with database.writing() as db:
        keep(db, *(group(f"{n:02}") for n in range(25)))

        query = SearchQuery("EH6 7BS", page=9)
        found = search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)

    assert isinstance(found, Results)
    assert (found.query.page, len(found.cards)) == (2, 5)


def test_a_place_that_is_not_there_and_one_of_many_are_not_searched(
    database: Database, gazetteer: Gazetteer
) -> None:
    with database.open() as db, statements(db) as said:
        for near, kind, asked in (("EH99 9ZZ", NotFound, 0), ("Newport", Choices, 1)):
            query = SearchQuery(near)
            groups = search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)
            points = search_service.find_points(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)
            assert isinstance(groups, kind)
            assert isinstance(points, kind)
            assert len(said) == asked


def test_few_results_come_with_what_each_filter_costs(
    database: Database, gazetteer: Gazetteer
) -> None:
    with database.writing() as db:
        keep(db, SONGS)

        query = SearchQuery("EH6 7BS", formats=frozenset({Format.CRAFT}))
        found = search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)

    assert isinstance(found, Results)
    assert [one.words for one in found.relaxations] == ["1 more of other kinds of group"]


def test_a_results_page_takes_at_most_three_statements(
    database: Database, gazetteer: Gazetteer
) -> None:
    with database.writing() as db:
        keep(db, *(group(str(n)) for n in range(3)))
        for sort in Sort:
            for page in (1, 5):
                query = SearchQuery("EH6 7BS", sort=sort, page=page)
                with statements(db) as said:
                    search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)
                assert len(said) <= 3


def test_a_group_page_with_quieter_ones_takes_at_most_five_statements(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, group("chat", format=Format.COFFEE_AND_CHAT))
        db.expunge_all()

        with statements(db) as said:
            page = group_page_service.show_group(db, saved.public_id, TUESDAY_NOON, NO_TERMS)
            assert isinstance(page, ListingPage)
            group_page_service.quieter_nearby(db, NO_TERMS, page, TUESDAY_NOON)

    assert len(said) <= 5


def test_the_map_gets_the_same_groups(database: Database, gazetteer: Gazetteer) -> None:
    with database.writing() as db:
        keep(db, group("a"), group("b", north=90_000))

        query = SearchQuery("EH6 7BS")
        found = search_service.find_points(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)

    assert isinstance(found, MapPoints)
    assert list(map(name_of, found.points)) == ["Group a"]


def test_a_hidden_group_has_no_page(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS, state=ListingState.HIDDEN)

        with pytest.raises(NothingThere):
            group_page_service.show_group(db, saved.public_id, TUESDAY_NOON, NO_TERMS)


def test_quieter_groups_are_the_nearest_four_that_ask_for_less_and_are_known_to(
    database: Database,
) -> None:
    quiet = {"format": Format.BABY_CINEMA, "claimed_level": TalkingLevel.NO_TALKING}
    with database.writing() as db:
        [chatty] = keep(db, group("chatty", format=Format.COFFEE_AND_CHAT))
        keep(db, *(group(f"film {n}", north=n * 500, **quiet) for n in range(1, 7)))
        keep(db, group("untold", format=Format.BABY_CINEMA))
        page = group_page_service.show_group(db, chatty.public_id, TUESDAY_NOON, NO_TERMS)
        assert isinstance(page, ListingPage)

        found = group_page_service.quieter_nearby(db, NO_TERMS, page, TUESDAY_NOON)
        silent = replace(page, talking=replace(page.talking, level=TalkingLevel.NO_TALKING))

        assert [card.name for card in found] == [f"Group film {n}" for n in range(1, 5)]
        assert group_page_service.quieter_nearby(db, NO_TERMS, silent, TUESDAY_NOON) == ()


def test_at_most_fifty_saved_groups_are_shown(database: Database) -> None:
    with database.writing() as db:
        ids = [saved.public_id for saved in keep(db, *(group(str(n)) for n in range(52)))]

        found = search_service.saved_groups(db, NO_TERMS, [*reversed(ids)], TUESDAY_NOON)
        assert [card.public_id for card in found] == list(reversed(ids))[:50]
        assert search_service.saved_groups(db, NO_TERMS, [uuid4()], TUESDAY_NOON) == ()


def test_a_fact_that_nobody_told_us_never_passes_as_a_yes(
    database: Database, gazetteer: Gazetteer
) -> None:
    with database.writing() as db:
        keep(db, SONGS)

        query = SearchQuery("EH6 7BS", can=frozenset({Fact.LEAVE_EARLY}))
        found = search_service.find_groups(db, gazetteer, NO_TERMS, query, TUESDAY_NOON)

    assert isinstance(found, Results)
    assert (found.total, found.bands.not_known) == (0, 1)
