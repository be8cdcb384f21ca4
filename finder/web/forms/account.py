"""What somebody typed to sign in."""

from wtforms import Field, HiddenField, StringField

from finder.domain.accounts import local_path
from finder.services import reviewing
from finder.web.forms.review import ButtonForm
from finder.web.forms.typed import checked, tidied


class SignInForm(ButtonForm):
    """An email address, and where to go afterwards."""

    email = StringField(filters=[tidied])
    next = HiddenField()

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        field.data = checked(field, reviewing.normal_email)

    @property
    def next_path(self) -> str:
        """The page of this site to go to afterwards; nothing for any other address."""
        return local_path(self.next.data or "")
