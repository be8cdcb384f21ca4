from finder.domain import refused as domain_refused
from finder.domain.refused import Refused


def test_a_refusal_carries_the_field_and_says_what_to_do():
    refused = Refused("ends", "It must end after it starts")

    assert (refused.field, refused.message) == ("ends", "It must end after it starts")
    assert str(refused) == "It must end after it starts"


def test_drafts_and_schedules_refuse_with_the_same_error():
    assert domain_refused.Refused is Refused
