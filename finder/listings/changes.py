"""Two editors at once, and what a change was: compared field by field, nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import Labelled
from finder.listings.fields import FIELDS

LONGEST_SAID = 200


class ChangedBy(Labelled):
    """In what part somebody changed a listing, as its editors read it."""

    EDITOR = "editor", "somebody who has left"
    MODERATOR = "moderator", "a moderator"
    FILE = "file", "a file, or whoever runs this site"
    SITE = "site", "this site, since nobody had checked it"


@dataclass(frozen=True)
class FieldChange:
    """One field of which two drafts say different things, in words."""

    key: str
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {_short(self.before)} → {_short(self.after)}"


class Whose(StrEnum):
    """Who changed a field since both editors opened it."""

    THEIRS = "theirs"
    YOURS = "yours"
    BOTH = "both"


@dataclass(frozen=True)
class Line:
    """One field on the page of somebody whose listing changed under their hands."""

    key: str
    label: str
    whose: Whose
    theirs: str
    yours: str


def differences(before: GroupDraft, after: GroupDraft) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the steps."""
    return tuple(
        FieldChange(field.key, field.label, *field.both(before, after))
        for field in FIELDS
        if field.value(before) != field.value(after)
    )


def change_text(before: GroupDraft, after: GroupDraft) -> str:
    """What a change was, a line for each field."""
    return "\n".join(map(str, differences(before, after))) or "Nothing that is shown"


def compare(base: GroupDraft | None, theirs: GroupDraft, yours: GroupDraft) -> tuple[Line, ...]:
    """Who changed what since `base`, the draft that both began with.

    Without one nobody can tell who changed a field: then all that differ are for you to choose.
    """
    lines = []
    for field in FIELDS:
        one, other = field.value(theirs), field.value(yours)
        if one == other:
            continue
        old = field.value(base) if base else None
        whose = Whose.BOTH
        if base and old == other:
            whose = Whose.THEIRS
        elif base and old == one:
            whose = Whose.YOURS
        lines.append(Line(field.key, field.label, whose, *field.both(theirs, yours)))
    return tuple(lines)


def merged(
    base: GroupDraft | None, theirs: GroupDraft, yours: GroupDraft, keep_theirs: Mapping[str, bool]
) -> GroupDraft:
    """Their draft with your changes in it. keep_theirs: by key, of fields that both changed.

    Your word stands where nothing was chosen, so that "save anyway" loses nothing of yours.
    """
    whose = {line.key: line.whose for line in compare(base, theirs, yours)}
    draft = theirs
    for field in FIELDS:
        owner = whose.get(field.key)
        is_yours = owner is Whose.YOURS or (
            owner is Whose.BOTH and not keep_theirs.get(field.key, False)
        )
        if is_yours:
            draft = field.put(draft, field.value(yours))
    return draft


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAID else f"{text[: LONGEST_SAID - 1]}…"
