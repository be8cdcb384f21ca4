"""Errors that say what can't be done: a wish that makes no sense, or a link that leads nowhere."""


class Refused(ValueError):
    """A wish that makes no sense. Carries the field, and a sentence that says what to do."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message


class NoSuchLink(LookupError):
    """A mailed link that was used or replaced, is too old, or never was. The page tells no more."""


class NothingThere(LookupError):
    """There is no such thing, or the visitor may not see it."""
