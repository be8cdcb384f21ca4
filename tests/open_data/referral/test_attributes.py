"""What stands in attributes, since the standard has no field for it."""

from finder.domain.facts import Fact
from finder.domain.groups import Step
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import Expected, Format, VenueKind
from finder.open_data.referral.attributes import attributes_of, building_of
from tests.support.examples import as_listed, group


def lines(shapes: list) -> set[tuple[str, str, str | None]]:  # type: ignore[type-arg]
    return {(s["taxonomy_term"]["term"], s["link_type"], s.get("value")) for s in shapes}


def test_formats_facts_and_steps_are_there_in_our_words() -> None:
    draft = group(
        "g",
        other_formats=frozenset({Format.CRAFT}),
        facts={Fact.SING: False},
        steps=(Step(0, "Songs | and more", Expected.SING),),
    )

    found = lines(attributes_of(as_listed(draft)))

    assert {
        ("singing", "main", None),
        ("craft", "other", None),
        ("sing", "organiser", "no"),
        ("step", "detail", "0|sing|Songs | and more"),
        ("ages_months", "detail", "0-24"),
    } <= found


def test_facts_of_the_building_stand_with_the_venue() -> None:
    draft = group("g", kind=VenueKind.LIBRARY, building={Fact.STEP_FREE: True})

    assert ("step_free", "organiser", "yes") in lines(building_of(as_listed(draft)))
    assert ("library", "main", None) in lines(building_of(as_listed(draft)))
    assert not any(word == "step_free" for word, *_ in lines(attributes_of(as_listed(draft))))


def test_every_attribute_has_an_id_of_its_own() -> None:
    steps = tuple(Step(n, "Play", Expected.NEITHER) for n in range(5))
    found = attributes_of(as_listed(group("g", steps=steps, facts={Fact.SING: True})))

    assert len({one["id"] for one in found}) == len(found)


def test_parents_are_counted_by_level_from_three_on_and_no_chance_is_told() -> None:
    def told(*levels: int) -> set[tuple[str, str, str | None]]:
        draft = group("g")
        reports = [(level, 30.0) for level in levels]
        talking = rate(None, reports, draft.format, draft.venue.kind)
        return lines(attributes_of(as_listed(draft, talking=talking)))

    few, many = told(1, 2), told(1, 1, 2, 2)

    assert not {line for line in few if line[1] == "parents"}
    assert {("1", "parents", "2"), ("2", "parents", "2"), ("5", "parents", "0")} <= many
    assert "chance" not in {link for _, link, _ in few | many}
    assert (
        "talking_sentence",
        "detail",
        "One or two parents; they don’t agree.",
    ) in few
