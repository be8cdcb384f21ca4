"""What somebody types to claim a listing."""

from wtforms import Field

from finder.organise.claims import rules
from finder.platform.web.forms import ButtonForm, TextField, checked, tidied


class ClaimForm(ButtonForm):
    """Why the listing is theirs."""

    why = TextField(filters=[tidied])

    def validate_why(self, field: Field) -> None:
        """A moderator must be able to decide."""
        checked(field, rules.check_why)
