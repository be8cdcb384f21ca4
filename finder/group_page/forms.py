"""Which button a parent pressed who says whether a group was on."""

from wtforms import Field

from finder.group_page.rules import OnAnswer, parse_answer
from finder.platform.web.forms import ButtonForm, HiddenTextField, checked


class WasItOnForm(ButtonForm):
    """One button for each date and answer."""

    answer = HiddenTextField()

    def validate_answer(self, field: Field) -> None:
        """Only what one of our buttons says."""
        checked(field, parse_answer)

    @property
    def given(self) -> OnAnswer:
        """The answer. Call it only once the form is_sent."""
        return parse_answer(self.answer.data)
