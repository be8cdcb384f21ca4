"""Every field of a listing can be read, said in words, and put into another listing."""

from dataclasses import fields, replace
from random import Random

import pytest

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, VenueDraft
from finder.listings.fields import FIELDS, answer_word, with_answer
from tests.support.examples import SONGS, any_group

NOT_CHANGED = {"ref", "organiser", "is_example"}


@pytest.mark.parametrize("number", range(20))
def test_all_fields_of_one_listing_put_into_another_make_it_the_same(number: int) -> None:
    draft = SONGS
    wanted = any_group("songs", Random(number))

    for field in FIELDS:
        draft = field.put(draft, field.value(wanted))

    kept = {name: getattr(wanted, name) for name in NOT_CHANGED}
    assert replace(draft, **kept) == wanted


def test_no_part_of_a_draft_is_forgotten() -> None:
    """Whoever adds to the draft must add to the fields, or a change of it would go unseen."""
    assert {f.name for f in fields(GroupDraft)} == NOT_CHANGED | {
        *("name", "venue", "format", "other_formats", "sessions", "cost", "booking", "summary"),
        *("age_from_months", "age_to_months", "size", "claimed_level", "facts", "noise", "busy"),
        *("steps", "getting_in", "booking_url", "booking_phone", "website"),
    }
    assert {f.name for f in fields(VenueDraft)} == {
        *("name", "kind", "street", "locality", "postcode", "place", "nation", "council_code"),
        "facts",
    }


def test_any_mixture_of_two_listings_makes_sense() -> None:
    random = Random(7)
    for number in range(60):
        one, other = any_group(f"a{number}", random), any_group(f"b{number}", random)
        draft = one
        for field in FIELDS:
            if random.random() < 0.5:
                draft = field.put(draft, field.value(other))


def test_fields_read_as_people_say_them() -> None:
    words = {field.key: field.words(SONGS) for field in FIELDS}

    assert words["name"] == "Harbour Songs"
    assert words["sessions"] == "Every Tuesday, 10:00 to 11:00"
    assert words["ages"] == "Birth to 2 years"
    assert words["cost"] == "Free"
    assert words["summary"] == "nothing"
    assert words["sing"] == "not known"
    assert words["venue"] == "Harbour Hall, 1 Example Street, Leith, EH6 7BS"


def test_an_answer_is_put_in_and_taken_out() -> None:
    facts = with_answer({Fact.SING: True}, Fact.CRAFT, False)

    assert facts == {Fact.SING: True, Fact.CRAFT: False}
    assert with_answer(facts, Fact.SING, None) == {Fact.CRAFT: False}
    assert answer_word(None) == "not known"
