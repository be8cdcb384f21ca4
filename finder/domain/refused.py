"""What can't be done: a wish that makes no sense, a link or an address that leads nowhere."""


class Refused(ValueError):
    """A wish that makes no sense. Carries the field, and a sentence that says what to do."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message


class NoSuchLink(LookupError):
    """A mailed link that was used or replaced, is too old, or never was. Nobody is told which."""


class NothingThere(LookupError):
    """There is no such thing, or none that whoever asks may see."""
