"""How long letters are kept."""

from finder.platform.retention import DAY, RetentionRule

LETTERS = RetentionRule("letters", "Our emails to you, and that we sent them", 7 * DAY, "7 days")
