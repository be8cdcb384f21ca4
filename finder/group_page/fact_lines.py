"""What a group's page says about each fact: yes, no, not known or disputed, and who says so.

A fact that nobody has told us about is "not known". The page never shows it as a yes or a no.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from finder.domain.facts import Answers, Fact, Topic, probability_of_yes
from finder.domain.vocabulary import Booking, CostKind
from finder.group_page.rules import FactFound

FEWEST_TO_COUNT = 3
"""The page shows no count below three parents, since it could identify somebody."""

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
    """One line of a page: words, the answer, and who gave it (empty for nobody)."""

    words: str
    says: Says
    evidence: str = ""


@lru_cache(maxsize=4096)
def fact_line(fact: Fact, answers: Answers, words: str = "") -> FactLine:
    """A fact as a claim: "Sit and watch", yes, "7 of 8 parents say so".

    words: replace the claim, whatever the answer is.
    """
    says = _says(answers)
    words = words or (fact.no if says is Says.NO else fact.yes)
    return FactLine(words, says, evidence(answers))


def evidence(answers: Answers) -> str:
    """Who says so: how many parents (from three on), and the organiser. Empty for nobody."""
    parents = answers.parents_yes + answers.parents_no
    organiser = {True: "the organiser says yes", False: "the organiser says no", None: ""}
    its_word = organiser[answers.organiser]
    if not parents:
        return "Only the organiser’s word so far" if its_word else ""
    words = _counted(answers, parents)
    return f"{words}; {its_word}" if its_word else words


def _counted(answers: Answers, parents: int) -> str:
    most = max(answers.parents_yes, answers.parents_no)
    if parents < FEWEST_TO_COUNT:
        agree = most == parents
        return "One or two parents say so" if agree else "One or two parents, who disagree"
    if most == parents:
        return f"All {parents} parents say so"
    return f"{most} of {parents} parents say so"


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
    facts: Iterable[FactFound], booking: Booking, cost_kind: CostKind
) -> tuple[FactLine, ...]:
    """The ten facts that decide whether somebody goes, under "Will I have to …"."""
    known = _by_fact(facts)
    return (
        *(fact_line(fact, known[fact], words) for fact, words in HAVE_TO_WORDS.items()),
        FactLine("phone to book", Says.YES if booking is Booking.PHONE_ONLY else Says.NO),
        FactLine("buy a block", Says.YES if cost_kind is CostKind.BLOCK else Says.NO),
    )


def included(facts: Iterable[FactFound]) -> str:
    """What parents who wanted company found; empty where none has told us."""
    return {
        Says.YES: Fact.INCLUDED.yes,
        Says.NO: Fact.INCLUDED.no,
        Says.DISPUTED: "Parents disagree whether someone includes you if you want company",
        Says.NOT_KNOWN: "",
    }[fact_line(Fact.INCLUDED, _by_fact(facts)[Fact.INCLUDED]).says]


def first_visit(facts: Iterable[FactFound]) -> tuple[FactLine, ...]:
    """The facts of a first visit: a form, a name sticker, being pointed out."""
    known = _by_fact(facts)
    return tuple(fact_line(fact, known[fact], words) for fact, words in _FIRST_VISIT.items())


def good_to_know(
    facts: Iterable[FactFound],
) -> tuple[tuple[str, tuple[FactLine, ...], tuple[str, ...]], ...]:
    """The other facts by topic: its title, the known lines, and the words of the unknown facts."""
    known = _by_fact(facts)
    rest = []
    for title, of_topic in _GOOD_TO_KNOW:
        lines = [fact_line(fact, known[fact]) for fact in of_topic]
        said = tuple(line for line in lines if line.says is not Says.NOT_KNOWN)
        unsaid = tuple(
            line.words[0].lower() + line.words[1:] for line in lines if line.says is Says.NOT_KNOWN
        )
        rest.append((title, said, unsaid))
    return tuple(rest)
