"""Tables within all that can be learned, and what people may say of a group."""

from functools import cache

from hypothesis import strategies as st

from finder.domain.talking.beliefs import (
    STARTING_TABLES,
    Organisers,
    Parents,
    Probabilities,
    Tables,
)
from finder.domain.talking.expectation import GroupEvidence
from finder.domain.talking.learning import (
    CHANGE_WITHIN,
    ORGANISERS_WITHIN,
    PARENTS_WITHIN,
    learn_tables,
)
from finder.domain.talking.model import prior_for, shown_level
from finder.domain.vocabulary import Format, VenueKind

parents = st.builds(Parents, *(st.floats(low, high) for low, high in PARENTS_WITHIN))
organisers = st.builds(Organisers, *(st.floats(low, high) for low, high in ORGANISERS_WITHIN))


@cache
def learned(kind: int) -> Tables:
    """What is learned from towns of four kinds: at one, careless, changing, and overstated."""
    levels = {0: (1, 1, 2), 1: (1, 5, 2), 2: (1, 4, 4), 3: (4, 4, 5)}[kind]
    claims = {0: 1, 1: 2, 2: 1, 3: 1}[kind]
    groups = [
        GroupEvidence(
            name,
            VenueKind.CAFE if number % 2 else VenueKind.LIBRARY,
            claims if number % 3 else None,
            [(level, 30.0 + 300 * (2 - place)) for place, level in enumerate(levels)],
        )
        for name in Format
        for number in range(10)
    ]
    return learn_tables(groups)


all_tables = st.one_of(
    st.just(STARTING_TABLES),
    st.integers(0, 3).map(learned),
    st.builds(
        Tables,
        parents=parents,
        organisers=organisers,
        change=st.floats(*CHANGE_WITHIN[0]),
    ),
)

Said = list[tuple[int, float]]

levels = st.integers(1, 5)
ages = st.just(0.0) | st.floats(0, 4_000)
reports = st.lists(st.tuples(levels, ages), max_size=30)
few_reports = st.lists(st.tuples(levels, ages), max_size=4)
claims = st.none() | levels
formats, kinds = st.sampled_from(Format), st.sampled_from(VenueKind)
rows = st.lists(st.floats(1e-4, 1), min_size=5, max_size=5)
UP_TO = (1, 2, 3, 4, 5)
A_BIT = 1e-9


@st.composite
def priors(draw: st.DrawFn) -> Probabilities:
    """What a format is like by our tables, or by any that could be learned."""
    if draw(st.booleans()):
        return prior_for(draw(formats), draw(kinds))
    weights = draw(rows)
    one, two, three, four, five = (weight / sum(weights) for weight in weights)
    return one, two, three, four, five


def at_most(chances: Probabilities, k: int) -> float:
    """The chance that the level is k or lower."""
    return 1.0 if k == UP_TO[-1] else sum(chances[:k])


def is_no_louder(chances: Probabilities, than: Probabilities) -> bool:
    """Whether every level is kept to at least as surely, and none shown that is louder."""
    kept = all(at_most(chances, k) >= at_most(than, k) - A_BIT for k in UP_TO)
    return kept and (
        shown_level(chances) <= shown_level(than)
        or any(abs(at_most(than, k) - 0.5) < A_BIT for k in UP_TO)
    )
