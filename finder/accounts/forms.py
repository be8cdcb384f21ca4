"""What somebody typed to sign in."""

from wtforms import Field

from finder.accounts.rules import local_path
from finder.platform import emails as platform_emails
from finder.platform.web.forms import ButtonForm, HiddenTextField, LineField, checked, tidied


class SignInForm(ButtonForm):
    """An email address, and where to go afterwards."""

    email = LineField(filters=[tidied])
    next = HiddenTextField()

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        field.data = checked(field, platform_emails.normal_email)

    @property
    def next_path(self) -> str:
        """The page of this site to go to afterwards; nothing for any other address."""
        return local_path(self.next.data)
