"""Invented groups for tests: a plain one, and how to change it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from finder.domain.cost import Cost, parse_cost
from finder.domain.facts import VENUE_FACTS, Answers, Fact
from finder.domain.groups import (
    Card,
    GettingIn,
    GroupDraft,
    Place,
    Point,
    Step,
    VenueDraft,
)
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Session
from finder.domain.talking.evidence import OLD_WORDS
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import (
    Band,
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    ListingState,
    Nation,
    Noise,
    Repeats,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.rules import Price, point_text
from finder.listings.writer import Saved
from finder.open_data.listed import Listed
from finder.platform.db.database import Db
from finder.reviews.saving import save
from finder.search.rules import MapPoints

LEITH = Place(55.976, -3.1657)
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NO_TERMS = Calendars()
ASKED_OF_GROUPS = [fact for fact in Fact if fact.is_asked_of_organisers and fact not in VENUE_FACTS]
HALL = VenueDraft(
    "Harbour Hall",
    VenueKind.CHURCH_HALL,
    "1 Example Street",
    "Leith",
    "EH6 7BS",
    LEITH,
    Nation.SCOTLAND,
    "S12000036",
)
SONGS = GroupDraft(
    ref="songs",
    name="Harbour Songs",
    organiser="Harbour Trust",
    venue=HALL,
    format=Format.SINGING,
    sessions=(Session(Weekday.TUE, time(10), time(11)),),
    cost=Cost(CostKind.FREE),
    booking=Booking.DROP_IN,
    age_from_months=0,
    age_to_months=24,
)


def group(ref: str, **changes: Any) -> GroupDraft:
    """The plain group under another ref, with something changed.

    north, east: metres from Leith, at a venue of its own. kind: of that venue.
    """
    venue = {
        name: changes.pop(name) for name in ("north", "east", "kind", "building") if name in changes
    }
    draft = replace(SONGS, ref=ref, name=f"Group {ref}", **changes)
    return replace(draft, venue=_venue(ref, **venue)) if venue else draft


def _venue(
    ref: str,
    north: float = 0,
    east: float = 0,
    kind: VenueKind = VenueKind.CHURCH_HALL,
    building: dict[Any, bool] | None = None,
) -> VenueDraft:
    place = Place(LEITH.latitude + north / 111_346, LEITH.longitude + east / 62_408)
    return replace(HALL, name=f"Hall {ref}", kind=kind, place=place, facts=building or {})


def keep(db: Db, *drafts: GroupDraft, **options: Any) -> list[Saved]:
    """Save and commit them all."""
    saved = [save(db, draft, at=TUESDAY_NOON, **options) for draft in drafts]
    db.commit()
    return saved


def as_listed(draft: GroupDraft, **changes: Any) -> Listed:
    """A draft as it leaves for other systems: published, of which no parent has said anything."""
    values: dict[str, Any] = {
        "public_id": UUID("6f1f3c1e-0000-4000-8000-000000000001"),
        "organiser_id": UUID(int=1),
        "venue_id": UUID(int=2),
        "draft": draft,
        "talking": rate(draft.claimed_level, (), draft.format, draft.venue.kind),
        "state": ListingState.PUBLISHED,
        "created_at": TUESDAY_NOON - timedelta(days=30),
        "updated_at": TUESDAY_NOON,
        "facts": {
            fact: Answers(said) for fact, said in {**draft.facts, **draft.venue.facts}.items()
        },
    }
    return Listed(**{**values, **changes})


def on_map(*cards: Card, total: int | None = None) -> MapPoints:
    """What a map shows of these cards."""
    return MapPoints(
        LEITH,
        len(cards) if total is None else total,
        tuple(map(_point, cards)),
        tuple(card.distance_m or 0 for card in cards),
        {str(card.public_id): card.next for card in cards},
    )


def _point(card: Card) -> Point:
    talking, cost = card.talking, parse_cost(card.cost_label)
    sentence = talking.sentence.removesuffix(OLD_WORDS)
    return Point(
        public_id=str(card.public_id),
        latitude=card.place.latitude,
        longitude=card.place.longitude,
        is_example=card.is_example,
        schedule=str(card.public_id),
        is_old=sentence != talking.sentence,
        text=point_text(
            card.name,
            card.place,
            card.format,
            card.venue_name,
            card.venue_kind,
            card.locality,
            Price(cost.kind, cost.label(), cost.each_pence),
            talking._replace(sentence=sentence),
        ),
        band=tuple(Band).index(card.band),
    )


def name_of(point: Point) -> str:
    """The name that a point shows."""
    asks, _ = point.text.split("\n")
    return str(json.loads(f'{{"geometry":{{"coordinates":{asks}"}}}}')["properties"]["name"])


def any_group(ref: str, random: Random) -> GroupDraft:
    """A group of which everything is drawn by lot; the same for the same state of the lot."""
    main, *others = random.sample(list(Format), random.choice([1, 1, 2, 3]))
    facts = random.sample(ASKED_OF_GROUPS, random.randint(0, 8))
    youngest = random.choice([0, 0, 3, 6, 12, 24])
    return GroupDraft(
        ref=ref,
        name=f"Group {ref}",
        organiser=random.choice(["Harbour Trust", "Hill Library"]),
        venue=_any_venue(ref, random),
        format=main,
        other_formats=frozenset(others),
        sessions=_any_sessions(random),
        cost=_any_cost(random),
        booking=random.choice([Booking.DROP_IN, Booking.BOOK_AHEAD, Booking.REFERRAL_ONLY]),
        age_from_months=youngest,
        age_to_months=youngest + random.choice([6, 12, 24]),
        size=random.choice([None, *Size]),
        claimed_level=random.choice([None, *TalkingLevel]),
        facts={fact: random.random() < 0.5 for fact in facts},
        noise=random.choice([None, *Noise]),
        busy=random.choice([None, *Busy]),
        steps=tuple(
            Step(minutes, f"Step {minutes}", random.choice(list(Expected)))
            for minutes in range(0, random.choice([0, 30, 60]), 15)
        ),
        getting_in=GettingIn(door="The blue door", bring=random.choice(["", "A towel"])),
        website=random.choice(["", "https://example.org/"]),
        is_example=random.random() < 0.5,
    )


def any_reports(random: Random) -> list[tuple[int, float]]:
    """What some parents said of a group, some days ago."""
    usual = random.randint(1, 5)
    return [
        (min(5, max(1, usual + random.choice([-1, 0, 0, 0, 1]))), float(random.randint(0, 900)))
        for _ in range(random.choice([0, 0, 1, 3, 4, 8]))
    ]


def _any_venue(ref: str, random: Random) -> VenueDraft:
    chosen = random.sample(list(VENUE_FACTS), random.randint(0, len(VENUE_FACTS)))
    venue = _venue(
        ref,
        north=random.gauss(0, 4_000),
        east=random.gauss(0, 4_000),
        kind=random.choice(list(VenueKind)),
        building={fact: random.random() < 0.6 for fact in chosen},
    )
    return replace(venue, nation=random.choice([Nation.SCOTLAND, Nation.WALES]))


def _any_sessions(random: Random) -> tuple[Session, ...]:
    found = {}
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        weekday, hour = random.choice(list(Weekday)), random.randint(9, 15)
        first = random.choice([None, None, date(2027, 1, 4), date(2025, 9, 1)])
        repeats = random.choice([Repeats.WEEKLY, Repeats.WEEKLY, *Repeats])
        if repeats is Repeats.FORTNIGHTLY:
            first = date(2026, 11, 2) + timedelta(days=weekday.number)
        session = Session(
            weekday,
            time(hour, random.choice([0, 30])),
            time(hour + 1, 45),
            repeats,
            first,
            random.choice([None, None, None, date(2027, 2, 28), date(2026, 11, 30)])
            if not first or first.year < 2027
            else None,
            is_term_time_only=random.random() < 0.5,
            runs_on_bank_holidays=random.random() < 0.2,
        )
        found[session] = None
    return tuple(found)


def _any_cost(random: Random) -> Cost:
    pence = random.choice([100, 250, 500, 900])
    return random.choice(
        [
            Cost(CostKind.FREE),
            Cost(CostKind.DONATION),
            Cost(CostKind.DONATION, pence),
            Cost(CostKind.EACH_TIME, pence, sibling_pence=50),
            Cost(CostKind.BLOCK, pence * 7 + 1, block_sessions=6, is_first_free=True),
        ]
    )
