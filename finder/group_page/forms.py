"""The form of "Was it on?": which button a parent pressed."""

from wtforms import Field

from finder.group_page.rules import OnAnswer, parse_answer
from finder.platform.web.forms import ButtonForm, HiddenTextField, checked


class WasItOnForm(ButtonForm):
    """One button for each date and answer."""

    answer = HiddenTextField()

    def validate_answer(self, field: Field) -> None:
        """Accept only the value of one of our buttons."""
        checked(field, parse_answer)

    @property
    def given(self) -> OnAnswer:
        """The answer. Call it only once the form is_sent."""
        return parse_answer(self.answer.data)
