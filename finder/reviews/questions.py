"""Which six questions a review asks: those that decide whether somebody goes, until confirmed."""

from collections.abc import Mapping

from finder.domain.facts import Answers, Fact, Topic, probability_of_yes
from finder.domain.vocabulary import TalkingLevel
from finder.reviews.rules import FEWEST_TO_SHOW

QUESTIONS_ASKED = 6
EVEN_FROM, EVEN_TO = 0.35, 0.65
"""Between these chances parents disagree, so that a fact is not confirmed by any number of them."""

HAVE_TO = tuple(fact for fact in Fact if fact.topic is Topic.HAVE_TO)
_LIKELY_FROM: Mapping[Fact, TalkingLevel] = {
    Fact.INTRODUCTIONS: TalkingLevel.CHATTY,
    Fact.NAME_STICKER: TalkingLevel.CHATTY,
    Fact.POINTED_OUT: TalkingLevel.SOME_CHAT,
    Fact.CHAT_GROUP: TalkingLevel.SOME_CHAT,
}
"""From which level a group is likely to ask for this."""

_THEN = (
    Fact.SIT_AND_WATCH,
    Fact.LEAVE_EARLY,
    Fact.KNOW_EACH_OTHER,
    Fact.ARRIVE_LATE,
    Fact.ADVICE,
    Fact.WELCOMED,
    Fact.HOST,
)
_ORDER = {fact: place for place, fact in enumerate(dict.fromkeys((*HAVE_TO, *_THEN, *Fact)))}


def questions_for(
    answers: Mapping[Fact, Answers], level: TalkingLevel | None = None
) -> tuple[Fact, ...]:
    """The six facts to ask about a group, always the same for the same answers.

    level: the one shown, None where nobody has told us. First come those of "Will I have to …"
    that three parents have not confirmed yet: what the level makes likely or the organiser alone
    says, then what nobody has said. Of equals, what the fewest parents have answered comes first,
    so that parents take turns. The other places go to what is least certain of all. Company is
    asked of everybody, last.
    """
    open_ones = sorted(
        (fact for fact in HAVE_TO if not _is_confirmed(answers.get(fact, Answers()))),
        key=lambda fact: _urgency(fact, answers.get(fact, Answers()), level),
    )
    rest = sorted(
        (fact for fact in Fact if fact not in open_ones and fact is not Fact.INCLUDED),
        key=lambda fact: _certainty(fact, answers.get(fact, Answers())),
    )
    return (*(*open_ones, *rest)[: QUESTIONS_ASKED - 1], Fact.INCLUDED)


def _is_confirmed(answer: Answers) -> bool:
    chance = probability_of_yes(answer)
    is_even = chance is None or EVEN_FROM <= chance <= EVEN_TO
    return answer.parents >= FEWEST_TO_SHOW and not is_even


def _urgency(
    fact: Fact, answer: Answers, level: TalkingLevel | None
) -> tuple[bool, int, bool, int]:
    """Promises that it is not so ("no circle") come before warnings that it is."""
    likely_from = _LIKELY_FROM.get(fact)
    is_likely = bool(level and likely_from and level >= likely_from)
    is_urgent = is_likely or answer.organiser is not None
    return not is_urgent, answer.parents, answer.organiser is not False, _ORDER[fact]


def _certainty(fact: Fact, answer: Answers) -> tuple[float, int, int]:
    """Not known comes before parents who disagree, and both before what most agree on."""
    chance = probability_of_yes(answer)
    distance = 0.0 if chance is None else abs(chance - 0.5)
    voices = answer.parents + (answer.organiser is not None)
    return round(distance, 9), voices, _ORDER[fact]
