"""Everything that we hold about one person: read for a download, and removed.

Each column that holds an account or an email address has a line in the table below. A test fails
for a column without one, so that nobody adds a table and leaves it out here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum, StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.moderation.reports.rules import ReportState
from finder.moderation.tables import ReportRow
from finder.platform.db.database import Db
from finder.platform.db.rows import NAMES
from finder.platform.mail.tables import OutboxRow
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewFactRow, ReviewRow


class Forget(StrEnum):
    """What becomes of a row once its person is forgotten."""

    REMOVE = "remove"
    CLEAR = "clear"
    BY_CHOICE = "by choice"


OF_A_PERSON: Mapping[str, Forget] = {
    "reviews.account_id": Forget.BY_CHOICE,
    "reviews.pending_email": Forget.REMOVE,
    "outbox.recipient": Forget.REMOVE,
    "sign_in_links.email": Forget.REMOVE,
    "sign_ins.account_id": Forget.REMOVE,
    "moderators.account_id": Forget.REMOVE,
    "editors.account_id": Forget.REMOVE,
    "group_editors.account_id": Forget.REMOVE,
    "invitations.email": Forget.REMOVE,
    "invitations.invited_by": Forget.REMOVE,
    "listing_history.account_id": Forget.CLEAR,
    "unfinished_listings.account_id": Forget.REMOVE,
    "claims.account_id": Forget.REMOVE,
    "reminders.account_id": Forget.REMOVE,
    "uploads.account_id": Forget.REMOVE,
    "reports.email": Forget.CLEAR,
    "appeal_links.email": Forget.REMOVE,
    "suspensions.account_id": Forget.CLEAR,
    "accounts.email": Forget.REMOVE,
}
"""Every column that says whose something is, in the order of forgetting."""
SECRETS = frozenset(
    (
        *("token_hash", "manage_hash", "secret_hash", "form_key", "network_hash"),
        *("network_mark", "sender_mark", "email_mark"),
    )
)
"""Left out of a download: it opens something, or tells of others who share it."""


def everything_of(db: Db, account_id: UUID, email: str) -> dict[str, list[dict[str, object]]]:
    """All rows of one person, by table; values as JSON holds them. Reviews with their facts."""
    found: dict[str, list[dict[str, object]]] = {}
    for name in OF_A_PERSON:
        table, column = _column(name)
        rows = db.execute(sa.select(table).where(column == _key(column, account_id, email)))
        plain = [_plain(row._mapping) for row in rows]
        found.setdefault(table.name, []).extend(plain)
    found["answers"] = _answers(db, account_id)
    return {table: rows for table, rows in found.items() if rows}


def groups_reviewed(db: Db, account_id: UUID) -> tuple[UUID, ...]:
    """The groups whose rating an account's reviews are part of."""
    query = select(ReviewRow.group_id).where(col(ReviewRow.account_id) == account_id)
    return tuple(db.exec(query))


def forget(db: Db, account_id: UUID, email: str, *, keep_reviews: bool) -> None:
    """Remove a person; the caller counts groups anew and commits.

    keep_reviews: published reviews stay, without an author and without a link to change them.
    """
    if keep_reviews:
        _make_reviews_anonymous(db, account_id)
    _remove_reviews(db, account_id)
    _forget_in_words(db, email)
    for name, what in OF_A_PERSON.items():
        table, column = _column(name)
        is_theirs = column == _key(column, account_id, email)
        if what is Forget.REMOVE:
            db.execute(sa.delete(table).where(is_theirs))
        elif what is Forget.CLEAR:
            db.execute(sa.update(table).where(is_theirs).values({column.name: None}))
    db.expire_all()


def count_waiting_reports(db: Db, email: str) -> int:
    """How many reports from an address no moderator has answered yet."""
    query = select(sa.func.count()).select_from(ReportRow).where(*_waiting_from(email))
    return db.exec(query).one()


def forget_reports(db: Db, email: str, *, keep_waiting: bool) -> None:
    """Empty the words of reports from an address. What each is about stays, for moderators.

    keep_waiting: words that no moderator has read yet stay, without the address.
    """
    which = [col(ReportRow.email) == email]
    if keep_waiting:
        which.append(col(ReportRow.state) != ReportState.WAITING)
    db.execute(sa.update(ReportRow).where(*which).values(words=""))


def _waiting_from(email: str) -> tuple[sa.ColumnElement[bool], ...]:
    return col(ReportRow.email) == email, col(ReportRow.state) == ReportState.WAITING


def empty_write_ahead_log(db: Db) -> None:
    """After the commit: empty SQLite's write-ahead log, which still holds what was removed.

    While another connection reads, SQLite keeps the log; a later checkpoint empties it.
    """
    if db.get_bind().dialect.name == "sqlite":
        db.rollback()
        with db.get_bind().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as own:
            own.rollback()
            cursor = own.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()


def _make_reviews_anonymous(db: Db, account_id: UUID) -> None:
    nobody = dict.fromkeys(("account_id", "token_hash", "manage_hash", "form_key", "network_mark"))
    db.execute(
        sa.update(ReviewRow)
        .where(
            col(ReviewRow.account_id) == account_id, col(ReviewRow.state) == ReviewState.PUBLISHED
        )
        .values(**nobody)
    )


def _remove_reviews(db: Db, account_id: UUID) -> None:
    theirs = sa.select(col(ReviewRow.id)).where(col(ReviewRow.account_id) == account_id)
    db.execute(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id).in_(theirs)))
    db.execute(sa.delete(ReviewRow).where(col(ReviewRow.account_id) == account_id))


def _forget_in_words(db: Db, email: str) -> None:
    """Take an address out of what others wrote: reports, and letters that have not left."""
    for table, name in ((ReportRow, "words"), (OutboxRow, "body")):
        words = sa.inspect(table).columns[name]
        holding = sa.select(table).where(sa.func.lower(words).contains(email, autoescape=True))
        for row in db.execute(holding).scalars():
            setattr(row, name, _without(getattr(row, name), email))
    db.flush()


def _without(text: str, email: str) -> str:
    at = text.lower().find(email)
    while at >= 0:
        text = text[:at] + "(removed)" + text[at + len(email) :]
        at = text.lower().find(email)
    return text


def _answers(db: Db, account_id: UUID) -> list[dict[str, object]]:
    rows = db.execute(
        sa.select(sa.inspect(ReviewFactRow).local_table)
        .join(ReviewRow, col(ReviewRow.id) == col(ReviewFactRow.review_id))
        .where(col(ReviewRow.account_id) == account_id)
    )
    return [_plain(row._mapping) for row in rows]


def _column(name: str) -> tuple[sa.Table, sa.Column[object]]:
    table, _, column = name.partition(".")
    found = NAMES.tables[table]
    return found, found.columns[column]


def _key(column: sa.Column[object], account_id: UUID, email: str) -> UUID | str:
    """An address, or an account's id, whichever the column holds."""
    return account_id if isinstance(column.type, sa.Uuid) else email


def _plain(row: sa.RowMapping) -> dict[str, object]:
    return {
        name: _value(value)
        for name, value in row.items()
        if name not in SECRETS and not isinstance(value, bytes)
    }


def _value(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value
