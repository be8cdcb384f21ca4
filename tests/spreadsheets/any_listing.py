"""Listings of every kind, for hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from finder.domain.facts import PARENTS_ONLY, VENUE_FACTS, Fact
from finder.domain.groups import GettingIn, GroupDraft, Place, VenueDraft
from finder.domain.readable import clean, is_seen
from finder.domain.vocabulary import Booking, Busy, Format, Noise, Size, TalkingLevel, VenueKind
from tests.domain.test_cost import costs
from tests.spreadsheets.few_postcodes import KNOWN
from tests.spreadsheets.test_cells import STEPS
from tests.spreadsheets.test_sessions import sessions


def words(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@',;\"\n")
    text = st.text(letters, min_size=shortest, max_size=longest).map(lambda t: clean(t).strip())
    # These marks are what lost or garbled letters look like, and are refused on purpose.
    return text.filter(
        lambda t: (is_seen(t) if shortest else is_seen(t) or not t) and not set(t) & set("Ãâ\ufffd")
    )


def answers(facts: tuple[Fact, ...]) -> st.SearchStrategy[dict[Fact, bool]]:
    return st.dictionaries(st.sampled_from(facts), st.booleans(), max_size=5)


VENUES = st.builds(
    lambda known, near, **more: VenueDraft(
        postcode=known[0],
        place=near or known[1].place,
        nation=known[1].nation,
        council_code=known[1].council_code,
        **more,
    ),
    st.sampled_from(sorted(KNOWN.items(), key=lambda item: item[0])),
    st.none(),
    name=words(20, 1),
    kind=st.sampled_from(VenueKind),
    street=words(20),
    locality=words(20, 1),
    facts=answers(VENUE_FACTS),
)


GROUP_FACTS = tuple(f for f in Fact if f not in VENUE_FACTS and f not in PARENTS_ONLY)
BOOKINGS = st.sampled_from(Booking)
ADDRESSES = st.just("") | words(20).map(lambda text: f"https://example.org/{text}".strip())


@st.composite
def groups(draw):
    main = draw(st.sampled_from(Format))
    youngest, oldest = sorted([draw(st.integers(0, 84)), draw(st.integers(0, 84))])
    moved = draw(st.floats(-0.05, 0.05)), draw(st.floats(-0.05, 0.05))
    venue = draw(VENUES)
    if draw(st.booleans()):
        at = venue.place
        venue = replace(venue, place=Place(at.latitude + moved[0], at.longitude + moved[1]))
    return GroupDraft(
        ref=draw(words(12, 1)),
        name=draw(words(30, 1)),
        organiser=draw(words(30, 1)),
        venue=venue,
        format=main,
        sessions=draw(st.lists(sessions(), min_size=1, max_size=3, unique=True).map(tuple)),
        cost=draw(costs()),
        booking=draw(BOOKINGS),
        age_from_months=youngest,
        age_to_months=oldest,
        other_formats=draw(st.frozensets(st.sampled_from(Format), max_size=3)) - {main},
        summary=draw(words(60)),
        size=draw(st.none() | st.sampled_from(Size)),
        claimed_level=draw(st.none() | st.sampled_from(TalkingLevel)),
        facts=draw(answers(GROUP_FACTS)),
        noise=draw(st.none() | st.sampled_from(Noise)),
        busy=draw(st.none() | st.sampled_from(Busy)),
        steps=draw(
            st.lists(STEPS.filter(lambda s: not set(s.what) & set("Ãâ\ufffd")), max_size=3).map(
                tuple
            )
        ),
        getting_in=draw(st.builds(GettingIn, *[words(20)] * 6)),
        booking_url=draw(ADDRESSES),
        booking_phone=draw(st.sampled_from(["01632 960 000", "+44 20 7946 0001"])),
        website=draw(ADDRESSES),
        is_example=draw(st.booleans()),
    )
