"""Who told us, and when last: of one fact in a line, of the talking level in three sentences.

A parent's day is never said, only a season, and that only from three parents on.
"""

from datetime import date, timedelta

from finder.domain.facts import Answers
from finder.domain.groups import Talking
from finder.domain.schedule.words import short_date
from finder.domain.talking.evidence import Source
from finder.domain.vocabulary import TalkingLevel
from finder.reviews.rules import FEWEST_TO_SHOW, Visit, parents_in_words, season

A_YEAR = timedelta(days=365)
_SAYS = {True: "yes", False: "no"}
_WEIGHED = {
    Source.PARENTS: "What parents told us weighed most.",
    Source.ORGANISER: "The organiser’s word weighed most, though organisers often say too little.",
    Source.FORMAT: "What groups like this usually ask weighed most.",
}


def who_says(answers: Answers, today: date) -> str:
    """Everybody who answered a fact, and when last; empty for nobody.

    "4 of 5 parents, last in autumn; the organiser, 3 Nov, says no". An organiser that agrees
    with most parents is not quoted again.
    """
    said = []
    if answers.parents:
        said.append(f"{parents_counted(answers)}{_last(answers, today)}")
    if answers.organiser is not None:
        day = f", {_day(answers.organiser_on, today)}" if answers.organiser_on else ""
        organiser = f"{'the' if said else 'The'} organiser{day}"
        differs = answers.parents and (answers.parents_yes > answers.parents_no) is not (
            answers.organiser
        )
        said.append(f"{organiser}, says {_SAYS[answers.organiser]}" if differs else organiser)
    return "; ".join(said)


def parents_counted(answers: Answers) -> str:
    """How many parents stand behind an answer: "4 of 5 parents"; no count below three."""
    most, parents = max(answers.parents_yes, answers.parents_no), answers.parents
    if parents < FEWEST_TO_SHOW:
        return "One or two parents" if most == parents else "One or two parents, who disagree"
    return f"{parents} parents" if most == parents else f"{most} of {parents} parents"


def is_old(answers: Answers, today: date) -> bool:
    """Whether nobody has said it for a year. False where no date is known."""
    days = [day for day in (answers.organiser_on, answers.parents_on) if day]
    return bool(days) and max(days) < today - A_YEAR


def how_we_know(talking: Talking, checked_on: date | None, today: date) -> tuple[str, ...]:
    """What each source said of the level; how old that is; and what weighed most."""
    usual = talking.usual_level or (None if talking.is_known else talking.level)
    said = [_parents_said(talking) if talking.parents else "No parent has told us"]
    if talking.claimed_level:
        said.append(f"the organiser says {talking.claimed_level.asks}")
    if usual:
        said.append(f"groups like this usually ask for {usual.asks}")
    weighed = _WEIGHED[talking.weighed_most] if talking.weighed_most else ""
    return tuple(
        filter(None, (f"{'; '.join(said)}.", _how_old(talking, checked_on, today), weighed))
    )


def _parents_said(talking: Talking) -> str:
    if talking.parents < FEWEST_TO_SHOW:
        return talking.sentence.partition(".")[0]
    counted = [
        f"{count} said {level.asks}"
        for level, count in zip(TalkingLevel, talking.counts, strict=True)
        if count
    ]
    return f"Of {parents_in_words(talking.parents)}, {', '.join(counted)}"


def _how_old(talking: Talking, checked_on: date | None, today: date) -> str:
    said = []
    if talking.reported_on and talking.parents >= FEWEST_TO_SHOW:
        said.append(f"The last of these parents went in {_season(talking.reported_on)}")
    elif talking.reported_on:
        is_recent = talking.reported_on > today - A_YEAR
        said.append(f"A parent’s last visit was {'less' if is_recent else 'more'} than a year ago")
    if checked_on:
        said.append(f"the organiser checked this page on {_day(checked_on, today)}")
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _last(answers: Answers, today: date) -> str:
    on = answers.parents_on
    if on is None:
        return ""
    if answers.parents < FEWEST_TO_SHOW:
        return ", over a year ago" if on < today - A_YEAR else ""
    return f", last in {_season(on)}"


def _season(day: date) -> str:
    return season(Visit(day.year, day.month))


def _day(day: date, today: date) -> str:
    return short_date(day, today).partition(" ")[2]
