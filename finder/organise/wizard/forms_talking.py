"""The steps on talking, the other facts, what happens, and how to get in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from wtforms import FieldList, FormField

from finder.domain.facts import VENUE_FACTS, Fact, Topic
from finder.domain.groups import LONGEST_LINE, MOST_STEPS, GettingIn, GroupDraft, Step
from finder.domain.refused import Refused
from finder.domain.vocabulary import Busy, Expected, Noise, TalkingLevel
from finder.group_page.fact_lines import HAVE_TO_WORDS
from finder.organise.rules import Typed
from finder.organise.wizard.fields import (
    DONT_KNOW,
    PartForm,
    RowForm,
    answer,
    answers_in,
    chosen,
    chosen_or_unknown,
    line,
    or_unknown,
    radios,
    typed_answers,
)

Asking = TypeVar("Asking", bound=PartForm)
LONGEST_NUMBER = 20
LEVELS = {str(level.value): level.label for level in TalkingLevel} | {DONT_KNOW: "Don’t know"}
ASKED = tuple(f for f in Fact if f.is_asked_of_organisers and f not in VENUE_FACTS)
HAVE_TO = tuple(fact for fact in ASKED if fact.topic is Topic.HAVE_TO)
REST = tuple(fact for fact in ASKED if fact.topic is not Topic.HAVE_TO)


def _asks(facts: Iterable[Fact]) -> Callable[[type[Asking]], type[Asking]]:
    """Give a form a question for each fact."""

    def add(form: type[Asking]) -> type[Asking]:
        for fact in facts:
            setattr(form, fact.value, answer(fact, HAVE_TO_WORDS.get(fact, "").capitalize()))
        return form

    return add


def _with_facts(draft: GroupDraft, form: PartForm, facts: tuple[Fact, ...]) -> GroupDraft:
    others = {fact: is_yes for fact, is_yes in draft.facts.items() if fact not in facts}
    return replace(draft, facts={**others, **answers_in(form, facts)})


@_asks(HAVE_TO)
class TalkingForm(PartForm):
    """The five sentences, and what a parent may be made to do."""

    slug = "talking"
    facts = HAVE_TO

    level = radios("What would someone who hates small talk say about it?", LEVELS, default="")
    level_items = tuple({"hint": {"text": level.promise}} for level in TalkingLevel)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with this claim and these facts."""
        number = self.level.data
        level = list(TalkingLevel)[int(number) - 1] if number.isdecimal() else None
        return _with_facts(replace(draft, claimed_level=level), self, HAVE_TO)

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The claim and facts as they were chosen."""
        level = str(draft.claimed_level.value) if draft.claimed_level else DONT_KNOW
        return {"level": [level], **typed_answers(draft.facts, HAVE_TO)}


@_asks(REST)
class GoodToKnowForm(PartForm):
    """All the other facts, noise, and how full it gets."""

    slug = "good-to-know"
    topics = tuple(
        (topic.value, tuple(fact for fact in REST if fact.topic is topic))
        for topic in Topic
        if topic is not Topic.HAVE_TO
    )

    noise = radios("How loud does it get?", or_unknown(Noise), default=DONT_KNOW)
    busy = radios("How full does it get?", or_unknown(Busy), default=DONT_KNOW)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with these facts."""
        noise, busy = (
            chosen_or_unknown(Noise, self.noise.data),
            chosen_or_unknown(Busy, self.busy.data),
        )
        return _with_facts(replace(draft, noise=noise, busy=busy), self, REST)

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The facts as they were chosen."""
        return {
            "noise": [draft.noise.value if draft.noise else DONT_KNOW],
            "busy": [draft.busy.value if draft.busy else DONT_KNOW],
            **typed_answers(draft.facts, REST),
        }


class StepForm(RowForm):
    """One line of what happens; one without words is left out."""

    minutes = line("Minutes from the start", LONGEST_NUMBER)
    what = line("What happens", LONGEST_LINE)
    expected = radios(
        "What is asked of parents?",
        {word.value: word.label for word in Expected},
        default=Expected.NEITHER.value,
    )

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Each field by itself, then together as a step would have them."""
        if not super().validate(extra_validators):
            return False
        try:
            self.step()
        except Refused as refused:
            self.minutes.errors = [*self.minutes.errors, refused.message]
            return False
        return True

    def step(self) -> Step | None:
        """The step that was typed; None for an empty row. Refused for no number of minutes."""
        minutes, what = self.minutes.data, self.what.data
        if not what and not minutes:
            return None
        if minutes and not (minutes.isascii() and minutes.isdigit()):
            raise Refused("minutes", "Type a number of minutes, like 5")
        if not what:
            raise Refused("what", "Say what happens then, or empty both boxes")
        return Step(int(minutes or 0), what, chosen(Expected, self.expected.data))


class HappensForm(PartForm):
    """What happens, line by line, in the order of minutes."""

    slug = "what-happens"

    steps = FieldList(FormField(StepForm, label="Step"), min_entries=3, max_entries=MOST_STEPS)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with these steps."""
        steps = [step for row in self.steps if (step := row.form.step())]
        return replace(draft, steps=tuple(sorted(steps, key=lambda one: one.minutes_from_start)))

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """Each step's words."""
        found: Typed = {}
        for number, step in enumerate(draft.steps):
            found[f"steps-{number}-minutes"] = [str(step.minutes_from_start)]
            found[f"steps-{number}-what"] = [step.what]
            found[f"steps-{number}-expected"] = [step.expected.value]
        return found


class GettingInForm(PartForm):
    """Six short lines, all of which may stay empty."""

    slug = "getting-in"

    door = line("Which door?", LONGEST_LINE, hint="Like: the side door on Example Street")
    pram = line("Where do shoes and the pram go?", LONGEST_LINE)
    bring = line("What should parents bring?", LONGEST_LINE)
    say_at_door = line(
        "What do they say at the door?", LONGEST_LINE, hint="Like: nothing, nobody signs in"
    )
    if_asleep_or_crying = line("What if the baby is asleep or crying?", LONGEST_LINE)
    how_to_pay = line("How and when do they pay?", LONGEST_LINE)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with these lines."""
        lines = {name: self[name].data for name in GettingIn.__dataclass_fields__}
        return replace(draft, getting_in=GettingIn(**lines))

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The lines as they are."""
        names = GettingIn.__dataclass_fields__
        return {name: [getattr(draft.getting_in, name)] for name in names}
