"""What every form does with what was typed: make it tidy, and refuse it in the domain's words."""

import re
from collections.abc import Callable
from typing import TypeVar

from wtforms import Field, ValidationError

from finder.domain.refused import Refused

Value = TypeVar("Value")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def tidied(text: str | None) -> str:
    """What was typed, with one sign for a new line, as browsers count it against a limit."""
    return _CONTROL.sub("", (text or "").replace("\r\n", "\n")).strip()


def checked(field: Field, check: Callable[[str], Value]) -> Value:
    """What a rule makes of a field's text; what it refuses is said beside the field."""
    try:
        return check(field.data)
    except Refused as refused:
        raise ValidationError(refused.message) from refused
