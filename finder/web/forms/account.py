"""What somebody typed to sign in."""

from wtforms import Field, HiddenField, StringField, ValidationError

from finder.domain.accounts import local_path
from finder.domain.refused import Refused
from finder.services import reviewing
from finder.web.forms.review import ButtonForm


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class SignInForm(ButtonForm):
    """An email address, and where to go afterwards."""

    email = StringField(filters=[_stripped])
    next = HiddenField()

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        try:
            field.data = reviewing.normal_email(field.data)
        except Refused as refused:
            raise ValidationError(refused.message) from refused

    @property
    def next_path(self) -> str:
        """The page of this site to go to afterwards; nothing for any other address."""
        return local_path(self.next.data or "")
