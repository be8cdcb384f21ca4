"""A clock that a test sets, for `create_app(settings, clock)`."""

from datetime import datetime, timedelta

from finder.platform.clock import Clock


class SetClock(Clock):
    """Stands at one instant until it is set to another; runs as the system's while it has none."""

    def __init__(self, moment: datetime | None = None) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment or super().now()

    def set(self, moment: datetime | None) -> None:
        self._moment = moment

    def move(self, by: timedelta) -> None:
        """Set it forward."""
        self._moment = self.now() + by
