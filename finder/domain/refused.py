"""The one error of a wish that makes no sense."""


class Refused(ValueError):
    """A wish that makes no sense. Carries the field, and a sentence that says what to do."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message
