"""What somebody chose about their reviews before the account is deleted."""

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from finder.platform.web.forms import ButtonForm

KEEP, WITHDRAW = "keep", "withdraw"


class DeleteAccountForm(ButtonForm):
    """Whether reviews stay without an author, or go too; the same of reports that still wait."""

    reviews = RadioField(
        choices={
            KEEP: "Keep them without me. They still help other parents",
            WITHDRAW: "Take them back",
        },
        validators=[InputRequired("Choose what becomes of your reviews")],
    )

    keep_reports = BooleanField()

    @property
    def keeps_reviews(self) -> bool:
        """Whether published reviews stay."""
        return bool(self.reviews.data == KEEP)
