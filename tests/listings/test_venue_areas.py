"""An area is found by its name once a published group meets there, and only then."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from finder.domain.groups import GroupDraft, Place
from finder.domain.vocabulary import ListingState, Nation
from finder.listings.tables import VenueRow
from finder.listings.venue_areas import VenueAreas, area_names, areas_called, renew_keys
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Found, NotFound, name_key
from finder.platform.db.database import Database
from tests.places.plain_areas import PlainAreas
from tests.support.databases import explained
from tests.support.examples import LEITH, group, keep

SPELLINGS = (
    *("Leith", "LEITH", "leith", "Leith.", "St Mary's Isle", "Saint Marys Isle", "Ynys Fôn"),
    *("Ynys-Fon", "Pitlochry", "London", "Newport", "Tipton & Dudley Port", "Tipton and Dudley"),
    *("Straße", "Strasse", "Upper Leith", "Leith Walk", "-", "Édinbourg", "EH6"),
)
TYPED = (
    *("leith", "Lieth", "LEITH", "Leith, EH6", "Leith, NP20", "Leith Scotland", "Leith, Edinburgh"),
    *("st marys isle", "Saint Mary’s Isle", "St Marys", "ynys fon", "Ynys Von", "Pitlochry"),
    *("London", "Newport", "Newport, NP20", "Newport Wales", "tipton and dudley port", "Tipton"),
    *("Dudley Porte", "strasse", "Strase", "Upper Leith", "Leith Walk Edinburgh", "-", "nowhere"),
    *("edinbourg", "EH6", "EH6 7BS"),
)
WHERE = (
    (55.9765625, -3.1640625, "EH6 7BS", Nation.SCOTLAND, "S12000036"),
    (55.96875, -3.171875, "EH6 8RR", Nation.SCOTLAND, "S12000036"),
    (55.90625, -3.25, "EH14 1AA", Nation.SCOTLAND, "S12000019"),
    (51.5859375, -2.9921875, "NP20 1AA", Nation.WALES, "W06000022"),
    (51.5078125, -0.125, "SW1A 1AA", Nation.ENGLAND, "E09000033"),
    (56.703125, -3.734375, "PH16 5BX", Nation.SCOTLAND, "S12000048"),
)
"""Halves of halves of degrees: sums of them are exact, whatever the order of adding."""


def at(
    ref: str, locality: str, where: tuple[float, float, str, Nation, str] = WHERE[0]
) -> GroupDraft:
    """A group at a venue of its own in an area of this name."""
    north, east, postcode, nation, council = where
    draft = group(ref, north=0)
    venue = replace(
        draft.venue,
        locality=locality,
        postcode=postcode,
        place=Place(north, east),
        nation=nation,
        council_code=council,
    )
    return replace(draft, venue=venue)


def fill(database: Database, lot: int) -> None:
    """Venues drawn by lot: few names, spelled in many ways, here and there, not all in use."""
    random = Random(lot)
    with database.writing() as db:
        for number in range(90):
            north, east, *rest = random.choice(WHERE)
            moved = (north + random.randint(-4, 4) / 128, east + random.randint(-4, 4) / 128)
            draft = at(f"group-{number}", random.choice(SPELLINGS), (*moved, *rest))
            state = random.choice([*[ListingState.PUBLISHED] * 5, *ListingState])
            keep(db, draft, state=state)


@pytest.mark.parametrize("lot", [1, 2, 3])
def test_everybody_is_answered_as_if_all_venues_were_read(
    database: Database, gazetteer_dir: Path, lot: int
) -> None:
    fill(database, lot)
    ours, plain = VenueAreas(database), PlainAreas(database)

    assert ours.names() == plain.names()
    for key in {name_key(text) for text in SPELLINGS} - {""}:
        assert ours.called([key]) == plain.called([key])
    for typed in TYPED:
        assert Gazetteer(gazetteer_dir, venue_places=ours).find(typed) == Gazetteer(
            gazetteer_dir, venue_places=plain
        ).find(typed), typed
    assert len(plain.names()) > 6


def test_an_area_is_the_middle_of_its_venues_with_published_groups(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("a", north=1000), group("b", north=-1000))
        keep(db, group("c", north=9000), state=ListingState.PAUSED)

        [leith] = areas_called(db, ["leith"])

    assert (leith.name, leith.postcode, leith.council_code) == ("Leith", "EH6 7BS", "S12000036")
    assert leith.place.latitude == pytest.approx(LEITH.latitude)


def test_an_area_is_found_by_its_new_name_once_its_organiser_renamed_it(
    database: Database, gazetteer_dir: Path
) -> None:
    with database.writing() as db:
        keep(db, at("songs", "Quiethaven"))
        keep(db, at("songs", "Stillmere"))

    gazetteer = Gazetteer(gazetteer_dir, venue_places=VenueAreas(database))

    assert isinstance(gazetteer.find("stillmere"), Found)
    assert isinstance(gazetteer.find("Quiethaven"), NotFound)


def test_an_area_is_found_by_nobody_once_its_only_group_is_hidden(database: Database) -> None:
    with database.writing() as db:
        keep(db, at("songs", "Leith"))
        keep(db, at("songs", "Leith"), state=ListingState.HIDDEN)

        assert areas_called(db, ["leith"]) == []
        assert area_names(db) == []


@pytest.mark.parametrize("letter", ["ﷺ", "&", "ß", "x"])
def test_the_longest_name_of_an_area_can_be_kept_and_found(database: Database, letter: str) -> None:
    name = letter * 120
    with database.writing() as db:
        keep(db, at("songs", name), at("rhymes", "Leith"))

    with database.session() as db:
        assert [place.name for place in areas_called(db, [name_key(name)])] == [name]


def test_a_name_is_looked_up_in_its_index_and_nowhere_else(database: Database) -> None:
    with database.writing() as db:
        keep(db, at("songs", "Leith"))
        if not database.is_sqlite:
            db.execute(sa.text("SET LOCAL enable_seqscan = off"))

        for ask in (lambda: areas_called(db, ["leith"]), lambda: area_names(db)):
            plan = explained(db, ask)

            assert "ix_venues_locality_key" in plan
            assert "SCAN venues" not in plan
            assert "Seq Scan on venues" not in plan


def test_what_a_release_before_or_another_rule_wrote_is_found_after_renewing(
    database: Database,
) -> None:
    with database.writing() as db:
        keep(db, at("songs", "Leith"), at("rhymes", "St. Mary's"), at("play", "Leith Walk"))
        for name, wrong in {"Leith": None, "St. Mary's": "st mary s"}.items():
            db.execute(
                sa.update(VenueRow).where(sa.column("locality") == name).values(locality_key=wrong)
            )
        db.commit()
    with database.writing() as db:
        assert areas_called(db, ["leith", "st marys"]) == []

        renewed = renew_keys(db.connection())

        assert renewed == 2
        assert [p.name for p in areas_called(db, ["leith", "st marys"])] == ["Leith", "St. Mary's"]
        assert renew_keys(db.connection()) == 0
