"""How long the record of reminders is kept."""

from finder.organise.upkeep.rules import REMINDER_LASTS
from finder.platform.retention import RetentionRule

REMINDERS = RetentionRule(
    "reminders", "Links that ask organisers whether listings are true", REMINDER_LASTS, "14 days"
)
