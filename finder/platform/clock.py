"""The one clock. Nothing else in the product asks what time it is."""

from datetime import UTC, datetime


class Clock:
    """Tells the present instant by the system's clock. Tests give an app one that they set."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


SYSTEM_CLOCK = Clock()
"""What commands read, and an app that was given no other."""
