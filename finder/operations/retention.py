"""The rules of retention of every room, as one list."""

from finder.accounts.rules import (
    INVITATIONS,
    LINKS,
    NO_INVITATIONS,
    SIGN_INS,
    SUSPENDED_NETWORKS,
    SUSPENSIONS,
)
from finder.group_page.rules import WAS_IT_ON, WAS_IT_ON_NETWORKS
from finder.moderation.reports.rules import APPEALS, MARKS, REPORTS
from finder.organise.reminders.rules import REMINDERS
from finder.platform.mail.rules import LETTERS
from finder.reviews.rules import UNCONFIRMED
from finder.spreadsheets.uploads.rules import UPLOADS

RETENTION = (
    UNCONFIRMED,
    LETTERS,
    LINKS,
    SIGN_INS,
    INVITATIONS,
    REMINDERS,
    UPLOADS,
    APPEALS,
    REPORTS,
    MARKS,
    SUSPENDED_NETWORKS,
    SUSPENSIONS,
    WAS_IT_ON,
    WAS_IT_ON_NETWORKS,
    NO_INVITATIONS,
)
"""What is deleted in time, in the order of the privacy page."""
