"""The tables learn from what parents report."""

from finder.domain.talking_learning import Told, learn_tables
from finder.domain.talking_tables import STARTING_TABLES, prior_for
from finder.domain.vocabulary import Format, VenueKind

HALL = VenueKind.CHURCH_HALL


def told(level: int, claim: int | None = None) -> Told:
    return Told(Format.SINGING, HALL, claim, [(level, 0.0)] * 4)


def test_no_reports_leave_the_starting_tables() -> None:
    assert learn_tables([]) == STARTING_TABLES
    assert learn_tables([Told(Format.SINGING, HALL, 1, [])]) == STARTING_TABLES


def test_loud_reports_of_a_format_make_its_prior_louder() -> None:
    learned = learn_tables([told(4) for _ in range(60)])

    before = sum(prior_for(Format.SINGING, HALL)[:2])
    assert sum(prior_for(Format.SINGING, HALL, learned)[:2]) < before
