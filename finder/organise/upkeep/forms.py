"""The forms by which an organiser keeps listings true."""

from datetime import date, time
from uuid import UUID

from wtforms import Field, SelectMultipleField, ValidationError

from finder.domain.schedule.typed import parse_date
from finder.organise.upkeep.rules import Wish, check_note
from finder.platform.web.forms import (
    ButtonForm,
    HiddenTextField,
    LineField,
    TextField,
    checked,
    tidied,
)

MOST_TICKED = 1_000


def _in_one_line(text: str | None) -> str:
    return " ".join(tidied(text).split())


class WishForm(ButtonForm):
    """Pause, publish again or end."""

    wish = HiddenTextField()

    def validate_wish(self, field: Field) -> None:
        """Only the value of one of our buttons."""
        if field.data not in {wish.value for wish in Wish}:
            raise ValidationError("Press one of the buttons")

    @property
    def wanted(self) -> Wish:
        """The wish. Call it only once the form is_sent."""
        return next(wish for wish in Wish if wish.value == self.wish.data)


class ListingsForm(ButtonForm):
    """Listings that are ticked, or those of one button."""

    listing = SelectMultipleField(validate_choice=False)

    @property
    def ids(self) -> set[UUID]:
        """The listings; what is no id is left out."""
        return {found for text in (self.listing.data or ())[:MOST_TICKED] if (found := _uuid(text))}


class CancelForm(ButtonForm):
    """One day or a range, and why."""

    first = LineField(filters=[tidied])
    last = LineField(filters=[tidied])
    note = LineField(filters=[_in_one_line])

    def validate_first(self, field: Field) -> None:
        """A day is needed."""
        if not field.data:
            raise ValidationError("Choose the first day to cancel")
        _check_day(field)

    def validate_last(self, field: Field) -> None:
        """Empty for one day only."""
        if field.data:
            _check_day(field)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day. Call it only once the form is_sent."""
        first = parse_date(self.first.data)
        return first, parse_date(self.last.data) if self.last.data else first


class PutBackForm(ButtonForm):
    """One cancelled date to put back."""

    on = HiddenTextField()
    starts = HiddenTextField()

    @property
    def occurrence(self) -> tuple[date, time] | None:
        """The day and the start; None where it is no date of ours."""
        try:
            return date.fromisoformat(self.on.data), time.fromisoformat(self.starts.data)
        except ValueError:
            return None


class NoteForm(ButtonForm):
    """What we changed."""

    note = TextField(filters=[tidied])

    def validate_note(self, field: Field) -> None:
        """Refuse what is too long, or could name somebody."""
        checked(field, check_note)


def _check_day(field: Field) -> None:
    checked(field, parse_date)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
