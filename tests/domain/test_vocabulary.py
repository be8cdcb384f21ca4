"""The words of the product are those that the owner fixed."""

import pytest

from finder.domain.vocabulary import Format, TalkingLevel, VenueKind, Weekday

VENUE_KINDS = (
    "library church_hall council community_centre leisure_centre soft_play school_or_nursery "
    "cafe cinema museum outdoors private_studio other"
)
FORMATS = (
    "singing messy_play swimming stay_and_play story_time sensory music_and_dance "
    "massage_or_yoga craft soft_play coffee_and_chat buggy_walk baby_cinema animals "
    "signing_or_language weigh_in antenatal_or_postnatal feeding_support playgroup other"
)


def test_formats_and_venue_kinds_are_the_published_words() -> None:
    assert [kind.value for kind in VenueKind] == VENUE_KINDS.split()
    assert [kind.value for kind in Format] == FORMATS.split()


@pytest.mark.parametrize(
    ("level", "label"),
    [
        (1, "No talking needed"),
        (2, "A hello"),
        (3, "Some chat"),
        (4, "Chatty"),
        (5, "Introductions"),
    ],
)
def test_each_talking_level_has_its_label_and_its_promise(level: int, label: str) -> None:
    assert TalkingLevel(level).label == label
    assert TalkingLevel(level).promise.endswith(".")


def test_weekdays_count_as_dates_do() -> None:
    assert [day.number for day in Weekday] == list(range(7))
