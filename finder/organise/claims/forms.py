"""What somebody types to claim a listing."""

from wtforms import Field, RadioField

from finder.organise.claims import rules
from finder.platform.web.forms import ButtonForm, TextField, checked, tidied


class ClaimForm(ButtonForm):
    """Why the listing is theirs, and whether they ask for the organiser's others too."""

    scope = RadioField(
        choices={one.value: one.label for one in rules.ClaimScope},
        default=rules.ClaimScope.GROUP.value,
        validate_choice=False,
    )
    why = TextField(filters=[tidied])

    def validate_why(self, field: Field) -> None:
        """A moderator must be able to decide."""
        checked(field, rules.check_why)

    @property
    def asked(self) -> rules.ClaimScope:
        """What they ask to look after: one listing, unless they say so."""
        is_all = self.scope.data == rules.ClaimScope.ORGANISER.value
        return rules.ClaimScope.ORGANISER if is_all else rules.ClaimScope.GROUP
