"""Reading our own words back trusts nobody."""

import copy
from typing import Any

import pytest

from finder.domain.groups import Step
from finder.domain.refused import Refused
from finder.domain.vocabulary import Expected
from finder.open_data.referral.read_own import is_own, own_draft
from finder.open_data.referral.write import service
from tests.open_data.referral import uk_profile
from tests.support.examples import as_listed, group

DRAFT = group("g", steps=(Step(0, "Play", Expected.NEITHER),), website="https://example.org/")


def written() -> Any:
    return copy.deepcopy(service(as_listed(DRAFT), "https://example.org/groups/1"))


def set_detail(shape: Any, word: str, value: str) -> None:
    for one in shape["attributes"]:
        if one["taxonomy_term"]["term"] == word:
            one["value"] = value


def test_a_listing_comes_back_as_it_was() -> None:
    assert own_draft(written()) == DRAFT


def test_a_service_of_somebody_else_is_not_ours() -> None:
    assert not is_own(uk_profile.read("examples/service_full.json"))
    assert not is_own({"attributes": [None, 3, {"taxonomy_term": "x"}]})


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ref", "x" * 121),
        ("website", "javascript:alert(1)"),
        ("website", "https://" + "x" * 500),
        ("booking", "by_owl"),
        ("ages_months", "0"),
        ("ages_months", "0-900"),
        ("step", "x|y|z"),
    ],
)
def test_nonsense_in_our_words_is_refused(word: str, value: str) -> None:
    shape = written()
    set_detail(shape, word, value)

    with pytest.raises((Refused, ValueError)):
        own_draft(shape)


@pytest.mark.parametrize("field", ["name", "organization", "schedules", "fees"])
def test_half_a_listing_is_refused(field: str) -> None:
    shape = written()
    del shape[field]

    with pytest.raises(KeyError):
        own_draft(shape)


def test_what_no_database_can_hold_is_left_out() -> None:
    shape = written()
    shape["name"] = "Har\0bour\x1b Songs"

    assert own_draft(shape).name == "Harbour Songs"
