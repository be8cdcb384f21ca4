"""What somebody typed who reports a problem, complains or appeals."""

from wtforms import Field, RadioField
from wtforms.validators import InputRequired

from finder.moderation.reports.rules import OF_LISTINGS, OF_REVIEWS, ReportDraft, ReportKind
from finder.platform import emails as platform_emails
from finder.platform.web.forms import (
    ButtonForm,
    HiddenTextField,
    LineField,
    TextField,
    checked,
    tidied,
)

_KINDS = {kind.value: kind for kind in ReportKind}


class WordsForm(ButtonForm):
    """A complaint or an appeal: words, and for a complaint perhaps an email address."""

    kind_of = ReportKind.COMPLAINT
    words = TextField(filters=[tidied])
    email = LineField(filters=[tidied])

    def validate_words(self, field: Field) -> None:
        """Refuse nothing, and what is too long."""
        checked(field, lambda words: ReportDraft(self.kind, words))

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address; nothing is fine."""
        if not field.data:
            return
        field.data = checked(field, platform_emails.normal_email)

    @property
    def kind(self) -> ReportKind:
        """What is wrong."""
        return self.kind_of

    def draft(self) -> ReportDraft:
        """The valid report. Call it only once the form is_sent."""
        return ReportDraft(self.kind, self.words.data, self.email.data)


class ReportForm(WordsForm):
    """A report of a listing or a review: what is wrong, words, perhaps an email address."""

    problem = RadioField(validators=[InputRequired("Choose what is wrong")])
    review = HiddenTextField()
    # Once more, so that they come after the choice: messages stand in the order of the page.
    words = TextField(filters=[tidied])
    email = LineField(filters=[tidied])

    def __init__(self, *, of_review: bool) -> None:
        super().__init__()
        kinds = OF_REVIEWS if of_review else OF_LISTINGS
        self.problem.choices = {kind.value: kind.label for kind in kinds}

    @property
    def kind(self) -> ReportKind:
        """What was chosen; anything else until then."""
        return _KINDS.get(self.problem.data or "", ReportKind.OTHER)
