"""Listings written as a CSV file, which `service.read` reads back.

docs/listings-csv.md describes it for people; a test holds the two together.
"""

import csv
import io
from collections.abc import Iterable

from finder.domain.ages import ages_label
from finder.domain.groups import GroupDraft, VenueDraft
from finder.platform.csv_guard import guarded
from finder.spreadsheets.cells import write_sessions, write_steps
from finder.spreadsheets.columns import FACT_OF, GETTING_IN_COLUMNS, VENUE_FACT_COLUMNS, WRITTEN
from finder.spreadsheets.examples import EXAMPLES
from finder.spreadsheets.rows import Locate
from finder.spreadsheets.rules import YES_NO


def write(drafts: Iterable[GroupDraft], locate: Locate | None = None) -> str:
    """A file that `service.read` reads back to the same drafts. No cell can act as a formula.

    locate: where given, latitude and longitude stay empty when they are the postcode's own, so
    that somebody who corrects a postcode need not know of them. Encode it as "utf-8-sig" for
    Excel, which takes a file without the mark for Windows-1252.
    """
    return _written(_cells(draft, locate) for draft in drafts)


def template() -> str:
    """A file to start from: the names of the columns, and two example rows."""
    return _written(EXAMPLES)


def _written(rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, WRITTEN, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: guarded(text) for column, text in row.items()})
    return out.getvalue()


def _cells(draft: GroupDraft, locate: Locate | None) -> dict[str, str]:
    """The written cells of one group, those that are empty left out."""
    cells = {
        "ref": draft.ref,
        "name": draft.name,
        "organiser": draft.organiser,
        "format": draft.format.value,
        "other_formats": "; ".join(sorted(draft.other_formats)),
        "summary": draft.summary,
        "sessions": write_sessions(draft.sessions),
        "ages": ages_label(draft.age_from_months, draft.age_to_months),
        "size": draft.size or "",
        "cost": draft.cost.label(),
        "booking": draft.booking.value,
        "booking_url": draft.booking_url,
        "booking_phone": draft.booking_phone,
        "website": draft.website,
        "talking": str(draft.claimed_level.value) if draft.claimed_level else "",
        "noise": draft.noise or "",
        "busy": draft.busy or "",
        "what_happens": write_steps(draft.steps),
        "example": "yes" if draft.is_example else "",
        **{name: getattr(draft.getting_in, name) for name in GETTING_IN_COLUMNS},
        **{fact.value: YES_NO[answer] for fact, answer in draft.facts.items()},
    }
    return cells | _venue_cells(draft.venue, locate)


def _venue_cells(venue: VenueDraft, locate: Locate | None) -> dict[str, str]:
    located = locate(venue.postcode) if locate else None
    is_postcodes_own = located is not None and located.place == venue.place
    return {
        "venue_name": venue.name,
        "venue_kind": venue.kind.value,
        "street": venue.street,
        "locality": venue.locality,
        "postcode": venue.postcode,
        "latitude": "" if is_postcodes_own else repr(venue.place.latitude),
        "longitude": "" if is_postcodes_own else repr(venue.place.longitude),
        **{
            name: YES_NO[venue.facts[FACT_OF[name]]]
            for name in VENUE_FACT_COLUMNS
            if FACT_OF[name] in venue.facts
        },
    }
