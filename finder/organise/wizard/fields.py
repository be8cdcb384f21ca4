"""The fields of the wizard's forms in GOV.UK's components, and the class of each step's form.

Each step's form puts its own part into a draft. The rules are those of domain/: a step is
checked by putting it into a draft that is complete but for this part.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import ClassVar, TypeVar

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length

from finder.accounts.rules import OwnOrganiser
from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, Place, VenueDraft
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Booking, CostKind, Format, Labelled, Nation, VenueKind, Weekday
from finder.organise.rules import NearVenue, Typed
from finder.places.rules import Answer
from finder.platform.web.forms import ButtonForm, LineField, TextField, tidied

Word = TypeVar("Word", bound=Labelled)
DONT_KNOW = "unknown"
YES_NO = {"yes": "Yes", "no": "No", DONT_KNOW: "Don’t know"}
ANSWERS = {"yes": True, "no": False}

PROBE = GroupDraft(
    ref="probe",
    name="Probe",
    organiser="Probe",
    venue=VenueDraft(
        "Probe", VenueKind.OTHER, "", "Probe", "EH6 7BS", Place(55.976, -3.1657), Nation.SCOTLAND
    ),
    format=Format.OTHER,
    sessions=(Session(Weekday.MON, time(10), time(11)),),
    cost=Cost(CostKind.FREE),
    booking=Booking.DROP_IN,
    age_from_months=0,
    age_to_months=12,
)
"""A complete draft to put a part into, to check the part. It is never saved."""


@dataclass(frozen=True)
class Around:
    """What a step's form can look up: postcodes, venues near a point, the account's organisers.

    is_taken: whether an organiser has a name already. current: the venue of a listing that is
    being changed. is_shared: groups of others meet there too, so that its address stands.
    """

    locate: Callable[[str], Answer]
    venues_near: Callable[[Place], tuple[NearVenue, ...]]
    organisers: tuple[OwnOrganiser, ...] = ()
    is_taken: Callable[[str], bool] = lambda name: False
    current: VenueDraft | None = None
    is_shared: bool = False

    @property
    def is_edit(self) -> bool:
        """Whether a published listing is being changed."""
        return self.current is not None


class RowForm(Form):
    """One of the rows of a step."""

    @property
    def number(self) -> str:
        """The row's number in the names of its fields, which "remove-<number>" takes out."""
        return next(iter(self)).name.split("-")[1]


class PartForm(ButtonForm):
    """One step. Subclasses say how it becomes part of a draft, and back."""

    slug: ClassVar[str]
    around: Around

    class Meta(ButtonForm.Meta):
        """Also checked when it was sent long ago; the page's button has its own token."""

        csrf = False

    def prepare(self, around: Around) -> None:
        """Give the form what it can look up. Call it once, before the form is shown or checked."""
        self.around = around

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with this step's part in it. Refused, with the field at fault."""
        raise NotImplementedError

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """What somebody would have typed to make this draft."""
        raise NotImplementedError

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Each field by itself, then all together as a draft would have them."""
        if not super().validate(extra_validators):
            return False
        try:
            self.put(PROBE)
        except Refused as refused:
            self.blame(refused)
            return False
        return True

    def blame(self, refused: Refused) -> None:
        """Show a refusal beside its field, or beside the first one where there is no such field."""
        field = self._fields.get(refused.field) or next(iter(self))
        field.errors = [*field.errors, refused.message]


class _WithoutEmptyHint:
    """GOV.UK's lists of choices, without a hint that says nothing."""

    def map_gov_params(self, field: Field, **kwargs: object) -> dict[str, object]:
        params: dict[str, object] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if not field.description:
            params.pop("hint", None)
        return params


class Radios(_WithoutEmptyHint, GovRadioInput):  # type: ignore[misc]  # no types
    """Radio buttons."""


class Ticks(_WithoutEmptyHint, GovCheckboxesInput):  # type: ignore[misc]  # no types
    """Boxes to tick."""


class Tick(_WithoutEmptyHint, GovCheckboxInput):  # type: ignore[misc]  # no types
    """One box to tick."""


class Choice(RadioField):
    """One of a few, with words of our own for what is not among them."""

    choices: dict[str, str]
    missing = "Choose one of these"

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is none of the choices."""
        if self.data not in self.choices:
            raise ValidationError(self.missing)


class Pick(SelectField):
    """One of many, from a list."""

    choices: dict[str, str]
    missing = "Choose one from the list"

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is none of the choices, and the empty first line."""
        if not self.data or self.data not in self.choices:
            raise ValidationError(self.missing)


class Several(SelectMultipleField):
    """Any of a few."""

    choices: dict[str, str]

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is none of the choices."""
        if not set(self.data or ()) <= set(self.choices):
            raise ValidationError("Tick only what is on the list")


def one_line(text: str | None) -> str:
    """What was typed, as one line without control characters."""
    return " ".join(tidied(text).split())


def line(label: str, longest: int, missing: str = "", hint: str = "") -> LineField:
    """A box for one line. missing: what to say where it is empty and may not be."""
    too_long = Length(max=longest, message=f"Use at most {longest} characters")
    needed = [DataRequired(missing)] if missing else []
    return LineField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[one_line],
        validators=[*needed, too_long],
    )


def text(label: str, longest: int, hint: str = "") -> TextField:
    """A box for some sentences."""
    too_long = Length(max=longest, message=f"Use at most {longest:,} characters")
    return TextField(
        label, description=hint, widget=GovTextArea(), filters=[tidied], validators=[too_long]
    )


def radios(label: str, choices: Mapping[str, str], hint: str = "", default: str = "") -> Choice:
    """Radio buttons. choices: words by value."""
    return Choice(label, description=hint, widget=Radios(), choices=dict(choices), default=default)


def pick(label: str, words: type[Labelled], hint: str = "") -> Pick:
    """A list to choose from, which begins with an empty line. words: of the vocabulary."""
    choices = {"": "Choose one"} | {word.value: word.label for word in words}
    return Pick(label, description=hint, widget=GovSelect(), choices=choices, default="")


def ticks(label: str, words: type[Labelled], hint: str = "") -> Several:
    """Boxes to tick. words: of the vocabulary."""
    choices = {word.value: word.label for word in words}
    return Several(label, description=hint, widget=Ticks(), choices=choices)


def tick(label: str) -> BooleanField:
    """One box to tick."""
    return BooleanField(label, widget=Tick())


def answer(fact: Fact, words: str = "") -> Choice:
    """Yes, no or don't know, of one fact. words: how it is asked, if not as a claim."""
    return radios(words or fact.yes, YES_NO, default=DONT_KNOW)


def or_unknown(words: type[Labelled]) -> dict[str, str]:
    """The words of a vocabulary as choices, with "Don’t know" at the end."""
    return {word.value: word.label for word in words} | {DONT_KNOW: "Don’t know"}


def chosen(words: type[Word], value: str) -> Word:
    """The word of a value that is one of the choices."""
    return {word.value: word for word in words}[value]


def chosen_or_unknown(words: type[Word], value: str) -> Word | None:
    """The word of this value; None for "don't know"."""
    return None if value == DONT_KNOW else chosen(words, value)


def answers_in(form: PartForm, facts: Iterable[Fact]) -> dict[Fact, bool]:
    """The answers to these facts, without those that are "don't know"."""
    answers = {fact: ANSWERS.get(form[fact.value].data) for fact in facts}
    return {fact: is_yes for fact, is_yes in answers.items() if is_yes is not None}


def typed_answers(kept: Mapping[Fact, bool], facts: Iterable[Fact]) -> Typed:
    """The answers to these facts as the form's fields hold them."""
    words = {True: "yes", False: "no", None: DONT_KNOW}
    return {fact.value: [words[kept.get(fact)]] for fact in facts}
