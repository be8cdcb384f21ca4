"""What reminders, shared venues, reports and leaving do at the moment of something else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import col, select

from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState, VenueKind
from finder.listings.tables import GroupRow
from finder.moderation import service as moderation_service
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports import service as reports_service
from finder.moderation.reports.rules import ReportDraft, ReportKind
from finder.moderation.rules import Action, Decision, ItemKind, Reason
from finder.organise import service as organise_service
from finder.organise.reminders import service as reminders_service
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database, Db
from finder.platform.limits import Limits
from finder.reviews import service as reviews_service
from finder.reviews.learning.service import rebuild_levels
from finder.reviews.tables import ReviewRow
from tests.journeys.at_once import at_once
from tests.journeys.busy_scene import Scene, set_up
from tests.support.moderation_parts import found, report
from tests.support.organise_parts import ANNA, kept
from tests.support.review_parts import NOW, SITE, draft, publish, stored, submit
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on

Deed = Callable[[Db], object]


@pytest.fixture
def scene(database: Database) -> Scene:
    return set_up(database)


def hiding(database: Database, scene: Scene) -> Deed:
    """A moderator hides the listing, by a report that was opened before all else."""
    with database.writing() as db:
        reported = report(db, scene.group, kind=ReportKind.UNSAFE)
        stamp = found(db, ItemKind.REPORT, reported).stamp
    wish = Decision(Action.HIDE, Reason.UNSAFE, "The floor is not safe.", stamp)
    kind = ItemKind.REPORT
    return lambda db: moderation_service.decide(db, scene.mod, kind, reported, wish, SITE, NOW)


@pytest.mark.parametrize("is_hidden_first", [True, False])
def test_silence_never_covers_what_a_moderator_hides(
    database: Database, scene: Scene, is_hidden_first: bool
) -> None:
    with database.writing() as db:
        reminders_service.remind(db, SITE, NOW + timedelta(days=90))
    hide = hiding(database, scene)

    def remind(db: Db) -> object:
        return reminders_service.remind(db, SITE, NOW + timedelta(days=180))

    pair = (hide, remind) if is_hidden_first else (remind, hide)
    assert at_once(database, scene.group, *pair) == ["", ""]

    with database.writing() as db:
        its = kept(db, scene.group)
        assert (its.state, its.silent_since) == (ListingState.HIDDEN, None)
        with pytest.raises(Refused):
            upkeep_service.set_state(db, scene.anna.id, scene.group, Wish.PUBLISH, NOW)


@pytest.mark.usefixtures("first_reviews_are_trusted")
@pytest.mark.parametrize("is_review_first", [True, False])
def test_a_review_counts_though_the_venue_of_its_group_changes(
    database: Database, scene: Scene, is_review_first: bool
) -> None:
    with database.writing() as db:
        before = stored(db, scene.other)["reports_3"]
        token = submit(db, scene.other, draft(3), "new@example.org")

    def edit(db: Db) -> None:
        its = organise_service.own(db, scene.anna.id, scene.group)
        venue = replace(its.draft.venue, kind=VenueKind.LIBRARY)
        organise_service.edit(
            db, scene.anna.id, scene.group, replace(its.draft, venue=venue), 1, NOW
        )

    def confirm(db: Db) -> object:
        return reviews_service.confirm(db, token, SITE, NOW)

    pair = (confirm, edit) if is_review_first else (edit, confirm)
    assert at_once(database, scene.other, *pair) == ["", ""]

    with database.writing() as db:
        counted = stored(db, scene.other)
        assert counted["reports_3"] == before + 1
        rebuild_levels(db, NOW)
        assert stored(db, scene.other) == counted


def test_a_review_is_reported_at_the_moment_when_its_author_deletes_it(
    database: Database, scene: Scene
) -> None:
    with database.writing() as db:
        own, _ = publish(db, scene.other, draft(2), "gone@example.org")
        about = reports_queries.reported(db, scene.other, None)
        assert about is not None
        about = replace(about, review_id=own.id)
        db.rollback()

    def delete(db: Db) -> None:
        db.exec(select(GroupRow).where(col(GroupRow.id) == scene.other).with_for_update())
        db.delete(db.get_one(ReviewRow, own.id))
        db.commit()

    def send(db: Db) -> object:
        words = ReportDraft(ReportKind.UNKIND, "It is unkind.")
        return reports_service.report(db, Limits("memory://"), words, about, "n", "", NOW)

    assert at_once(database, scene.other, delete, send) == ["", "NothingThere"]


@pytest.mark.parametrize("is_deleted_first", [True, False])
def test_an_editor_leaves_in_one_window_and_saves_in_another(
    database: Database, scene: Scene, tmp_path: Path, is_deleted_first: bool
) -> None:
    app = app_on(database, tmp_path, NOW)
    save = pressing(app, database, f"/organise/listings/{scene.group}/state", wish="pause")
    leave = pressing(app, database, "/account/delete", reviews="keep")
    with database.writing() as db:
        # So that leaving waits for this group as well.
        db.exec(select(GroupRow).where(col(GroupRow.id) == scene.group)).one()
        review_of(db, scene)
    statuses: list[int] = []

    def doing(press: Callable[[], int]) -> Deed:
        return lambda _db: statuses.append(press())

    pair = (doing(leave), doing(save)) if is_deleted_first else (doing(save), doing(leave))
    assert at_once(database, scene.group, *pair) == ["", ""]

    assert statuses == [303, 303]
    with database.writing() as db:
        paused = kept(db, scene.group).state is ListingState.PAUSED
        assert paused is not is_deleted_first
    app.extensions["quiet_corner"].database.close()


def review_of(db: Db, scene: Scene) -> None:
    """A review by Anna, from the time before she became the group's editor."""
    row = db.exec(select(ReviewRow).where(col(ReviewRow.group_id) == scene.group)).first()
    assert row is not None
    row.account_id = scene.anna.id
    db.add(row)
    db.commit()


def pressing(app: Flask, database: Database, address: str, **typed: str) -> Callable[[], int]:
    """A button of Anna's page, pressed when this is called. Gives the status of the answer."""
    with database.writing() as db:
        browser = browser_of(app, db, ANNA)
    form = browser.get("/account/delete").text
    token = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return lambda: browser.post(address, data={"csrf_token": token, **typed}).status_code
