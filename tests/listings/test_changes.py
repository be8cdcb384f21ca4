"""Two editors at once: every change of both is seen, and none is lost."""

from dataclasses import replace

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.vocabulary import CostKind
from finder.listings.changes import Whose, change_text, compare, differences, merged
from tests.support.examples import SONGS

PAID = Cost(CostKind.EACH_TIME, 150)
THEIRS = replace(SONGS, name="Harbour Singing", cost=PAID)
YOURS = replace(SONGS, name="Songs at the Harbour", facts={Fact.SING: True})


def test_what_changed_is_said_field_by_field() -> None:
    assert [str(change) for change in differences(SONGS, THEIRS)] == [
        "Name: Harbour Songs → Harbour Singing",
        "Cost: Free → £1.50 each time",
    ]
    assert change_text(SONGS, SONGS) == "Nothing that is shown"


def test_a_pin_that_moved_is_told_without_its_numbers() -> None:
    moved = replace(SONGS, venue=replace(SONGS.venue, place=Place(55.977, -3.1657)))
    address = "Harbour Hall, 1 Example Street, Leith, EH6 7BS"

    assert (
        change_text(SONGS, moved) == f"Where it is: {address} → {address}, with the pin elsewhere"
    )
    (line,) = compare(SONGS, moved, SONGS)
    assert (line.theirs, line.yours) == (address, f"{address}, with the pin elsewhere")


def test_a_long_text_is_shortened_in_the_history() -> None:
    change = change_text(SONGS, replace(SONGS, summary="a" * 2_000))

    assert change.startswith("In short: nothing → aaa")
    assert len(change) < 300


def test_each_field_says_who_changed_it() -> None:
    lines = {line.key: line for line in compare(SONGS, THEIRS, YOURS)}

    assert {key: line.whose for key, line in lines.items()} == {
        "name": Whose.BOTH,
        "cost": Whose.THEIRS,
        "sing": Whose.YOURS,
    }
    assert (lines["name"].theirs, lines["name"].yours) == (THEIRS.name, YOURS.name)


def test_saving_anyway_keeps_yours_where_both_changed_and_loses_nothing_of_theirs() -> None:
    draft = merged(SONGS, THEIRS, YOURS, {})

    assert draft == replace(YOURS, cost=PAID)


def test_theirs_stands_where_it_was_chosen() -> None:
    draft = merged(SONGS, THEIRS, YOURS, {"name": True})

    assert draft == replace(THEIRS, facts={Fact.SING: True})


def test_what_only_one_changed_is_never_lost_by_a_choice() -> None:
    draft = merged(SONGS, THEIRS, YOURS, {"cost": False, "sing": True, "name": True})

    assert draft.cost == PAID
    assert draft.facts == {Fact.SING: True}


def test_without_the_version_both_began_with_all_that_differs_is_to_choose() -> None:
    assert {line.whose for line in compare(None, THEIRS, YOURS)} == {Whose.BOTH}
    assert merged(None, THEIRS, YOURS, {"name": True, "cost": True}).cost == PAID
