"""The rules of retention of every room, as one list."""

from finder.accounts.rules import INVITATIONS, LINKS, SIGN_INS, SUSPENDED_NETWORKS, SUSPENSIONS
from finder.group_page.rules import WAS_IT_ON
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
)
"""What is deleted in time, in the order of the privacy page."""
