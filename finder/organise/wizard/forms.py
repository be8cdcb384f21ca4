"""The steps of a listing in their order, and the draft that all of them make together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from uuid import UUID

from govuk_frontend_wtf.main import wtforms_errors
from werkzeug.datastructures import MultiDict
from wtforms import FieldList

from finder.domain.groups import GroupDraft
from finder.organise.rules import Typed
from finder.organise.wizard.fields import PROBE, Around, Choice, PartForm, Pick
from finder.organise.wizard.forms_talking import (
    GettingInForm,
    GoodToKnowForm,
    HappensForm,
    TalkingForm,
)
from finder.organise.wizard.forms_what import CostForm, WhatForm
from finder.organise.wizard.forms_when import WhenForm
from finder.organise.wizard.forms_where import WhereForm
from finder.platform.web.forms import ButtonForm

MOST_NAMES, MOST_VALUES, LONGEST_VALUE = 300, 30, 4_000


@dataclass(frozen=True)
class Part:
    """One page of the journey. step: its number on the progress line."""

    form: type[PartForm]
    step: int
    title: str

    @property
    def slug(self) -> str:
        """Its place in addresses, and in what is kept."""
        return self.form.slug


STEPS = ("Where", "What", "When", "Cost", "Talking", "Preview")
PARTS: tuple[Part, ...] = (
    Part(WhereForm, 1, "Where is it?"),
    Part(WhatForm, 2, "What is it?"),
    Part(WhenForm, 3, "When is it on?"),
    Part(CostForm, 4, "What does it cost?"),
    Part(TalkingForm, 5, "How much talking?"),
    Part(GoodToKnowForm, 5, "Good to know"),
    Part(HappensForm, 5, "What happens?"),
    Part(GettingInForm, 5, "How do parents get in?"),
)
PART_OF: Mapping[str, Part] = {part.slug: part for part in PARTS}


def form_of(part: Part, typed: Typed | None, around: Around) -> PartForm:
    """A step's form with what was typed into it."""
    form = part.form(formdata=MultiDict(typed) if typed else None)
    form.prepare(around)
    return form


def typed_in(part: Part, sent: MultiDict[str, str]) -> Typed:
    """What was sent to a step's form: its own fields only, and no longer than we keep."""
    names = set(part.form(formdata=None)._fields)
    found = [(n, v) for n, v in sent.lists() if n.partition("-")[0] in names][:MOST_NAMES]
    return {
        name: [value.replace("\x00", "")[:LONGEST_VALUE] for value in values[:MOST_VALUES]]
        for name, values in found
    }


def resized(part: Part, typed: Typed, do: str) -> Typed | None:
    """What was typed, with a row added or removed by the pressed button; None for other buttons."""
    rows = next((f for f in part.form(formdata=None) if isinstance(f, FieldList)), None)
    what, _, number = do.partition("-")
    if rows is None or what not in {"add", "remove"}:
        return None
    if what == "remove":
        return {n: v for n, v in typed.items() if not n.startswith(f"{rows.name}-{number}-")}
    numbers = [int(n.split("-")[1]) for n in typed if re.fullmatch(rf"{rows.name}-\d{{1,4}}-.*", n)]
    first = next(iter(rows[0].form)).short_name
    return typed | {f"{rows.name}-{max(numbers, default=-1) + 1}-{first}": [""]}


def first_unfinished(
    kept: Mapping[str, Typed], around: Around, last: str = PARTS[-1].slug
) -> Part | None:
    """The first step, up to `last`, that is missing or wrong; None where all are right."""
    for part in _up_to(last):
        if part.slug not in kept or not form_of(part, kept[part.slug], around).validate():
            return part
    return None


def draft_from(kept: Mapping[str, Typed], around: Around, last: str = PARTS[-1].slug) -> GroupDraft:
    """The draft of all steps up to `last`. Call it only once there is no first_unfinished."""
    forms = (form_of(part, kept[part.slug], around) for part in _up_to(last))
    return reduce(lambda draft, form: form.put(draft), forms, PROBE)


def _up_to(last: str) -> tuple[Part, ...]:
    return PARTS[: PARTS.index(PART_OF[last]) + 1]


def organiser_in(kept: Mapping[str, Typed], around: Around) -> UUID | None:
    """The organiser that was chosen, of those that may be; None for a new one."""
    (chosen,) = kept["what"].get("organiser_id") or [""]
    own = {str(one.id): one.id for one in around.organisers}
    return own.get(chosen)


def problems(*forms: ButtonForm) -> list[dict[str, str]]:
    """What is wrong, each with a link to its field, for the summary above the form."""
    found: list[dict[str, str]] = []
    for form in forms:
        labels = {f"#{field.id}": field.label.text for field in form}
        found += [_with_question(one, labels) for one in wtforms_errors(form)["errorList"]]
    late = "This page was open for a long time. Press the button once more."
    return [
        {"text": late, "href": "#save"} if one["href"] == "#csrf_token" else one for one in found
    ]


def _with_question(one: dict[str, str], labels: dict[str, str]) -> dict[str, str]:
    """In the summary, “Choose one” needs its question: the field is elsewhere on the page."""
    label = labels.get(one["href"])
    if label and one["text"] in (Choice.missing, Pick.missing):
        return {**one, "text": f"{one['text']}: {label}"}
    return one
