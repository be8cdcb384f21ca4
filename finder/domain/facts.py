"""The facts of a listing: what each means, who may answer it, and how it reads.

A fact is yes, no or not known. Organisers answer most; parents answer all; the
ones about being left out are asked of parents only (product.md).
"""

from enum import StrEnum
from typing import NamedTuple


class Asked(StrEnum):
    """Who is asked a fact."""

    EVERYONE = "everyone"
    PARENTS = "parents"


class Topic(StrEnum):
    """Where a fact stands on a group's page."""

    HAVE_TO = "Will I have to …"
    FREEDOM = "Coming and going"
    PEOPLE = "Who comes"
    WELCOME = "How it feels"
    PLACE = "The place"
    CHILDREN = "For your child"


class Fact(StrEnum):
    """One yes-or-no question about a group. The value is the word of URLs and files."""

    topic: Topic
    yes: str
    no: str
    question: str
    asked: Asked

    def __new__(
        cls,
        value: str,
        topic: Topic,
        yes: str,
        no: str,
        question: str,
        asked: Asked = Asked.EVERYONE,
    ) -> "Fact":
        """Keep how the fact reads beside its word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.topic, member.yes, member.no = topic, yes, no
        member.question, member.asked = question, asked
        return member

    INTRODUCTIONS = (
        "introductions",
        Topic.HAVE_TO,
        "You speak in a circle",
        "No speaking in a circle",
        "Did anyone ask you to introduce yourself or speak in a circle?",
    )
    SING = ("sing", Topic.HAVE_TO, "Everyone sings", "No singing", "Were you asked to sing?")
    CRAFT = ("craft", Topic.HAVE_TO, "You do a craft", "No craft", "Were you asked to do a craft?")
    NAME_STICKER = (
        "name_sticker",
        Topic.HAVE_TO,
        "You wear a name sticker",
        "No name sticker",
        "Did you have to wear a name sticker?",
    )
    POINTED_OUT = (
        "pointed_out",
        Topic.HAVE_TO,
        "New people are pointed out",
        "New people are not pointed out",
        "Are new people pointed out to everyone?",
    )
    ROTA = (
        "rota",
        Topic.HAVE_TO,
        "Parents help on a rota",
        "No helpers’ rota",
        "Are you expected to help on a rota?",
    )
    BRING_FOOD = (
        "bring_food",
        Topic.HAVE_TO,
        "You bring food to share",
        "No need to bring food",
        "Are you expected to bring food to share?",
    )
    CHAT_GROUP = (
        "chat_group",
        Topic.HAVE_TO,
        "You are expected to join a chat group",
        "No chat group to join",
        "Are you expected to join a WhatsApp or Facebook group?",
    )
    SIT_AND_WATCH = (
        "sit_and_watch",
        Topic.FREEDOM,
        "Sit and watch",
        "You can’t just sit and watch",
        "Could you sit and watch?",
    )
    ARRIVE_LATE = (
        "arrive_late",
        Topic.FREEDOM,
        "Arrive late",
        "Come on time",
        "Could you arrive late?",
    )
    LEAVE_EARLY = (
        "leave_early",
        Topic.FREEDOM,
        "Leave early",
        "Stay until the end",
        "Could you leave early?",
    )
    FORM_TO_FILL = (
        "form_to_fill",
        Topic.FREEDOM,
        "A form to fill in on your first visit",
        "No form to fill in",
        "Did you fill in a form on your first visit?",
    )
    ASK_BEFOREHAND = (
        "ask_beforehand",
        Topic.FREEDOM,
        "Someone to ask by text or form first",
        "Nobody to ask by text or form first",
        "Is there someone to ask by text or form before you go?",
    )
    WELCOMED = (
        "welcomed",
        Topic.WELCOME,
        "Welcomed at the door",
        "Nobody meets you at the door",
        "Were you welcomed at the door?",
    )
    HOST = (
        "host",
        Topic.WELCOME,
        "A host introduces you to people",
        "Nobody introduces you",
        "Does a host introduce new people?",
    )
    INCLUDED = (
        "included",
        Topic.WELCOME,
        "If you want company, someone usually includes you",
        "If you want company, you may have to ask for it",
        "If you want company, will someone include you?",
        Asked.PARENTS,
    )
    KNOW_EACH_OTHER = (
        "know_each_other",
        Topic.WELCOME,
        "Most people already know each other",
        "People come and go, most don’t know each other",
        "Do most people already know each other?",
        Asked.PARENTS,
    )
    ADVICE = (
        "advice",
        Topic.WELCOME,
        "People give advice you did not ask for",
        "Nobody gives advice you did not ask for",
        "Did anyone give you advice you did not ask for?",
        Asked.PARENTS,
    )
    PHOTOS = (
        "photos",
        Topic.WELCOME,
        "Photos are taken",
        "No photos are taken",
        "Are photos taken?",
    )
    RELIGIOUS = (
        "religious",
        Topic.WELCOME,
        "Some religious content",
        "No religious content",
        "Is there religious content, such as a prayer?",
    )
    WEIGH_IN = (
        "weigh_in",
        Topic.WELCOME,
        "Weigh-in or health visitor at the same time",
        "No weigh-in or health visitor",
        "Is there a weigh-in or health visitor at the same time?",
    )
    BIRTH_STORIES = (
        "birth_stories",
        Topic.WELCOME,
        "Birth stories are told",
        "Birth stories are not told",
        "Are birth stories told?",
    )
    DADS = ("dads", Topic.PEOPLE, "Dads come", "Dads rarely come", "Do dads come?")
    MIXED_AGES = (
        "mixed_ages",
        Topic.PEOPLE,
        "Parents of all ages come",
        "Parents are of similar ages",
        "Do parents of all ages come?",
    )
    UNDER_25S = (
        "under_25s",
        Topic.PEOPLE,
        "Parents under 25 come",
        "Parents under 25 rarely come",
        "Do parents under 25 come?",
    )
    GRANDPARENTS = (
        "grandparents",
        Topic.PEOPLE,
        "Grandparents and childminders welcome",
        "For parents only",
        "Are grandparents and childminders welcome?",
    )
    PARTNER = (
        "partner",
        Topic.PEOPLE,
        "A partner or friend may come too",
        "One adult for each child",
        "May a partner or friend come too?",
    )
    SEND = (
        "send",
        Topic.PEOPLE,
        "Children with SEND welcome",
        "Not set up for children with SEND",
        "Are children with special needs or disabilities welcome?",
    )
    OTHER_LANGUAGES = (
        "other_languages",
        Topic.PEOPLE,
        "Other languages are spoken",
        "Only English is spoken",
        "Are other languages spoken?",
    )
    HOT_DRINKS = (
        "hot_drinks",
        Topic.PLACE,
        "Hot drinks",
        "No hot drinks",
        "Were there hot drinks?",
    )
    QUIET_SPACE = (
        "quiet_space",
        Topic.PLACE,
        "A quiet space to go to",
        "No quiet space",
        "Is there a quiet space to go to?",
    )
    FEEDING_WELCOME = (
        "feeding_welcome",
        Topic.PLACE,
        "Feeding welcome, breast and bottle",
        "Feeding is difficult here",
        "Did feeding, breast or bottle, feel welcome?",
    )
    CHANGING_TABLE = (
        "changing_table",
        Topic.PLACE,
        "Changing table",
        "No changing table",
        "Is there a changing table?",
    )
    PRAM_SPACE = (
        "pram_space",
        Topic.PLACE,
        "Space for prams",
        "No space for prams",
        "Is there space for prams?",
    )
    STEP_FREE = ("step_free", Topic.PLACE, "Step-free", "There are steps", "Is it step-free?")
    PARKING = ("parking", Topic.PLACE, "Parking", "No parking", "Is there parking?")
    SNACK = (
        "snack",
        Topic.CHILDREN,
        "A snack for children",
        "No snack for children",
        "Is there a snack for children?",
    )
    CHILDREN_ROAM = (
        "children_roam",
        Topic.CHILDREN,
        "Children can roam",
        "Children sit with you",
        "Can children roam?",
    )
    LEADER_STEPS_IN = (
        "leader_steps_in",
        Topic.CHILDREN,
        "A leader steps in when children snatch",
        "Parents sort out snatching themselves",
        "Does a leader step in when children snatch?",
    )
    TOYS_CLEANED = (
        "toys_cleaned",
        Topic.CHILDREN,
        "Toys are cleaned between sessions",
        "Toys are not cleaned each time",
        "Are toys cleaned between sessions?",
    )

    @property
    def bit(self) -> int:
        """This fact's bit in the masks by which search filters; fixed by its place here."""
        return 1 << list(Fact).index(self)


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


class Answers(NamedTuple):
    """What is known about one fact: the organiser's word, and parents' counts."""

    organiser: bool | None = None
    parents_yes: int = 0
    parents_no: int = 0


def probability_of_yes(answers: Answers) -> float | None:
    """Chance that the fact holds, from 0 to 1, or None where nobody has said.

    Above an even prior of half a yes and half a no, a parent counts 1 and the organiser
    0.8: so one organiser alone is "probably" (0.72), never "fairly sure" (0.75).
    """
    if answers.organiser is None and not (answers.parents_yes or answers.parents_no):
        return None
    yes = 0.5 + answers.parents_yes + (0.8 if answers.organiser is True else 0)
    no = 0.5 + answers.parents_no + (0.8 if answers.organiser is False else 0)
    return yes / (yes + no)
