"""Import a file of listings, all or nothing, and export them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.listings.drafts import all_drafts
from finder.listings.writer import Outcome
from finder.platform.db.database import Db
from finder.platform.emails import normal_email
from finder.reviews.saving import Saving


@dataclass(frozen=True)
class ImportReport:
    """How many groups an import added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_drafts(
    db: Db,
    drafts: Iterable[GroupDraft],
    now: datetime,
    *,
    is_dry_run: bool = False,
    editor: str = "",
) -> ImportReport:
    """Save all drafts, or none of them. A second time changes nothing.

    is_dry_run: work everything out, and save nothing. Refuses two drafts with one organiser and
    ref, and two that describe one venue differently: a second run would change them.
    editor: an email address that becomes the editor of the file's organisers. Refused where one
    of them is looked after by others.
    """
    counts = dict.fromkeys(Outcome, 0)
    names: set[str] = set()
    try:
        for saved in Saving(db, now).save_all(_agreeing(drafts, names)):
            counts[saved.outcome] += 1
        if editor:
            _hand_over(db, names, normal_email(editor), now)
    except Exception:
        db.rollback()
        raise
    report = ImportReport(counts[Outcome.ADDED], counts[Outcome.CHANGED], counts[Outcome.UNCHANGED])
    if is_dry_run:
        db.rollback()
    else:
        db.commit()
    return report


def _hand_over(db: Db, names: Collection[str], email: str, now: datetime) -> None:
    account_id = accounts_queries.id_for(db, email, now)
    if others := editors.names_of_others(db, names, account_id):
        raise Refused("organiser", f"“{min(others)}” is looked after by others. Ask them to invite")
    for name in sorted(names):
        editors.found(db, name, account_id, now)


def _agreeing(drafts: Iterable[GroupDraft], names: set[str]) -> Iterable[GroupDraft]:
    """The drafts, as long as none contradicts one before. Adds their organisers to `names`."""
    refs: set[tuple[str, str]] = set()
    venues: dict[tuple[str, str], VenueDraft] = {}
    for draft in drafts:
        key = draft.organiser, draft.ref
        if key in refs:
            raise Refused("ref", f"“{draft.ref}” of {draft.organiser} is there twice")
        refs.add(key)
        names.add(draft.organiser)
        venue = draft.venue
        if venues.setdefault((venue.name, venue.postcode), venue) != venue:
            why = f"“{venue.name}”, {venue.postcode}, is described in two ways. Make them the same"
            raise Refused("venue_name", why)
        yield draft


def published_drafts(db: Db) -> Iterator[GroupDraft]:
    """All published listings, to be written to a file."""
    return (draft for _, draft in all_drafts(db, {ListingState.PUBLISHED}))
