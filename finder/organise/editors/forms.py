"""What an organiser types to invite another editor."""

from wtforms import Field

from finder.platform import emails as platform_emails
from finder.platform.web.forms import ButtonForm, LineField, checked, tidied


class InviteForm(ButtonForm):
    """The address to invite."""

    email = LineField(filters=[tidied])

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        checked(field, platform_emails.normal_email)
