"""What every form shares: tidying what was typed, refusals in the domain's words, and its token."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import g, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError

from finder.domain.readable import clean
from finder.domain.refused import Refused
from finder.platform.web.request import settings
from finder.platform.web.security import is_own_host, own_hosts

Value = TypeVar("Value")


def tidied(text: str | None) -> str:
    """What was typed, as far as it can be seen, with one character for a line break, as browsers
    count it.
    """
    return clean((text or "").replace("\r\n", "\n")).strip()


def checked(field: Field, check: Callable[[str], Value]) -> Value:
    """What a rule makes of a field's text; its refusal becomes the field's error."""
    try:
        return check(field.data)
    except Refused as refused:
        raise ValidationError(refused.message) from refused


class LineField(StringField):
    """A box for one line. Its data is never None: a form that was sent without it holds ""."""

    data: str

    def process_data(self, value: str | None) -> None:
        """Begin with the value that the form is filled with."""
        self.data = value or ""


class TextField(LineField, TextAreaField):
    """A box for several lines."""


class HiddenTextField(LineField, HiddenField):
    """A value that the page sends along."""


class FormToken(_FlaskFormCSRF):  # type: ignore[misc]  # Flask-WTF has no types
    """The token of a form, which proves that it was sent from our own page.

    A form with a bad one is shown again with what was typed, and answered 400
    (`security.finish_answers`).
    """

    def validate_csrf_token(self, form: FlaskForm, field: Field) -> None:
        """Refuse a bad token, and a good one that another site's page sent. ValidationError."""
        try:
            super().validate_csrf_token(form, field)
            origin = request.headers.get("Origin", "null")  # "null": a page without a referrer
            if origin != "null":
                names = own_hosts(settings())
                if not is_own_host(urlsplit(origin).netloc, names):
                    raise ValidationError("This form was sent from another site.")
        except ValidationError:
            g.has_bad_token = True
            raise


class ButtonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """One button that changes something: nothing is typed, but it must come from our page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """A form may stay open for as long as a baby sleeps."""

        csrf_class = FormToken
        csrf_time_limit = None

    @property
    def is_sent(self) -> bool:
        """Whether it was posted from our own page."""
        return bool(self.validate_on_submit())

    @property
    def messages(self) -> dict[str, str]:
        """What was wrong, by the field's name, in the order of the page."""
        found = {field.name: str(field.errors[0]) for field in self if field.errors}
        if found.pop("csrf_token", None):
            found["send"] = "This page was open for a long time. Press the button once more."
        return found
