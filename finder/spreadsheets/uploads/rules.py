"""How long an uploaded file is kept."""

from finder.platform.retention import DAY, RetentionRule

UPLOADS = RetentionRule("uploads", "Files of listings that organisers send us", DAY / 24, "1 hour")
