"""What the page of a thing shows beside the thing: what is new in it, its versions, a preview."""

from datetime import datetime
from uuid import UUID

from finder.domain.refused import NothingThere
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState
from finder.group_page import queries as group_page_queries
from finder.group_page.rules import ListingPage
from finder.moderation import listing_item, log
from finder.moderation.rules import Item, ItemKind
from finder.platform.db.database import Db


def what_changed(db: Db, item: Item, stamp: str) -> tuple[str, ...]:
    """What is new in a thing to somebody who was shown it with this stamp, a line each.

    Of a listing what it said and says, field by field; of anything else which lines are new.
    """
    version, _, _ = stamp.partition(".")
    fields: tuple[str, ...] = ()
    if item.kind is ItemKind.LISTING and version.isdecimal() and item.group_id:
        fields = listing_item.changed_since(db, item.group_id, int(version))
    return fields or log.new_lines(item.lines, stamp)


def versions(db: Db, item: Item) -> tuple[str, ...]:
    """How the listing that a thing is about changed, the newest change first."""
    return listing_item.versions_of(db, item.group_id) if item.group_id else ()


def preview(db: Db, calendars: Calendars, group_id: UUID, now: datetime) -> ListingPage:
    """The page that parents see of a listing once it is published. NothingThere."""
    page = group_page_queries.page(db, group_id, now, calendars, tuple(ListingState))
    if page is None:
        raise NothingThere
    return page
