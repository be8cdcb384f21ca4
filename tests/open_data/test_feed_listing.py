"""What a feed offers is told apart by what it says."""

from dataclasses import replace

from finder.domain.facts import Fact
from finder.domain.vocabulary import Format
from finder.open_data.feed_import.feed_listing import Offer, Skipped
from tests.support.examples import group


def digest(**changes: object) -> str:
    return Offer("1", "Songs", group("g", **changes)).digest


def test_a_digest_changes_with_anything_that_is_said() -> None:
    every = [
        digest(),
        digest(summary="New"),
        digest(facts={Fact.SING: True}),
        digest(facts={Fact.SING: False}),
        digest(building={Fact.PARKING: True}),
        digest(other_formats=frozenset({Format.CRAFT})),
    ]

    assert len(set(every)) == len(every)


def test_a_digest_does_not_depend_on_the_order_in_which_things_are_said() -> None:
    one = {Fact.SING: True, Fact.ROTA: False}
    other = {Fact.ROTA: False, Fact.SING: True}
    formats = [Format.CRAFT, Format.ANIMALS, Format.STORY_TIME]

    assert digest(facts=one) == digest(facts=other)
    assert digest(other_formats=frozenset(formats)) == digest(
        other_formats=frozenset(reversed(formats))
    )
    assert digest() == Offer("2", "Other", replace(group("g"))).digest


def test_nothing_has_no_digest() -> None:
    assert Offer("1", "Songs", why=Skipped.NO_POSTCODE).digest == ""
