"""The talking rating brings all that a page shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking.beliefs import Tables
from finder.domain.talking.model import prior_for, shown_level
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

UP_TO = (1, 2, 3, 4, 5)


@given(st.sampled_from(Format), st.sampled_from(VenueKind))
def test_a_group_nobody_spoke_of_shows_its_formats_usual_level_as_a_guess(
    name: Format, kind: VenueKind
) -> None:
    talking = rate(None, [], name, kind)

    assert talking.probabilities == pytest.approx(prior_for(name, kind))
    assert talking.level == shown_level(prior_for(name, kind))
    assert not talking.is_known
    usual = talking.level.asks
    assert talking.sentence == f"Nobody has told us. Groups like this usually ask for {usual}."


@pytest.mark.parametrize("name", Format)
def test_an_organiser_who_owns_up_to_talking_is_not_shown_as_quieter(name: Format) -> None:
    for claim in UP_TO:
        assert rate(claim, [], name, VenueKind.OTHER).level >= min(claim, 4)


def test_rating_brings_all_that_a_page_shows() -> None:
    talking = rate(1, [(2, 40)] * 7 + [(3, 90)], Format.SINGING, VenueKind.LIBRARY)

    assert talking.level is TalkingLevel.HELLO
    assert talking.sentence == "7 of 8 parents: a hello or less."
    assert talking.is_known
    assert (talking.parents, talking.claimed_level) == (8, TalkingLevel.NO_TALKING)


def test_learned_tables_change_what_is_believed() -> None:
    loud = Tables(formats={Format.SINGING: (0.02, 0.08, 0.2, 0.3, 0.4)})

    assert rate(None, [], Format.SINGING, VenueKind.OTHER, loud).level >= 4
