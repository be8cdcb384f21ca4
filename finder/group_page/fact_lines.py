"""What a group's page says about each fact: yes, no, not known or disputed, and who says so.

A fact that nobody has told us about is "not known". The page never shows it as a yes or a no.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from finder.domain.facts import Answers, Fact, Topic, probability_of_yes
from finder.domain.vocabulary import Booking, CostKind
from finder.group_page.rules import FactFound
from finder.group_page.sources import is_old, parents_counted, who_says
from finder.reviews.rules import FEWEST_TO_SHOW

DISPUTED = (0.35, 0.65)


class Says(StrEnum):
    """The answer to a fact."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    DISPUTED = "disputed"

    @property
    def label(self) -> str:
        """The answer as a page prints it."""
        return _LABELS[self.value]


_LABELS = {"yes": "Yes", "no": "No", "not_known": "Not known", "disputed": "Parents disagree"}

HAVE_TO_WORDS = {
    Fact.INTRODUCTIONS: "speak in a circle",
    Fact.SING: "sing",
    Fact.CRAFT: "do a craft",
    Fact.NAME_STICKER: "wear a name sticker",
    Fact.POINTED_OUT: "be pointed out as new",
    Fact.ROTA: "help on a rota",
    Fact.BRING_FOOD: "bring food",
    Fact.CHAT_GROUP: "join a chat group",
}

_INCLUDED_BY_FEW = {
    Says.YES: "they were included when they wanted company",
    Says.NO: "nobody included them when they wanted company",
}
_FIRST_VISIT = {
    Fact.FORM_TO_FILL: "A form to fill in",
    Fact.NAME_STICKER: "A name sticker",
    Fact.POINTED_OUT: "New people are pointed out",
}

_ELSEWHERE = HAVE_TO_WORDS.keys() | _FIRST_VISIT.keys()
_GOOD_TO_KNOW = tuple(
    (topic.value, facts)
    for topic in Topic
    if (facts := tuple(f for f in Fact if f.topic is topic and f not in _ELSEWHERE))
)


@dataclass(frozen=True)
class FactLine:
    """One line of a page: words, the answer, who gave it, and who gave it when.

    who, source: empty for nobody. Where nobody has said it for a year, who says when, too.
    """

    words: str
    says: Says
    who: str = ""
    source: str = ""


@lru_cache(maxsize=4096)
def fact_line(fact: Fact, answers: Answers, today: date, words: str = "") -> FactLine:
    """A fact as a claim: "Sit and watch", yes, "7 of 8 parents".

    What one or two parents alone said is told as theirs, never as a habit of the group. words:
    replace the claim, whatever the answer is.
    """
    says = _says(answers)
    source = who_says(answers, today)
    who = source if is_old(answers, today) else _who(answers)
    claim = words or (fact.no if says is Says.NO else fact.yes)
    if not words and answers.organiser is None and 0 < answers.parents < FEWEST_TO_SHOW:
        theirs = claim[0].lower() + claim[1:]
        if fact is Fact.INCLUDED:
            theirs = _INCLUDED_BY_FEW.get(says, theirs)
        claim = f"One or two parents: {theirs}"
    return FactLine(claim, says, who, source)


def _who(answers: Answers) -> str:
    """Who says so, without a date."""
    if answers.organiser is None:
        return parents_counted(answers) if answers.parents else ""
    if not answers.parents:
        return "Only the organiser’s word so far"
    if answers.parents >= FEWEST_TO_SHOW:
        return parents_counted(answers)
    differ = answers.parents_no if answers.organiser else answers.parents_yes
    return f"The organiser’s word; one or two parents {'don’t ' if differ else ''}agree"


def _says(answers: Answers) -> Says:
    chance = probability_of_yes(answers)
    if chance is None:
        return Says.NOT_KNOWN
    if DISPUTED[0] <= chance <= DISPUTED[1]:
        return Says.DISPUTED
    return Says.YES if chance > DISPUTED[1] else Says.NO


def _by_fact(facts: Iterable[FactFound]) -> defaultdict[Fact, Answers]:
    """The answers by fact; a fact that is not among these has none."""
    return defaultdict(Answers, ((found.fact, found.answers) for found in facts))


def have_to(
    facts: Iterable[FactFound],
    booking: Booking,
    cost_kind: CostKind,
    checked_on: date | None,
    today: date,
) -> tuple[FactLine, ...]:
    """The ten facts that decide whether somebody goes, under "Will I have to …".

    checked_on: when the organiser last said that all is true, so booking and cost, too.
    """
    known = _by_fact(facts)
    organiser = who_says(Answers(True, organiser_on=checked_on), today)
    phone = Says.YES if booking is Booking.PHONE_ONLY else Says.NO
    block = Says.YES if cost_kind is CostKind.BLOCK else Says.NO
    return (
        *(fact_line(fact, known[fact], today, words) for fact, words in HAVE_TO_WORDS.items()),
        FactLine("phone to book", phone, source=organiser),
        FactLine("buy a block", block, source=organiser),
    )


def included(facts: Iterable[FactFound]) -> str:
    """What parents who wanted company found; empty where none has told us.

    Only from three parents on is it told as what usually happens.
    """
    answers = _by_fact(facts)[Fact.INCLUDED]
    says = _says(answers)
    if answers.parents < FEWEST_TO_SHOW:
        return {
            **{few: f"One or two parents: {words}." for few, words in _INCLUDED_BY_FEW.items()},
            Says.DISPUTED: "One or two parents; they don’t agree whether somebody includes you.",
            Says.NOT_KNOWN: "",
        }[says]
    if says is Says.DISPUTED:
        counted = f"{answers.parents_yes} of {answers.parents}"
        return f"If you want company: {counted} parents were included."
    words = Fact.INCLUDED.yes if says is Says.YES else Fact.INCLUDED.no
    return f"{words}. {parents_counted(answers)} say so."


def first_visit(facts: Iterable[FactFound], today: date) -> tuple[FactLine, ...]:
    """The facts of a first visit: a form, a name sticker, being pointed out."""
    known = _by_fact(facts)
    return tuple(fact_line(fact, known[fact], today, words) for fact, words in _FIRST_VISIT.items())


def good_to_know(
    facts: Iterable[FactFound], today: date
) -> tuple[tuple[str, tuple[FactLine, ...], tuple[str, ...]], ...]:
    """The other facts by topic: its title, the known lines, and the words of the unknown facts."""
    known = _by_fact(facts)
    rest = []
    for title, of_topic in _GOOD_TO_KNOW:
        lines = [fact_line(fact, known[fact], today) for fact in of_topic]
        said = tuple(line for line in lines if line.says is not Says.NOT_KNOWN)
        unsaid = tuple(
            line.words[0].lower() + line.words[1:] for line in lines if line.says is Says.NOT_KNOWN
        )
        rest.append((title, said, unsaid))
    return tuple(rest)
