"""Groups as Open Referral UK: every one valid, every one read back as it was."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from finder.domain.facts import Answers, Fact
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.open_data.referral import write as referral_write
from finder.open_data.referral.read_own import is_own, own_draft
from tests.open_data.referral import uk_profile
from tests.spreadsheets.any_listing import groups
from tests.support.examples import TUESDAY_NOON, any_group, as_listed, group

PAGE = "https://example.org/groups/1"
MAKERS = {
    "service": referral_write.service,
    "service_list": referral_write.service_in_list,
    "service_at_location": referral_write.service_at_location,
    "service_at_location_list": referral_write.service_at_location_in_list,
}


@pytest.mark.parametrize("shape", MAKERS)
def test_groups_of_every_kind_are_of_the_uk_profile(shape: str) -> None:
    random = Random(6)

    for number in range(100):
        one = as_listed(any_group(f"g{number}", random))
        assert uk_profile.faults(shape, MAKERS[shape](one, PAGE)) == []


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(groups())
def test_whatever_a_group_says_is_valid_and_comes_back(draft: GroupDraft) -> None:
    shape = referral_write.service(as_listed(draft), PAGE)

    assert uk_profile.faults("service", shape) == []
    assert is_own(shape)
    assert own_draft(shape) == draft


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("https://", ""),
        ("https://[", ""),
        ("https://exa mple.org", ""),
        ("https://example.org:port/", ""),
        ("", ""),
    ],
)
def test_an_address_leaves_as_a_valid_one_or_not_at_all(typed: str, sent: str) -> None:
    assert referral_write.whole_uri(typed) == sent


def test_a_link_that_is_no_address_gives_way_to_our_own_page() -> None:
    shape = referral_write.service(as_listed(group("g", website="https://[")), PAGE)

    assert shape["url"] == PAGE


def test_counts_below_three_name_nobody() -> None:
    facts = {Fact.SING: Answers(True, 1, 1), Fact.ROTA: Answers(None, 5, 2)}
    shape = referral_write.service(as_listed(group("g"), facts=facts), PAGE)

    said = [
        (one["taxonomy_term"]["term"], one["value"])
        for one in shape["attributes"]
        if one["link_type"] == "parents"
    ]
    assert said == [("sing", "one or two parents"), ("rota", "5 yes, 2 no")]


def test_what_has_ended_or_paused_says_so() -> None:
    one = as_listed(group("g"))
    states = (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED)

    said = [referral_write.service(replace(one, state=state), PAGE)["status"] for state in states]

    assert said == ["active", "temporarily closed", "defunct"]


def test_ids_stay_the_same_when_a_group_changes() -> None:
    before = referral_write.service(as_listed(group("g")), PAGE)
    later = as_listed(group("g", summary="New"), updated_at=TUESDAY_NOON + timedelta(days=1))
    after = referral_write.service(later, PAGE)

    assert before["schedules"] == after["schedules"]
    assert before["service_at_locations"] == after["service_at_locations"]
    assert before["last_modified"] == "2026-11-24T12:00:00.000Z"
    assert after["last_modified"] == "2026-11-25T12:00:00.000Z"
