"""What a moderator is shown beside a thing that may not be what it seems."""

from uuid import UUID

from sqlmodel import select

from finder.domain.readable import likeness
from finder.listings.tables import OrganiserRow
from finder.platform.db.database import Db
from finder.reviews.group_reviews import network_pattern

Lines = tuple[tuple[str, str], ...]


def network_lines(db: Db, review_id: UUID) -> Lines:
    """Several mailboxes that told of one group from one network, as one pattern."""
    return (("From where it came", str(network_pattern(db, review_id))),)


def organiser_lines(db: Db, name: str) -> Lines:
    """Who runs a group, and other organisers whose names look alike."""
    own = likeness(name)
    others = [one for one in db.exec(select(OrganiserRow.name)) if likeness(one) == own]
    alike = "; ".join(sorted(one for one in others if one != name))
    return ("Run by", name), ("That name looks like", alike)
