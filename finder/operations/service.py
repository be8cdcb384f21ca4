"""Deletes what need not be kept, by the list that the privacy page shows."""

from collections.abc import Callable, Mapping
from datetime import datetime

from finder.accounts import editors, no_invitations
from finder.accounts import queries as accounts_queries
from finder.accounts import rules as accounts_rules
from finder.group_page import queries as group_page_queries
from finder.group_page.rules import WAS_IT_ON, WAS_IT_ON_NETWORKS
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports import rules as reports_rules
from finder.operations.retention import RETENTION
from finder.organise.reminders import queries as reminders_queries
from finder.organise.reminders import rules as reminders_rules
from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail import rules as mail_rules
from finder.platform.retention import RetentionRule
from finder.reviews import queries as reviews_queries
from finder.reviews import rules as reviews_rules
from finder.spreadsheets.uploads import queries as uploads_queries
from finder.spreadsheets.uploads import rules as uploads_rules

_FORGETS: Mapping[RetentionRule, Callable[[Db, datetime], int]] = {
    reviews_rules.UNCONFIRMED: reviews_queries.forget_unconfirmed,
    mail_rules.LETTERS: mail_queries.forget_closed,
    accounts_rules.LINKS: accounts_queries.forget_links,
    accounts_rules.SIGN_INS: accounts_queries.forget_sign_ins,
    uploads_rules.UPLOADS: uploads_queries.forget,
    reports_rules.APPEALS: reports_queries.forget_appeal_links,
    reports_rules.REPORTS: reports_queries.forget_words,
    reports_rules.MARKS: reports_queries.forget_marks,
    accounts_rules.SUSPENDED_NETWORKS: accounts_queries.forget_suspended_networks,
    accounts_rules.SUSPENSIONS: accounts_queries.forget_suspensions,
    WAS_IT_ON: group_page_queries.forget_answers,
    WAS_IT_ON_NETWORKS: group_page_queries.forget_networks,
    accounts_rules.NO_INVITATIONS: no_invitations.forget,
}
_FORGETS_ENDED: Mapping[RetentionRule, Callable[[Db, datetime], int]] = {
    accounts_rules.INVITATIONS: editors.forget_invitations,
    reminders_rules.REMINDERS: reminders_queries.forget,
}
"""Rows that hold the date of their own end."""


def tidy(db: Db, now: datetime) -> tuple[tuple[RetentionRule, int], ...]:
    """Delete everything that is old enough. Gives how many of each, in the order of the list."""
    done = []
    for rule in RETENTION:
        if rule in _FORGETS:
            count = _FORGETS[rule](db, now - rule.lasts)
        else:
            count = _FORGETS_ENDED[rule](db, now)
        db.commit()
        done.append((rule, count))
    return tuple(done)
