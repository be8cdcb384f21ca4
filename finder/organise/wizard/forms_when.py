"""The step "When is it on?": one row for each session."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from wtforms import FieldList, FormField

from finder.domain.groups import MOST_SESSIONS, GroupDraft
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.typed import parse_date, parse_times
from finder.domain.vocabulary import Repeats, Weekday
from finder.organise.rules import Typed
from finder.organise.wizard.fields import PartForm, RowForm, chosen, line, pick, radios, tick

LONGEST_TIME, LONGEST_DATE = 12, 30
_ON_THE_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_FIELD_OF = {"times": "starts"}


class SessionForm(RowForm):
    """One session, as a part of the step's form."""

    weekday = pick("Day", Weekday)
    starts = line("Starts", LONGEST_TIME, "Say when it starts, like 10:30")
    ends = line("Ends", LONGEST_TIME, "Say when it ends, like 11:30")
    repeats = radios(
        "How often?", {word.value: word.label for word in Repeats}, default=Repeats.WEEKLY.value
    )
    is_term_time_only = tick("Term time only")
    runs_on_bank_holidays = tick("On bank holidays too")
    first_on = line(
        "First date",
        LONGEST_DATE,
        hint="If it has not begun yet. For every other week: any day when it is on.",
    )
    last_on = line("Last date", LONGEST_DATE, hint="If it has an end")

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Each field by itself, then together as a session would have them."""
        if not super().validate(extra_validators):
            return False
        try:
            self.session()
        except Refused as refused:
            field = self._fields.get(_FIELD_OF.get(refused.field, refused.field), self.starts)
            field.errors = [*field.errors, refused.message]
            return False
        return True

    def session(self) -> Session:
        """The session that was typed. Refused, with the field at fault."""
        starts, ends = _times(self.starts.data, self.ends.data)
        return Session(
            weekday=chosen(Weekday, self.weekday.data),
            starts=starts,
            ends=ends,
            repeats=chosen(Repeats, self.repeats.data),
            first_on=_date("first_on", self.first_on.data),
            last_on=_date("last_on", self.last_on.data),
            is_term_time_only=bool(self.is_term_time_only.data),
            runs_on_bank_holidays=bool(self.runs_on_bank_holidays.data),
        )


class WhenForm(PartForm):
    """All sessions."""

    slug = "when"

    sessions = FieldList(
        FormField(SessionForm, label="Session"), min_entries=1, max_entries=MOST_SESSIONS
    )

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with these sessions."""
        return replace(draft, sessions=tuple(row.form.session() for row in self.sessions))

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """Each session's words."""
        found: Typed = {}
        for number, session in enumerate(draft.sessions):
            found |= {f"sessions-{number}-{k}": [v] for k, v in _typed(session).items() if v}
        return found


def _times(starts: str, ends: str) -> tuple[time, time]:
    """As a phone's own picker sends them, or as people type them: "9.30" and "11am"."""
    if _ON_THE_CLOCK.fullmatch(starts) and _ON_THE_CLOCK.fullmatch(ends):
        return time.fromisoformat(starts), time.fromisoformat(ends)
    return parse_times(f"{starts}-{ends}")


def _date(field: str, typed: str) -> date | None:
    try:
        return parse_date(typed) if typed else None
    except Refused as refused:
        raise Refused(field, refused.message) from None


def _typed(session: Session) -> dict[str, str]:
    return {
        "weekday": session.weekday.value,
        "starts": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}",
        "repeats": session.repeats.value,
        "first_on": session.first_on.isoformat() if session.first_on else "",
        "last_on": session.last_on.isoformat() if session.last_on else "",
        "is_term_time_only": "y" if session.is_term_time_only else "",
        "runs_on_bank_holidays": "y" if session.runs_on_bank_holidays else "",
    }
