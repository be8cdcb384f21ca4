from finder.domain.refused import Refused


def test_a_refusal_carries_the_field_and_says_what_to_do():
    refused = Refused("ends", "It must end after it starts")

    assert (refused.field, refused.message) == ("ends", "It must end after it starts")
    assert str(refused) == "It must end after it starts"
