"""What is published is what a moderator has read: whole, as it was shown, and nothing beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.cost import Cost
from finder.domain.groups import GroupDraft
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import CostKind, ListingState
from finder.moderation.item import state_of_listing
from finder.moderation.rules import Action, ItemKind
from finder.organise import service as organise_service
from finder.organise.upkeep import service as upkeep_service
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from tests.support.examples import SONGS
from tests.support.moderation_parts import MOD, decide, found, held, letters, moderator
from tests.support.page_client import Page, PageClient
from tests.support.review_parts import NOW, add_group, draft, manage_tokens
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on

LISTING, ANNA = ItemKind.LISTING, "anna@example.org"
PUBLISH = {"action": "publish", "reason": "fine", "words": "We read it with care."}


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    app = app_on(database, tmp_path, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


@pytest.fixture
def desk(app: Flask, db: Db) -> PageClient:
    moderator(db)
    pages = PageClient(app)
    pages.client = browser_of(app, db, MOD)
    return pages


@pytest.fixture
def anna(db: Db) -> UUID:
    found = accounts_queries.id_for(db, ANNA, NOW)
    db.commit()
    return found


def listed(db: Db, account: UUID, draft: GroupDraft, organiser: UUID | None = None) -> UUID:
    made = wizard_service.begin(db, account, "where", {}, NOW)
    return organise_service.publish(db, account, made, draft, organiser, NOW)


def hidden_fields(page: Page) -> dict[str, str]:
    names = page.values("main form input[type=hidden]", "name")
    return dict(zip(names, page.values("main form input[type=hidden]", "value"), strict=True))


def state(db: Db, group_id: UUID) -> ListingState | None:
    db.expire_all()
    found = state_of_listing(db, group_id)
    db.rollback()
    return found


def two_that_wait(db: Db, anna: UUID) -> tuple[UUID, UUID]:
    first = listed(db, anna, SONGS)
    ours = editors.organisers_of(db, anna)[0].id
    db.rollback()
    return first, listed(db, anna, replace(SONGS, name="Hill Monkeys"), ours)


def change_cost(db: Db, anna: UUID, group: UUID, pence: int, version: int = 1) -> None:
    its = organise_service.own(db, anna, group).draft
    wish = replace(its, cost=Cost(CostKind.EACH_TIME, pence))
    organise_service.edit(db, anna, group, wish, version, NOW + timedelta(minutes=5))


def test_the_page_holds_the_whole_listing_and_a_preview(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    group = listed(db, anna, SONGS)
    upkeep_service.write_note(db, anna, group, "We have more chairs.", NOW.date(), NOW)
    off = date(2026, 12, 1)
    upkeep_service.cancel_dates(db, Calendars(), anna, group, off, off, "Boiler", NOW.date(), NOW)

    page = desk.get(f"/moderate/listing/{group}")

    (session,) = SONGS.sessions
    for words in (f"{session.starts:%H:%M} to {session.ends:%H:%M}", "Ages", "Birth to"):
        assert words in page.words
    assert "We have more chairs." in page.words
    assert "1 December 2026, 10:00 (Boiler)" in page.words
    (preview,) = [x for x in page.values("main a", "href") if x.endswith("/preview")]
    shown = desk.get(preview)
    assert "This is what parents will see." in shown.one(".preview-bar")
    assert shown.one("h1") == SONGS.name


def test_a_listing_that_changed_after_it_was_opened_is_not_published_but_shown(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    group = listed(db, anna, SONGS)
    address = f"/moderate/listing/{group}"
    opened = hidden_fields(desk.get(address))
    change_cost(db, anna, group, 900)

    answer = desk.client.post(address, data=opened | PUBLISH)

    assert answer.status_code == 409
    page = Page(answer, 0)
    assert page.all(".news li") == ["Cost: Free → £9 each time"]
    assert state(db, group) is ListingState.WAITING
    assert desk.client.post(address, data=hidden_fields(page) | PUBLISH).status_code == 303
    assert state(db, group) is ListingState.PUBLISHED


def test_a_note_or_a_cancelled_date_is_new_to_the_moderator_too(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    group = listed(db, anna, SONGS)
    address = f"/moderate/listing/{group}"
    opened = hidden_fields(desk.get(address))
    upkeep_service.write_note(db, anna, group, "We have more chairs.", NOW.date(), NOW)

    answer = desk.client.post(address, data=opened | PUBLISH)

    assert answer.status_code == 409
    assert Page(answer, 0).all(".news li") == ["What they changed, they say"]


def test_words_that_came_after_the_look_are_named_and_not_published(
    db: Db, desk: PageClient
) -> None:
    own = held(db, add_group(db), draft(2, words="Calm."))
    (token,) = manage_tokens(db)
    db.rollback()
    address = f"/moderate/review/{own.id}"
    opened = hidden_fields(desk.get(address))
    reviews_service.change(db, token, draft(2, words="Ring me."), NOW)

    answer = desk.client.post(address, data=opened | PUBLISH)

    assert answer.status_code == 409
    page = Page(answer, 0)
    assert page.all(".news li") == ["Words"]
    assert "Ring me." in page.words


def test_of_several_listings_only_those_ticked_are_published_with_one(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    first, second = two_that_wait(db, anna)
    ours = editors.organisers_of(db, anna)[0].id
    db.rollback()
    third = listed(db, anna, replace(SONGS, name="Hill Massage"), ours)
    address = f"/moderate/listing/{first}"
    page = desk.get(address)
    assert "Hill Monkeys, Harbour Hall" in page.words
    ticks = {tick[:36]: tick for tick in page.values("input[name=also]", "value")}
    assert set(ticks) == {str(second), str(third)}

    answer = desk.client.post(
        address, data=hidden_fields(page) | PUBLISH | {"also": ticks[str(second)]}
    )

    assert answer.status_code == 303
    assert state(db, first) is state(db, second) is ListingState.PUBLISHED
    assert state(db, third) is ListingState.WAITING
    (letter,) = letters(db, ANNA)
    assert "with 1 more of your listings, is listed now" in letter.body


def test_a_ticked_listing_that_changed_meanwhile_holds_the_whole_decision(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    first, second = two_that_wait(db, anna)
    address = f"/moderate/listing/{first}"
    page = desk.get(address)
    (tick,) = page.values("input[name=also]", "value")
    change_cost(db, anna, second, 900)

    answer = desk.client.post(address, data=hidden_fields(page) | PUBLISH | {"also": tick})

    assert answer.status_code == 409
    assert state(db, first) is state(db, second) is ListingState.WAITING


def test_what_nobody_showed_can_not_be_ticked(db: Db, desk: PageClient, anna: UUID) -> None:
    group = listed(db, anna, SONGS)
    stranger = add_group(db, "stranger")
    address = f"/moderate/listing/{group}"
    page = desk.get(address)
    forged = hidden_fields(page) | PUBLISH | {"also": f"{stranger}:0.0123456789abcdef"}

    assert desk.client.post(address, data=forged).status_code == 409
    assert state(db, group) is ListingState.WAITING


def test_a_listing_that_comes_back_says_what_was_changed_since(
    db: Db, desk: PageClient, anna: UUID
) -> None:
    group = listed(db, anna, SONGS)
    decide(db, moderator(db), LISTING, group, Action.ASK)
    change_cost(db, anna, group, 900)

    page = desk.get(f"/moderate/listing/{group}")

    assert "What they changed since it was decided on" in page.words
    assert "Cost: Free → £9 each time" in page.words
    assert found(db, LISTING, group).changed == ("Cost: Free → £9 each time",)


def test_publishing_several_is_taken_back_as_one(db: Db, desk: PageClient, anna: UUID) -> None:
    first, second = two_that_wait(db, anna)
    address = f"/moderate/listing/{first}"
    page = desk.get(address)
    ticks = {"also": page.values("input[name=also]", "value")}
    desk.client.post(address, data={**hidden_fields(page), **PUBLISH, **ticks})

    decide(db, moderator(db), LISTING, first, Action.UNDO)

    assert state(db, first) is state(db, second) is ListingState.WAITING


def test_a_review_shows_all_that_it_will_count_for(db: Db) -> None:
    own = held(db, add_group(db), draft(2, was_first_time=True, would_go_again=False))

    lines = dict(found(db, ItemKind.REVIEW, own.id).lines)

    assert lines["Was it their first time"] == "Yes"
    assert lines["Would go again"] == "No"
