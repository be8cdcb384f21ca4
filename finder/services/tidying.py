"""Forgets what need not be kept, by the list that the privacy page shows."""

from collections.abc import Callable, Mapping
from datetime import datetime

from finder.domain import retention
from finder.domain.retention import RETENTION, RetentionRule
from finder.store import (
    editors,
    outbox,
    reminders,
    reports,
    reviews,
    sign_ins,
    suspensions,
    uploads,
    was_it_on,
)
from finder.store.database import Db

_FORGETS: Mapping[RetentionRule, Callable[[Db, datetime], int]] = {
    retention.UNCONFIRMED: reviews.forget_unconfirmed,
    retention.LETTERS: outbox.forget_closed,
    retention.LINKS: sign_ins.forget_links,
    retention.SIGN_INS: sign_ins.forget_ended,
    retention.UPLOADS: uploads.forget,
    retention.APPEALS: reports.forget_appeal_links,
    retention.REPORTS: reports.forget_words,
    retention.MARKS: reports.forget_marks,
    retention.SUSPENDED_NETWORKS: suspensions.forget_networks,
    retention.SUSPENSIONS: suspensions.forget,
    retention.WAS_IT_ON: was_it_on.forget,
}
_FORGETS_ENDED: Mapping[RetentionRule, Callable[[Db, datetime], int]] = {
    retention.INVITATIONS: editors.forget_invitations,
    retention.REMINDERS: reminders.forget,
}
"""Things that say themselves until when they are good."""


def tidy(db: Db, now: datetime) -> tuple[tuple[RetentionRule, int], ...]:
    """Forget everything that is old enough. Gives how many of each, in the order of the list."""
    done = []
    for kept in RETENTION:
        if kept in _FORGETS:
            count = _FORGETS[kept](db, now - kept.lasts)
        else:
            count = _FORGETS_ENDED[kept](db, now)
        db.commit()
        done.append((kept, count))
    return tuple(done)
