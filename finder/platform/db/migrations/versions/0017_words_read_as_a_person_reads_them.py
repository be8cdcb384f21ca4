"""Everything that was kept is read anew, as a person reads it.

Revision 0017, after 0016. Letters that nobody sees and turns of direction are taken out. A name that
nobody could see, and what turned direction, waits for a moderator and is not public. What is only in
doubt is reported to moderators, and stays public. By the rules of the release that upgrades.
"""

import json
import re
import secrets
from collections import defaultdict
from datetime import UTC, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import context, op

from finder.domain.readable import (
    as_read,
    clean,
    has_foreign_letters,
    is_seen,
    isolated,
    likeness,
    turns_direction,
)
from finder.reviews.hold_rules import strong_words_in, what_to_leave_out
from finder.reviews.word_lists import ALSO_STRONG

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NO_NAME = "No name"
NUMBERED = re.compile(r" \(\d+\)$")
DIGITS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
WAY_IN = ("door", "pram", "bring", "say_at_door", "if_asleep_or_crying", "how_to_pay")


def _ids(*names: str) -> list[sa.ColumnClause[UUID]]:
    return [sa.column(name, sa.Uuid()) for name in names]


def _texts(*names: str) -> list[sa.ColumnClause[str]]:
    return [sa.column(name, sa.Text()) for name in names]


ORGANISERS = sa.table("organisers", *_ids("id"), *_texts("name"))
VENUES = sa.table("venues", *_ids("id"), *_texts("name", "street", "locality"))
GROUPS = sa.table(
    "groups",
    *_ids("id", "organiser_id", "venue_id"),
    *_texts("name", "summary", "note", *WAY_IN, "state", "point"),
)
STEPS = sa.table("steps", *_ids("group_id"), sa.column("position", sa.Integer()), *_texts("what"))
CANCELLED = sa.table(
    "cancelled_occurrences",
    *_ids("group_id"),
    sa.column("on", sa.Date()),
    sa.column("starts", sa.Time()),
    *_texts("note"),
)
REVIEWS = sa.table("reviews", *_ids("id", "group_id"), *_texts("words", "advice", "state"))
HOLDS = sa.table("review_holds", *_ids("review_id"), *_texts("rule"))
REPORTS = sa.table(
    "reports",
    *_ids("id", "group_id", "review_id"),
    *_texts("number", "kind", "words", "state"),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    unseen = _clean_listings()
    doubtful = _doubtful_listings()
    turned, reported = _read_reviews()
    for group_id, why in doubtful.items():
        _report(why, group_id)
    queued = len(doubtful) + reported
    for count, what in (
        (unseen, "listings with hidden or turned letters wait for a moderator, unlisted"),
        (turned, "reviews with hidden or turned letters wait for a moderator, uncounted"),
        (queued, "listings and reviews are reported to moderators, and stay public"),
    ):
        if count:
            context.config.attributes.setdefault("said", []).append(f"{count:,} {what}.")


def downgrade() -> None:
    # What was taken out could not be seen. What waits goes on waiting.
    pass


def _clean_listings() -> int:
    """Take out of listings what nobody sees. Gives how many are unlisted by it."""
    bind = op.get_bind()
    own = set(_clean(GROUPS, "name", "id"))
    own |= {*_clean(STEPS, "what", "group_id"), *_clean(CANCELLED, "", "group_id")}
    for key, ids in (
        (GROUPS.c.organiser_id, _clean(ORGANISERS, "name", "id")),
        (GROUPS.c.venue_id, _clean(VENUES, "name", "id")),
    ):
        if ids:
            own |= set(bind.scalars(sa.select(GROUPS.c.id).where(key.in_(ids))))
    _write_points()
    if not own:
        return 0
    hide = sa.update(GROUPS).where(GROUPS.c.id.in_(own), GROUPS.c.state == "published")
    return bind.execute(hide.values(state="waiting")).rowcount


def _clean(table: sa.TableClause, needed: str, whose: str) -> list[UUID]:
    """Clean the texts of a table. Gives those whose name was unseen, or that turned direction."""
    bind = op.get_bind()
    texts = [column.name for column in table.c if column.name in _TEXTS]
    keys = [column for column in table.c if column.name in _KEYS]
    bad: list[UUID] = []
    taken: set[str] | None = None
    for row in bind.execute(sa.select(*table.c)).all():
        old = {name: getattr(row, name) or "" for name in texts}
        new = {name: clean(text) for name, text in old.items()}
        is_unseen = needed in new and not is_seen(new[needed])
        if is_unseen:
            new[needed] = NO_NAME
        new = {name: text for name, text in new.items() if text != old[name]}
        if not new:
            continue
        if "name" in new and table in (ORGANISERS, VENUES):
            taken = taken or set(bind.scalars(sa.select(table.c.name)))
            new["name"] = _free(new["name"], taken)
        where = [column == getattr(row, column.name) for column in keys]
        bind.execute(sa.update(table).where(*where).values(new))
        if is_unseen or any(map(turns_direction, old.values())):
            bad.append(getattr(row, whose))
    return bad


_TEXTS = frozenset({"name", "street", "locality", "summary", "note", "what", *WAY_IN})
_KEYS = frozenset({"id", "group_id", "position", "on", "starts"})


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where another has it: organisers are never put together."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name[:110]} ({number})", number + 1
    taken.add(found)
    return found


def _write_points() -> None:
    """Let the map show names as they are now, and keep apart what is read from right to left."""
    bind = op.get_bind()
    named = (GROUPS.c.name, VENUES.c.name.label("venue"), VENUES.c.locality)
    of_venue = VENUES.c.id == GROUPS.c.venue_id
    for row in bind.execute(sa.select(GROUPS.c.id, GROUPS.c.point, *named).join(VENUES, of_venue)):
        point = row.point
        for name in ("name", "venue", "locality"):
            point = _with_member(point, name, isolated(getattr(row, name)))
        if point != row.point:
            bind.execute(sa.update(GROUPS).where(GROUPS.c.id == row.id).values(point=point))


def _with_member(point: str, name: str, text: str) -> str:
    """A point's text with another value of one member. Texts in it are JSON and ASCII."""
    before, mark, rest = point.partition(f'"{name}":"')
    if not mark:
        return point
    _, end = json.JSONDecoder().raw_decode(f'"{rest}')
    return f'{before}"{name}":{json.dumps(text)}{rest[end - 1 :]}'


def _doubtful_listings() -> dict[UUID, str]:
    """Public listings whose names hide something, each with why."""
    rows = op.get_bind().execute(
        sa.select(
            GROUPS.c.id,
            GROUPS.c.name,
            VENUES.c.name.label("venue"),
            ORGANISERS.c.name.label("organiser"),
        )
        .join(VENUES, VENUES.c.id == GROUPS.c.venue_id)
        .join(ORGANISERS, ORGANISERS.c.id == GROUPS.c.organiser_id)
        .where(GROUPS.c.state == "published")
        .order_by(GROUPS.c.id)
    )
    found: dict[UUID, str] = {}
    alike: dict[str, dict[str, UUID]] = defaultdict(dict)
    for row in rows:
        alike[likeness(NUMBERED.sub("", row.organiser))].setdefault(row.organiser, row.id)
        if any(has_foreign_letters(text) for text in (row.name, row.venue, row.organiser)):
            found[row.id] = "A name here has letters that only look like ours."
    for names in alike.values():
        if len(names) > 1:
            listed = " and ".join(f"“{name}”" for name in sorted(names))
            for group_id in names.values():
                found[group_id] = f"The names of two organisers look alike: {listed}."
    return found


def _read_reviews() -> tuple[int, int]:
    """Read the words of reviews anew. Gives how many are held now, and how many reported."""
    held, reported = 0, 0
    bind = op.get_bind()
    for row in bind.execute(sa.select(*REVIEWS.c)).all():
        old = {"words": row.words, "advice": row.advice}
        text = " ".join(old.values()).strip()
        new = {name: clean(part) for name, part in old.items()}
        is_public = row.state == "published"
        is_hidden = turns_direction(text) or (text != "" and not is_seen(text))
        if is_hidden and is_public:
            bind.execute(sa.delete(HOLDS).where(HOLDS.c.review_id == row.id))
            bind.execute(sa.insert(HOLDS).values(review_id=row.id, rule="names"))
            new["state"] = "held"
            held += 1
        elif is_public and as_read(text) != text and _is_doubtful(text):
            _report(LOOKS_LIKE, row.group_id, row.id)
            reported += 1
        if new != old:
            bind.execute(sa.update(REVIEWS).where(REVIEWS.c.id == row.id).values(new))
    return held, reported


LOOKS_LIKE = "This review may name or reach somebody, in letters or digits that look like ours."


def _is_doubtful(text: str) -> bool:
    is_strong = next(strong_words_in(text, ALSO_STRONG), None) is not None
    return is_strong or what_to_leave_out(text) is not None


def _report(why: str, group_id: UUID, review_id: UUID | None = None) -> None:
    number = "QC-" + "".join(secrets.choice(DIGITS) for _ in range(6))
    op.get_bind().execute(
        sa.insert(REPORTS).values(
            id=uuid4(),
            number=number,
            kind="other",
            group_id=group_id,
            review_id=review_id,
            words=f"Read anew by the upgrade. {why}",
            state="waiting",
            created_at=datetime.now(UTC),
        )
    )
