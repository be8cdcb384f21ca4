"""Fills the columns of cards, for groups from a release without them.

Revisions 0010 and 0013 call it. It names the columns that it reads, all of which 0009 has, so
that it works whatever later revisions add.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from finder.domain.groups import Place, TalkingLine
from finder.domain.talking.evidence import sentence
from finder.domain.vocabulary import TalkingLevel
from finder.listings.row_values import LEVELS, cost_from, session_from
from finder.listings.rules import SESSION_COLUMNS, Price, point_text, schedule_text
from finder.listings.tables import CancelledOccurrenceRow, GroupRow, SessionRow, VenueRow

Line = sa.Row[*tuple[object, ...]]
"""A row with the columns that its statement names."""
AT_ONCE = 500
COLUMNS = ("talking_sentence", "cost_label", "schedule", "point")
GROUPS = GroupRow.metadata.tables["groups"]
SESSIONS = sa.inspect(SessionRow).local_table
VENUES = sa.inspect(VenueRow).local_table
CANCELLED = sa.inspect(CancelledOccurrenceRow).local_table
COUNTS = tuple(f"reports_{level.value}" for level in TalkingLevel)
READ = (
    *("id", "name", "main_format", "is_talking_known", "latitude", "longitude"),
    *("claimed_level", "talking_level", "talking_sure_level", "cost_kind", "cost_pence"),
    *("sibling_pence", "block_sessions", "is_first_free", *COUNTS),
)


def fill_card_columns(connection: sa.Connection) -> None:
    """Compute the columns of all groups, some hundreds at a time; the caller commits."""
    some = (
        sa.select(
            *(GROUPS.c[name] for name in READ),
            VENUES.c.name.label("venue_name"),
            *(VENUES.c[name] for name in ("kind", "locality", "nation", "council_code")),
        )
        .join(VENUES, VENUES.c.id == GROUPS.c.venue_id)
        .order_by(GROUPS.c.id)
        .limit(AT_ONCE)
    )
    change = sa.update(GROUPS).where(GROUPS.c.id == sa.bindparam("of_group"))
    rows = connection.execute(some).all()
    while rows:
        ids = [row.id for row in rows]
        columns = [GROUPS.c[name] for name in COLUMNS]
        values: dict[str, sa.BindParameter[str]] = {
            column.name: sa.bindparam(f"new_{column.name}") for column in columns
        }
        connection.execute(change.values(values), _columns(connection, rows, ids))
        rows = connection.execute(some.where(GROUPS.c.id > ids[-1])).all()


def _columns(
    connection: sa.Connection, rows: Sequence[Line], ids: Sequence[UUID]
) -> list[dict[str, object]]:
    sessions = _lines(connection, SESSIONS, SESSION_COLUMNS, SESSIONS.c.position, ids)
    cancelled = _lines(connection, CANCELLED, ("on", "starts"), CANCELLED.c.on, ids)
    return [
        {
            "of_group": row.id,
            "new_talking_sentence": _sentence(row),
            "new_cost_label": cost_from(row).label(),
            "new_schedule": schedule_text(
                row.nation,
                row.council_code,
                map(session_from, sessions[row.id]),
                [(off.on, off.starts) for off in cancelled[row.id]],
            ),
            "new_point": _point(row),
        }
        for row in rows
    ]


def _point(row: Line) -> str:
    cost = cost_from(row)
    return point_text(
        row.name,
        Place(row.latitude, row.longitude),
        row.main_format,
        row.venue_name,
        row.kind,
        row.locality,
        Price(cost.kind, cost.label(), cost.each_pence),
        TalkingLine(
            LEVELS[row.talking_level],
            row.is_talking_known,
            _sentence(row),
            is_sure=row.talking_sure_level <= row.talking_level,
        ),
    )


def _sentence(row: Line) -> str:
    one, two, three, four, five = (getattr(row, name) for name in COUNTS)
    return sentence(LEVELS[row.talking_level], (one, two, three, four, five), row.claimed_level)


def _lines(
    connection: sa.Connection,
    table: sa.FromClause,
    names: Sequence[str],
    order: sa.ColumnElement[object],
    ids: Sequence[UUID],
) -> dict[UUID, list[Line]]:
    found: dict[UUID, list[Line]] = defaultdict(list)
    asked = sa.select(table.c.group_id, *(table.c[name] for name in names))
    for row in connection.execute(asked.where(table.c.group_id.in_(ids)).order_by(order)):
        found[row.group_id].append(row)
    return found
