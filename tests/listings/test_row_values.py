"""Every word of a draft has its column, and comes out of it."""

from random import Random

from finder.listings.row_values import (
    LEVELS,
    cost_from,
    group_values,
    session_from,
    session_values,
    step_from,
    venue_from,
    venue_values,
)
from finder.listings.tables import GroupRow, SessionRow, StepRow, VenueRow
from tests.support.examples import any_group

DRAFTS = [any_group(str(n), Random(n)) for n in range(30)]


def test_sessions_steps_costs_and_venues_come_back_equal() -> None:
    for draft in DRAFTS:
        rows = [SessionRow(**session_values(session)) for session in draft.sessions]
        steps = [StepRow(**vars(step)) for step in draft.steps]
        venue = VenueRow(**venue_values(draft.venue))

        assert tuple(session_from(row) for row in rows) == draft.sessions
        assert tuple(step_from(row) for row in steps) == draft.steps
        assert venue_from(venue, draft.venue.facts) == draft.venue
        assert cost_from(GroupRow(**group_values(draft))) == draft.cost


def test_a_claim_is_kept_as_its_number() -> None:
    kept = [group_values(draft)["claimed_level"] for draft in DRAFTS]

    assert [LEVELS.get(number or 0) for number in kept] == [d.claimed_level for d in DRAFTS]
    assert len(set(kept)) > 3
