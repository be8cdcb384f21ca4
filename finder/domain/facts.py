"""The facts of a listing: what each is about, who may answer it, what a search may ask.

A fact is yes, no or not known. Organisers answer most; parents answer all; only parents are
asked about being left out.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from finder.domain.fact_words import QUESTIONS, SAYS


class Topic(StrEnum):
    """Where a fact stands on a group's page."""

    HAVE_TO = "Will I have to …"
    FREEDOM = "Coming and going"
    PEOPLE = "Who comes"
    WELCOME = "How it feels"
    PLACE = "The place"
    CHILDREN = "For your child"


class Fact(StrEnum):
    """One yes-or-no question about a group. The value is the word of URLs and files.

    New facts go to the end: a fact's place here is its bit in the stored masks.
    """

    topic: Topic
    yes: str
    """How a page says that it holds."""
    no: str
    """How a page says that it does not."""
    bit: int
    """This fact's bit in the masks by which search filters."""

    def __new__(cls, value: str, topic: Topic) -> "Fact":
        """Keep beside the word its topic, what pages say, and its bit."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.topic = topic
        member.yes, member.no = SAYS[value]
        member.bit = 1 << len(cls.__members__)
        return member

    INTRODUCTIONS = "introductions", Topic.HAVE_TO
    SING = "sing", Topic.HAVE_TO
    CRAFT = "craft", Topic.HAVE_TO
    NAME_STICKER = "name_sticker", Topic.HAVE_TO
    POINTED_OUT = "pointed_out", Topic.HAVE_TO
    ROTA = "rota", Topic.HAVE_TO
    BRING_FOOD = "bring_food", Topic.HAVE_TO
    CHAT_GROUP = "chat_group", Topic.HAVE_TO
    SIT_AND_WATCH = "sit_and_watch", Topic.FREEDOM
    ARRIVE_LATE = "arrive_late", Topic.FREEDOM
    LEAVE_EARLY = "leave_early", Topic.FREEDOM
    FORM_TO_FILL = "form_to_fill", Topic.FREEDOM
    ASK_BEFOREHAND = "ask_beforehand", Topic.FREEDOM
    WELCOMED = "welcomed", Topic.WELCOME
    HOST = "host", Topic.WELCOME
    INCLUDED = "included", Topic.WELCOME
    KNOW_EACH_OTHER = "know_each_other", Topic.WELCOME
    ADVICE = "advice", Topic.WELCOME
    PHOTOS = "photos", Topic.WELCOME
    RELIGIOUS = "religious", Topic.WELCOME
    WEIGH_IN = "weigh_in", Topic.WELCOME
    BIRTH_STORIES = "birth_stories", Topic.WELCOME
    DADS = "dads", Topic.PEOPLE
    MIXED_AGES = "mixed_ages", Topic.PEOPLE
    UNDER_25S = "under_25s", Topic.PEOPLE
    GRANDPARENTS = "grandparents", Topic.PEOPLE
    PARTNER = "partner", Topic.PEOPLE
    SEND = "send", Topic.PEOPLE
    OTHER_LANGUAGES = "other_languages", Topic.PEOPLE
    HOT_DRINKS = "hot_drinks", Topic.PLACE
    QUIET_SPACE = "quiet_space", Topic.PLACE
    FEEDING_WELCOME = "feeding_welcome", Topic.PLACE
    CHANGING_TABLE = "changing_table", Topic.PLACE
    PRAM_SPACE = "pram_space", Topic.PLACE
    STEP_FREE = "step_free", Topic.PLACE
    PARKING = "parking", Topic.PLACE
    SNACK = "snack", Topic.CHILDREN
    CHILDREN_ROAM = "children_roam", Topic.CHILDREN
    LEADER_STEPS_IN = "leader_steps_in", Topic.CHILDREN
    TOYS_CLEANED = "toys_cleaned", Topic.CHILDREN

    @property
    def question(self) -> str:
        """How a review asks it."""
        return QUESTIONS[self.value]

    @property
    def is_asked_of_organisers(self) -> bool:
        """Whether an organiser may answer it."""
        return self not in PARENTS_ONLY


PARENTS_ONLY = (Fact.INCLUDED, Fact.KNOW_EACH_OTHER, Fact.ADVICE)
"""Organisers are not asked about cliques, advice or being left out."""

VENUE_FACTS = (Fact.STEP_FREE, Fact.PARKING, Fact.CHANGING_TABLE)
"""Facts of the building, shared by every group that meets there."""

CAN_FACTS = (
    Fact.SIT_AND_WATCH,
    Fact.LEAVE_EARLY,
    Fact.ARRIVE_LATE,
    Fact.STEP_FREE,
    Fact.PRAM_SPACE,
    Fact.PARTNER,
    Fact.DADS,
    Fact.GRANDPARENTS,
    Fact.SEND,
    Fact.HOT_DRINKS,
    Fact.CHANGING_TABLE,
    Fact.FEEDING_WELCOME,
    Fact.QUIET_SPACE,
    Fact.PARKING,
    Fact.ASK_BEFOREHAND,
    Fact.CHILDREN_ROAM,
)
"""What a search may ask to be yes (`can=`)."""

NOT_FACTS = (
    Fact.INTRODUCTIONS,
    Fact.SING,
    Fact.CRAFT,
    Fact.ROTA,
    Fact.BRING_FOOD,
    Fact.CHAT_GROUP,
    Fact.WEIGH_IN,
    Fact.RELIGIOUS,
    Fact.NAME_STICKER,
    Fact.POINTED_OUT,
    Fact.PHOTOS,
)
"""What a search may ask to be no (`not=`)."""


GOOD_YES = frozenset(
    {Fact.SIT_AND_WATCH, Fact.LEAVE_EARLY, Fact.ARRIVE_LATE, Fact.STEP_FREE, Fact.PRAM_SPACE}
)
"""Good news where they hold, worth a glance on a list."""

GOOD_NO = frozenset({Fact.INTRODUCTIONS, Fact.ROTA})
"""Good news where they don't hold."""

WARN_YES = frozenset({Fact.INTRODUCTIONS, Fact.ROTA, Fact.SING})
"""Where they hold, a warning to whoever would rather not."""


class Answers(NamedTuple):
    """What is known about one fact: the organiser's word, and parents' counts.

    organiser_on: the day of the organiser's word. parents_on: the newest parent's answer, to the
    month. Both None where not known.
    """

    organiser: bool | None = None
    parents_yes: int = 0
    parents_no: int = 0
    organiser_on: date | None = None
    parents_on: date | None = None

    @property
    def parents(self) -> int:
        """How many parents have answered."""
        return self.parents_yes + self.parents_no


def probability_of_yes(answers: Answers) -> float | None:
    """Chance that the fact holds, from 0 to 1, or None where nobody has answered.

    Above an even prior of half a yes and half a no, a parent counts 1 and the organiser
    0.8: so one organiser alone is "probably" (0.72), never "fairly sure" (0.75).
    """
    if answers.organiser is None and not (answers.parents_yes or answers.parents_no):
        return None
    yes = 0.5 + answers.parents_yes + (0.8 if answers.organiser is True else 0)
    no = 0.5 + answers.parents_no + (0.8 if answers.organiser is False else 0)
    return yes / (yes + no)
