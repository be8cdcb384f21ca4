"""Numbers about the database and the postcode index, for monitoring."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.reviews import queries as reviews_queries


@dataclass(frozen=True)
class Watched:
    """Numbers of one moment. Ages are in seconds; None where the database does not answer."""

    is_database_up: bool
    mails_waiting: int | None
    oldest_mail_s: float | None
    reviews_held: int | None
    index_age_s: float | None


def look(db: Db, data_dir: Path, now: datetime) -> Watched:
    """The numbers now. Never raises for a database that is away or an index that is missing."""
    index_age_s = _age_of(data_dir / "postcodes.db", now)
    try:
        oldest = mail_queries.oldest_waiting(db)
        return Watched(
            is_database_up=True,
            mails_waiting=mail_queries.count_waiting(db),
            oldest_mail_s=(now - oldest).total_seconds() if oldest else 0.0,
            reviews_held=reviews_queries.count_held(db),
            index_age_s=index_age_s,
        )
    except SQLAlchemyError:
        return Watched(False, None, None, None, index_age_s)


def _age_of(path: Path, now: datetime) -> float | None:
    try:
        made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
    return (now - made_at).total_seconds()
