"""What an organiser types to invite another editor."""

from wtforms import Field

from finder.platform import emails as platform_emails
from finder.platform.web.forms import ButtonForm, LineField, checked, tidied


class InviteForm(ButtonForm):
    """Whom to ask for help."""

    email = LineField(filters=[tidied])

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        checked(field, platform_emails.normal_email)
