"""What a moderator chose and wrote about one thing in the queue."""

import re
from uuid import UUID

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from finder.domain.refused import Refused
from finder.moderation.rules import Action, Decision, Item, ItemKind, Reason
from finder.platform.web.forms import ButtonForm, HiddenTextField, LineField, TextField, tidied

_ACTIONS = {action.value: action for action in Action}
_REASONS = {reason.value: reason for reason in Reason}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class DecisionForm(ButtonForm):
    """A decision: what to do, why from a short list, and words. target: of moving and merging."""

    action = RadioField(validators=[InputRequired("Choose what to do")])
    reason = SelectField(
        choices={"": "Choose a reason", **{reason.value: reason.label for reason in Reason}},
        validators=[InputRequired("Choose a reason")],
    )
    words = TextField(filters=[tidied])
    stamp = HiddenTextField()

    def decision(self) -> Decision:
        """The valid decision. Call it only once the form is_sent. Refused, with the field."""
        return Decision(
            _ACTIONS[self.action.data],
            _REASONS[self.reason.data],
            self.words.data,
            self.stamp.data,
            self._target(),
            self._also(),
        )

    def _also(self) -> dict[UUID, str]:
        """The listings that were ticked, each with the stamp that it was shown with."""
        field = getattr(self, "also", None)
        ticked = [str(value).partition(":") for value in field.data or ()] if field else []
        return {UUID(group_id): stamp for group_id, _, stamp in ticked if _ID.fullmatch(group_id)}

    def _target(self) -> UUID | None:
        field = getattr(self, "target", None)
        if field is None or not field.data:
            return None
        found = _ID.search(str(field.data))
        if found is None:
            raise Refused("target", "Paste the address of the group’s page")
        return UUID(found[0])


class _Listing(DecisionForm):
    also = SelectMultipleField(choices=(), validate_choice=False)


class _Moving(DecisionForm):
    target = LineField(filters=[tidied])


class _Merging(DecisionForm):
    target = RadioField(validate_choice=False)


def decision_form(item: Item) -> DecisionForm:
    """The form for one thing: it offers what can be done with it as it stands."""
    kind = DecisionForm
    if item.kind is ItemKind.DUPLICATE:
        kind = _Merging
    elif Action.MOVE in item.actions:
        kind = _Moving
    elif item.kind is ItemKind.LISTING:
        kind = _Listing
    form = kind()
    form.action.choices = {action.value: action.label for action in item.actions}
    if item.kind is ItemKind.DUPLICATE:
        form.target.choices = {str(group_id): name for group_id, name in item.pair}
    return form
