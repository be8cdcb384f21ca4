"""What a parent typed into a review, and the draft that it makes."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from finder.domain.facts import Fact
from finder.domain.refused import Refused
from finder.domain.vocabulary import TalkingLevel
from finder.platform import emails as platform_emails
from finder.platform.web.forms import (
    ButtonForm,
    HiddenTextField,
    LineField,
    TextField,
    checked,
    tidied,
)
from finder.reviews.rules import (
    LONGEST_ADVICE,
    LONGEST_WORDS,
    BabyAge,
    ReviewAnswers,
    ReviewDraft,
    Visit,
    check_words,
    recent_visits,
)

SKIP = "skip"
YES_NO_SKIP = {"yes": "Yes", "no": "No", SKIP: "Skip"}
ALONE_OR_NOT = {"yes": "Alone with my child", "no": "With someone", SKIP: "Skip"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LONGEST_KEY = 64
FACT = "fact_"
_FACTS = {fact.value: fact for fact in Fact}
_AGES = {age.value: age for age in BabyAge}


class AnswersForm(ButtonForm):
    """The answers of a review. The questions about facts are added by answers_form."""

    level = RadioField(
        choices={str(level.value): level.label for level in TalkingLevel},
        validators=[InputRequired("Choose how much you had to talk")],
    )
    visit = SelectField(validators=[InputRequired("Choose the month of your visit")])
    was_first_time = RadioField(choices=YES_NO_SKIP, default=SKIP)
    came_alone = RadioField(choices=ALONE_OR_NOT, default=SKIP)
    baby_age = SelectField(
        choices={"": "Skip", **{age.value: age.label for age in BabyAge}}, default=""
    )
    would_go_again = RadioField(choices=YES_NO_SKIP, default=SKIP)
    words = TextField(filters=[tidied])
    advice = TextField(filters=[tidied])
    hide_words = BooleanField()

    def validate_words(self, field: Field) -> None:
        """Refuse what is too long or could name somebody."""
        _check_words(field, LONGEST_WORDS)

    def validate_advice(self, field: Field) -> None:
        """Refuse what is too long or could name somebody."""
        _check_words(field, LONGEST_ADVICE)

    @property
    def questions(self) -> list[tuple[Fact, Field]]:
        """The facts that are asked, each with its field."""
        return [
            (_FACTS[field.name.removeprefix(FACT)], field)
            for field in self
            if field.name.startswith(FACT)
        ]

    def draft(self, today: date) -> ReviewDraft:
        """The valid wish. Call it only once the form is_sent."""
        year, _, month = self.visit.data.partition("-")
        facts = {fact: field.data == "yes" for fact, field in self.questions if _is_answered(field)}
        return ReviewDraft(
            level=list(TalkingLevel)[int(self.level.data) - 1],
            visit=Visit(int(year), int(month)),
            facts=facts,
            came_alone=_yes_no(self.came_alone),
            baby_age=_AGES.get(self.baby_age.data),
            was_first_time=_yes_no(self.was_first_time),
            would_go_again=_yes_no(self.would_go_again),
            words=self.words.data,
            advice=self.advice.data,
            print_words=not self.hide_words.data,
            today=today,
        )


class ReviewForm(AnswersForm):
    """A new review: the answers, and last the email."""

    email = LineField(filters=[tidied])
    form_key = HiddenTextField()

    def validate_email(self, field: Field) -> None:
        """Refuse what is no email address."""
        field.data = checked(field, platform_emails.normal_email)

    @property
    def key(self) -> str:
        """What tells this form from every other, so that sending it twice makes one review."""
        return self.form_key.data[:LONGEST_KEY] or secrets.token_urlsafe(16)


def review_form(questions: Sequence[Fact], sent: Iterable[str], today: date) -> ReviewForm:
    """A new review's form. sent: the names that were posted; their questions are asked again,
    though by now others may be less certain.
    """
    form: ReviewForm = _with_questions(ReviewForm, _asked(questions, sent))()
    _choose_months(form, recent_visits(today))
    if not form.form_key.data:
        form.form_key.data = secrets.token_urlsafe(16)
    return form


def change_form(
    kept: ReviewAnswers, questions: Sequence[Fact], sent: Iterable[str], today: date
) -> AnswersForm:
    """The form of a review that is kept, filled with its answers; its own facts come first."""
    asked = dict.fromkeys((*kept.facts, *questions))
    fields = _asked(tuple(asked), sent)
    form: AnswersForm = _with_questions(AnswersForm, fields)(data=_typed(kept))
    _choose_months(form, tuple(dict.fromkeys((*recent_visits(today), kept.visit))))
    return form


def _asked(questions: Sequence[Fact], sent: Iterable[str]) -> Sequence[Fact]:
    names = set(sent)
    posted = [fact for fact in Fact if FACT + fact.value in names]
    ordered = [fact for fact in questions if fact in posted]
    return (*ordered, *(fact for fact in posted if fact not in ordered)) or questions


def _with_questions(form: type[Any], questions: Sequence[Fact]) -> type[Any]:
    fields = {
        FACT + fact.value: RadioField(fact.question, choices=YES_NO_SKIP, default=SKIP)
        for fact in questions
    }
    return type(form.__name__, (form,), fields)


def _choose_months(form: AnswersForm, visits: Sequence[Visit]) -> None:
    form.visit.choices = {"": "Choose a month"} | {
        _value(visit): f"{MONTHS[visit.month - 1]} {visit.year}" for visit in visits
    }


def _typed(kept: ReviewAnswers) -> dict[str, object]:
    """What somebody would have typed to say this."""
    facts = {FACT + fact.value: _answer(is_yes) for fact, is_yes in kept.facts.items()}
    return facts | {
        "level": str(kept.level.value),
        "visit": _value(kept.visit),
        "was_first_time": _answer(kept.was_first_time),
        "came_alone": _answer(kept.came_alone),
        "baby_age": kept.baby_age.value if kept.baby_age else "",
        "would_go_again": _answer(kept.would_go_again),
        "words": kept.words,
        "advice": kept.advice,
        "hide_words": not kept.print_words,
    }


def _value(visit: Visit) -> str:
    return f"{visit.year}-{visit.month:02}"


def _answer(is_yes: bool | None) -> str:
    return {True: "yes", False: "no", None: SKIP}[is_yes]


def _is_answered(field: Field) -> bool:
    return field.data in {"yes", "no"}


def _yes_no(field: Field) -> bool | None:
    return field.data == "yes" if _is_answered(field) else None


def _check_words(field: Field, longest: int) -> None:
    try:
        check_words(field.name, field.data, longest)
    except Refused as refused:
        raise ValidationError(refused.message) from refused
