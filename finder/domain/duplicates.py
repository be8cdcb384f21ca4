"""Two listings that may be one group: close by, alike in name, on at the same time."""

from rapidfuzz import fuzz

from finder.domain.groups import GroupDraft
from finder.domain.places import kilometres_between
from finder.domain.vocabulary import Labelled

NEAR_M = 150
ALIKE = 80
SAME_TIME_MINUTES = 30


class DuplicateState(Labelled):
    """Where the suspicion stands."""

    WAITING = "waiting", "Waiting for a moderator"
    MERGED = "merged", "Put together"
    APART = "apart", "Two groups"


def why_alike(one: GroupDraft, other: GroupDraft) -> str:
    """Why two listings may be the same group, in words; nothing where they don't look so.

    They meet within 150 metres, their names are alike (80 of 100, whatever the order of the
    words), and they share a format or a slot of the week.
    """
    metres = round(kilometres_between(one.venue.place, other.venue.place) * 1_000)
    if metres > NEAR_M:
        return ""
    alike = round(fuzz.token_set_ratio(one.name.lower(), other.name.lower()))
    if alike < ALIKE:
        return ""
    shared = [word for word, is_so in _shared(one, other).items() if is_so]
    if not shared:
        return ""
    return f"{metres} metres apart, names {alike} per cent alike, {' and '.join(shared)}"


def _shared(one: GroupDraft, other: GroupDraft) -> dict[str, bool]:
    return {
        "the same format": one.format is other.format,
        "on at the same time": any(
            a.weekday is b.weekday
            and abs(a.starts.hour * 60 + a.starts.minute - b.starts.hour * 60 - b.starts.minute)
            <= SAME_TIME_MINUTES
            for a in one.sessions
            for b in other.sessions
        ),
    }
