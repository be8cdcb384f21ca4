"""Bringing a feed in, again and again, as it and the listings here change."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings.drafts import all_drafts
from finder.open_data.feed_import.feed_listing import FeedPage, FeedReport, Offer, Skipped, Taken
from finder.open_data.feed_import.service import import_feed
from finder.open_data.service import everything
from finder.platform.db.database import Database, Db
from finder.reviews.saving import save
from tests.support.examples import TUESDAY_NOON, group, keep

FEED = "https://feed.example"


class Killed(Exception):
    """The run ends here, as by a power cut."""


def offer(ref: str, why: Skipped | None = None, **changes: Any) -> Offer:
    where = changes.pop("location", ref)
    draft = None if why else group(ref, **{"north": int(ref[1:]), **changes})
    return Offer(ref, f"Group {ref}", draft, why, where)


def run(
    db: Db,
    *offered: Offer,
    at: datetime = TUESDAY_NOON,
    per_page: int = 2,
    kill_after: int = 99,
    address: str = FEED,
) -> FeedReport:
    def pages(first: int) -> Iterator[FeedPage]:
        count = -(-len(offered) // per_page)
        for number in range(first, count + 1):
            if number > kill_after:
                raise Killed
            yield FeedPage(
                number, count, tuple(offered[(number - 1) * per_page : number * per_page])
            )

    return import_feed(db, address, pages, lambda: at)


def here(db: Db, states: Iterable[ListingState] = (ListingState.PUBLISHED,)) -> list[str]:
    return sorted(draft.ref for _, draft in all_drafts(db, list(states)))


def draft_of(db: Db, ref: str) -> GroupDraft:
    return next(draft for _, draft in all_drafts(db) if draft.ref == ref)


def test_a_second_run_changes_what_changed_and_doubles_nothing(database: Database) -> None:
    with database.writing() as db:
        first = run(db, offer("g1"), offer("g2"), offer("g3"))
        second = run(db, offer("g1"), offer("g2", summary="New"), offer("g3"))
        third = run(db, offer("g1"), offer("g2", summary="New"), offer("g3"))

        assert first.taken == {Taken.ADDED: 3}
        assert second.taken == {Taken.UNCHANGED: 2, Taken.CHANGED: 1}
        assert third.taken == {Taken.UNCHANGED: 3}
        assert here(db) == ["g1", "g2", "g3"]
        assert draft_of(db, "g2").summary == "New"


def test_a_listing_follows_its_feed_to_another_organiser_and_venue(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1"))
        report = run(db, offer("g1", organiser="Hill Library", north=500, summary="Moved"))

        assert report.taken == {Taken.CHANGED: 1}
        assert here(db) == ["g1"]
        assert draft_of(db, "g1").organiser == "Hill Library"


def test_what_is_gone_is_ended_and_comes_back_with_its_feed(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1"), offer("g2"))
        gone = run(db, offer("g1"))
        assert (here(db), here(db, [ListingState.ENDED])) == (["g1"], ["g2"])
        again = run(db, offer("g1"))
        back = run(db, offer("g1"), offer("g2"))

        assert gone.taken == {Taken.UNCHANGED: 1, Taken.ENDED: 1}
        assert again.taken == {Taken.UNCHANGED: 1}
        assert back.taken == {Taken.UNCHANGED: 1, Taken.CHANGED: 1}
        assert here(db) == ["g1", "g2"]


def test_one_that_can_not_be_shown_any_more_is_ended(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1"))
        report = run(db, offer("g1", why=Skipped.NO_SCHEDULE))

        assert report.taken == {Taken.SKIPPED: 1, Taken.ENDED: 1}
        assert report.skipped == {Skipped.NO_SCHEDULE: 1}
        assert here(db) == []


def test_an_empty_feed_ends_nothing(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1"))
        report = run(db)

        assert report.is_empty
        assert here(db) == ["g1"]


def edit(db: Db, ref: str, **changes: Any) -> None:
    """As an organiser changes a listing here."""
    at = TUESDAY_NOON + timedelta(hours=1)
    state = changes.pop("state", None)
    save(db, replace(draft_of(db, ref), **changes), at=at, state=state)
    db.commit()


def test_what_an_organiser_changed_here_is_neither_overwritten_nor_ended(
    database: Database,
) -> None:
    with database.writing() as db:
        run(db, offer("g1"), offer("g2"))
        edit(db, "g1", summary="Ours")

        changed = run(db, offer("g1", summary="Theirs"), offer("g2"))
        gone = run(db, offer("g2"))

        assert changed.taken == {Taken.KEPT: 1, Taken.UNCHANGED: 1}
        assert gone.taken == {Taken.UNCHANGED: 1, Taken.KEPT: 1}
        assert draft_of(db, "g1").summary == "Ours"
        assert here(db) == ["g1", "g2"]


@pytest.mark.parametrize("state", [ListingState.HIDDEN, ListingState.PAUSED])
def test_what_was_hidden_or_paused_here_stays_so(database: Database, state: ListingState) -> None:
    with database.writing() as db:
        run(db, offer("g1"), offer("g2"))
        edit(db, "g1", state=state)

        run(db, offer("g1", summary="New"), offer("g2"))
        run(db, offer("g2"))
        run(db, offer("g1"), offer("g2"))

        assert here(db, [state]) == ["g1"]


def test_a_venue_of_somebody_else_stays_as_it_is(database: Database) -> None:
    with database.writing() as db:
        mine = group("mine", building={Fact.STEP_FREE: True})
        keep(db, mine)
        theirs = replace(mine.venue, facts={Fact.STEP_FREE: False}, street="Elsewhere")

        one = offer("g1")
        draft = replace(group("g1"), venue=theirs)
        run(db, replace(one, draft=draft))

        assert draft_of(db, "mine").venue == mine.venue
        assert draft_of(db, "g1").venue == mine.venue


def test_a_venue_of_the_feed_follows_it_until_somebody_here_changes_it(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1", building={Fact.STEP_FREE: False}))
        run(db, offer("g1", building={Fact.STEP_FREE: True}))
        assert draft_of(db, "g1").venue.facts == {Fact.STEP_FREE: True}

        venue = replace(draft_of(db, "g1").venue, facts={Fact.PARKING: True})
        edit(db, "g1", venue=venue)
        other = replace(offer("g1"), source_id="g9", location_id="g1")
        run(db, offer("g1", building={}), replace(other, draft=replace(
            group("g9"), venue=replace(venue, facts={}))))  # fmt: skip

        assert draft_of(db, "g9").venue.facts == {Fact.PARKING: True}


def test_two_places_that_are_called_the_same_don_t_take_turns(database: Database) -> None:
    with database.writing() as db:
        one = offer("g1", building={Fact.STEP_FREE: True})
        two = replace(offer("g2"), draft=replace(group("g2"), venue=replace(
            group("g1", north=1).venue, facts={Fact.STEP_FREE: False})))  # fmt: skip
        first = run(db, one, two)
        second = run(db, one, two)

        assert (first.taken, second.taken) == ({Taken.ADDED: 2}, {Taken.UNCHANGED: 2})
        assert draft_of(db, "g2").venue.facts == {Fact.STEP_FREE: True}


def test_a_listing_that_its_organiser_has_here_already_is_left_alone(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("g1", summary="Ours"))
        report = run(db, offer("g1"), offer("g2"))

        assert report.skipped == {Skipped.ALREADY_HERE: 1}
        assert draft_of(db, "g1").summary == "Ours"


def test_the_first_of_two_with_one_id_counts(database: Database) -> None:
    twice = (offer("g1", summary="One"), offer("g1", summary="Two"))
    with database.writing() as db:
        for per_page in (1, 2, 2):
            run(db, *twice, per_page=per_page)

        assert draft_of(db, "g1").summary == "One"
        assert here(db) == ["g1"]


def test_feeds_don_t_end_each_others_listings(database: Database) -> None:
    with database.writing() as db:
        run(db, offer("g1"))
        run(db, offer("g2"), address="https://other.example")
        run(db, offer("g1"))

        assert here(db) == ["g1", "g2"]


def everything_of(db: Db) -> list[Any]:
    """All that is public, without ids that are made by lot."""
    found = [one for some in everything(db, TUESDAY_NOON) for one in some]
    return sorted((one.draft.ref, repr(one.draft), one.state.value) for one in found)


@pytest.mark.parametrize("kill_after", range(4))
def test_a_run_that_was_killed_ends_in_the_same_state_when_it_is_run_again(
    database: Database, migrated_file: Path, tmp_path: Path, kill_after: int
) -> None:
    other = Database(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'whole.db')}")
    before = [offer(f"g{n}") for n in range(6)]
    now = [offer(f"g{n}", summary=f"New {n}") for n in range(1, 7)]
    with other.writing() as whole, database.writing() as db:
        for each in (whole, db):
            run(each, *before)
            each.commit()
        expected = run(whole, *now)

        with pytest.raises(Killed):
            run(db, *now, kill_after=kill_after if kill_after < 3 else 2)
        db.rollback()
        report = run(db, *now, at=TUESDAY_NOON + timedelta(hours=1))

        assert everything_of(db) == everything_of(whole)
        assert report.is_resumed == (kill_after > 0)
        assert expected.taken == {Taken.CHANGED: 5, Taken.ADDED: 1, Taken.ENDED: 1}
    other.close()


def test_a_run_that_was_stopped_long_ago_begins_anew(database: Database) -> None:
    with database.writing() as db:
        with pytest.raises(Killed):
            run(db, offer("g1"), offer("g2"), offer("g3"), kill_after=1)
        late = run(db, offer("g3"), at=TUESDAY_NOON + timedelta(days=2))

        assert not late.is_resumed
        assert here(db) == ["g3"]


def test_every_listing_is_reported_as_it_is_dealt_with(database: Database) -> None:
    lines: list[Any] = []
    page = FeedPage(1, 1, (offer("g1"), offer("g2", why=Skipped.NO_POSTCODE)))
    with database.writing() as db:
        import_feed(
            db, FEED, lambda _: [page], lambda: TUESDAY_NOON, lambda *line: lines.append(line)
        )

    assert [(one.source_id, what, why) for one, what, why in lines] == [
        ("g1", Taken.ADDED, None),
        ("g2", Taken.SKIPPED, Skipped.NO_POSTCODE),
    ]
