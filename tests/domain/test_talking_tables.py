"""What is believed before anybody speaks."""

import pytest

from finder.domain.talking_tables import prior_for, tilted
from finder.domain.vocabulary import Format, VenueKind


@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("kind", list(VenueKind))
def test_every_format_and_venue_kind_has_five_chances(format: Format, kind: VenueKind) -> None:
    assert sum(prior_for(format, kind)) == pytest.approx(1)


def test_singing_is_usually_quieter_than_coffee_and_chat() -> None:
    singing = prior_for(Format.SINGING, VenueKind.CHURCH_HALL)
    coffee = prior_for(Format.COFFEE_AND_CHAT, VenueKind.CHURCH_HALL)

    assert sum(singing[:2]) > 0.5 > sum(coffee[:2])


def test_a_tilt_above_nought_leans_louder() -> None:
    even = (0.2, 0.2, 0.2, 0.2, 0.2)

    assert tilted(even, 0.5)[4] > 0.2 > tilted(even, 0.5)[0]
