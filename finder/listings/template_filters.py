"""The addresses of groups, and the words of a listing for templates."""

from collections.abc import Callable
from datetime import time
from functools import lru_cache
from uuid import UUID

from flask import Flask, request, url_for

from finder.domain.ages import ages_label
from finder.domain.facts import GOOD_NO, GOOD_YES, WARN_YES, Fact
from finder.domain.groups import GroupDraft, Step, Talking
from finder.domain.nearness import METRES_PER_MILE
from finder.domain.schedule.words import (
    clock,
    hours,
    long_date,
    sentence,
    short_date,
    when,
    when_in_full,
)
from finder.domain.vocabulary import TalkingLevel
from finder.platform.web.request import ANY_ID, whole_address

# Eighty metres a minute, on streets that are a quarter longer than the straight line.
WALKED_M_A_MINUTE = 80 / 1.25
FURTHEST_WALK_M = 2.05 * METRES_PER_MILE


def address_of_group(public_id: UUID | str) -> str:
    """The address of a group's own page."""
    before, after = _around_id(request.script_root)
    return f"{before}{public_id}{after}"


def addresses_of_groups() -> Callable[[str], str]:
    """`address_of_group` for this request, faster for thousands of groups."""
    before, after = _around_id(request.script_root)
    return lambda public_id: f"{before}{public_id}{after}"


def whole_address_of_group(public_id: UUID | str) -> str:
    """The whole address of a group's own page."""
    return whole_address(address_of_group(public_id))


@lru_cache(maxsize=8)
def _around_id(_mounted_at: str) -> tuple[str, str]:
    before, after = url_for("group.show", public_id=ANY_ID).split(str(ANY_ID))
    return before, after


def at_a_glance(
    yes: frozenset[Fact], no: frozenset[Fact]
) -> tuple[frozenset[Fact], frozenset[Fact], frozenset[Fact]]:
    """The facts for a card: good ones that hold, bad ones that don't, and warnings."""
    return yes & GOOD_YES, no & GOOD_NO, yes & WARN_YES


def away(metres: float) -> str:
    """A distance: "0.4 miles, 10 minutes’ walk", the walk only for short distances."""
    miles = metres / METRES_PER_MILE
    far = "Under 0.1 miles" if miles < 0.05 else f"{miles:.1f} miles"
    far = "1 mile" if far == "1.0 miles" else far
    if metres > FURTHEST_WALK_M:
        return far
    minutes = max(1, round(metres / WALKED_M_A_MINUTE))
    return f"{far}, {minutes} minutes’ walk" if minutes > 1 else f"{far}, a minute’s walk"


def step_time(step: Step, group: GroupDraft) -> str:
    """The time of a step where all sessions start at the same time, else minutes from the start."""
    starts = {session.starts for session in group.sessions}
    if len(starts) > 1:
        return f"{step.minutes_from_start} min" if step.minutes_from_start else "Start"
    first = starts.pop()
    minutes = first.hour * 60 + first.minute + step.minutes_from_start
    return clock(time(minutes // 60 % 24, minutes % 60))


def percents(talking: Talking) -> list[tuple[TalkingLevel, int]]:
    """The chance of each level in whole per cent, rounded so that they sum to 100."""
    exact = [chance * 100 for chance in talking.probabilities]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for index in by_rest[: max(0, 100 - sum(whole))]:
        whole[index] += 1
    return list(zip(TalkingLevel, whole, strict=True))


def start(app: Flask) -> None:
    """Give these filters and functions to every template."""
    app.jinja_env.filters.update(
        away=away,
        ages=lru_cache(maxsize=1024)(ages_label),
        clock=clock,
        long_date=long_date,
        percents=percents,
        sentence=lru_cache(maxsize=4096)(sentence),
        short_date=short_date,
        when=lru_cache(maxsize=4096)(when),
        when_in_full=when_in_full,
    )
    app.jinja_env.globals.update(
        address_of_group=address_of_group, at_a_glance=at_a_glance, hours=hours, step_time=step_time
    )
