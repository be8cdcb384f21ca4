"""What moderators read of people, reviews and listings, in lines."""

from dataclasses import astuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow, EditorRow
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.drafts import drafts_of
from finder.listings.tables import GroupRow, OrganiserRow, VenueRow
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.reviews.rules import ReviewState, Visit, season
from finder.reviews.tables import ReviewFactRow, ReviewRow

MOST_EARLIER = 20
_LEVELS = tuple(TalkingLevel)


def earlier_of(db: Db, account_id: UUID, but: UUID | None = None) -> tuple[str, ...]:
    """What somebody did before, newest first, a line each."""
    reviews = db.exec(
        select(ReviewRow, GroupRow.name)
        .join(GroupRow, col(GroupRow.id) == col(ReviewRow.group_id))
        .where(col(ReviewRow.account_id) == account_id, col(ReviewRow.id) != but)
        .order_by(col(ReviewRow.created_at).desc())
        .limit(MOST_EARLIER)
    ).all()
    claims = db.exec(
        select(ClaimRow, GroupRow.name)
        .join(GroupRow, col(GroupRow.id) == col(ClaimRow.group_id))
        .where(col(ClaimRow.account_id) == account_id, col(ClaimRow.id) != but)
        .order_by(col(ClaimRow.created_at).desc())
        .limit(MOST_EARLIER)
    ).all()
    return (
        *(
            f"Review of {name}: {_LEVELS[row.level - 1].label}. {row.state.label}."
            + (f" “{row.words}”" if row.words else "")
            for row, name in reviews
        ),
        *(f"Claim of {name}. {row.state.label}." for row, name in claims),
    )


def author_of_review(db: Db, review_id: UUID) -> tuple[UUID | None, str]:
    """Who wrote a review: account and address; nothing where the account is gone."""
    found = db.exec(
        select(AccountRow.id, AccountRow.email)
        .join(ReviewRow, col(ReviewRow.account_id) == col(AccountRow.id))
        .where(col(ReviewRow.id) == review_id)
    ).first()
    return found or (None, "")


def editors_of(db: Db, group_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Who looks after a listing, those who came first before others."""
    rows = db.exec(
        select(AccountRow.id, AccountRow.email)
        .join(EditorRow, col(EditorRow.account_id) == col(AccountRow.id))
        .join(GroupRow, col(GroupRow.organiser_id) == col(EditorRow.organiser_id))
        .where(col(GroupRow.id) == group_id)
        .order_by(col(EditorRow.since_at), col(AccountRow.email))
    )
    return tuple((account_id, email) for account_id, email in rows)


def name_of(db: Db, group_id: UUID | None) -> str:
    """A listing's name and venue; nothing where there is none."""
    found = db.exec(
        select(GroupRow.name, VenueRow.name)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id)
    ).first()
    return ", ".join(found) if found else ""


def held_of(db: Db, account_id: UUID) -> tuple[UUID, ...]:
    """An account's reviews that wait for a moderator."""
    return tuple(
        db.exec(
            select(ReviewRow.id).where(
                col(ReviewRow.account_id) == account_id, col(ReviewRow.state) == ReviewState.HELD
            )
        )
    )


def said_in(db: Db, row: ReviewRow) -> tuple[tuple[str, str], ...]:
    """What a review says, by name."""
    facts = db.exec(select(ReviewFactRow).where(col(ReviewFactRow.review_id) == row.id))
    return (
        ("Level", _LEVELS[row.level - 1].label),
        ("Visit", season(Visit(row.visit_year, row.visit_month))),
        ("Words", row.words),
        ("To the next parent", row.advice),
        *((fact.fact.question, "Yes" if fact.is_yes else "No") for fact in facts),
        ("May its words be printed", "Yes" if row.print_words else "No, only counted"),
    )


def listing_lines(db: Db, group_id: UUID) -> tuple[tuple[str, str], ...]:
    """What a listing says, by name, as far as a moderator needs it."""
    draft = drafts_of(db, [group_id])[group_id]
    organiser = db.get_one(OrganiserRow, db.get_one(GroupRow, group_id).organiser_id).name
    venue = draft.venue
    where = ", ".join(x for x in (venue.name, venue.street, venue.locality, venue.postcode) if x)
    booking = (draft.booking.label, draft.booking_phone, draft.booking_url)
    return (
        ("Run by", organiser),
        ("Where", where),
        ("What", draft.format.label),
        ("When", "; ".join(f"{s.weekday.label} {s.starts:%H:%M}" for s in draft.sessions)),
        ("Cost", draft.cost.label()),
        ("Booking", ", ".join(x for x in booking if x)),
        ("Talking, they say", draft.claimed_level.label if draft.claimed_level else ""),
        ("In short", draft.summary),
        ("What happens", "; ".join(step.what for step in draft.steps)),
        ("Getting in", "; ".join(x for x in astuple(draft.getting_in) if x)),
        ("Their page", draft.website),
    )


def reviews_to_move(db: Db, from_id: UUID, into_id: UUID) -> tuple[UUID, ...]:
    """The reviews of one group that can become another's: an author has one of each group."""
    there = select(ReviewRow.account_id).where(
        col(ReviewRow.group_id) == into_id, col(ReviewRow.account_id).is_not(None)
    )
    return tuple(
        db.exec(
            select(ReviewRow.id).where(
                col(ReviewRow.group_id) == from_id,
                col(ReviewRow.account_id).is_(None) | col(ReviewRow.account_id).not_in(there),
            )
        )
    )


def waiting_with(db: Db, group_id: UUID) -> tuple[UUID, ...]:
    """A listing, and those of the same organiser that wait for a moderator too."""
    organiser_id = db.get_one(GroupRow, group_id).organiser_id
    others = db.exec(
        select(GroupRow.id)
        .where(
            col(GroupRow.organiser_id) == organiser_id,
            col(GroupRow.state) == ListingState.WAITING,
            col(GroupRow.id) != group_id,
        )
        .order_by(col(GroupRow.id))
    )
    return (group_id, *others)


def state_of_listing(db: Db, group_id: UUID) -> ListingState | None:
    """Where a listing stands; None where there is none."""
    row = db.get(GroupRow, group_id)
    return row.state if row else None


def lock_item(db: Db, item_id: UUID) -> None:
    """Let others wait who decide on the same thing at this moment. SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(str(item_id)))))
