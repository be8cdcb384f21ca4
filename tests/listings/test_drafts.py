"""Drafts come out for exports."""

from random import Random
from uuid import uuid4

import pytest

from finder.domain.vocabulary import ListingState
from finder.listings import drafts as listings_drafts
from finder.listings.drafts import all_drafts, draft_of
from finder.platform.db.database import Database
from tests.support.examples import any_group, group, keep


def test_there_is_no_draft_of_an_unknown_group(database: Database) -> None:
    with database.open() as db:
        assert draft_of(db, uuid4()) is None


def test_an_export_walks_through_every_group_once_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings_drafts, "AT_ONCE", 7)
    random = Random(1)
    drafts = [any_group(f"ref {n:02}", random) for n in range(20)]
    with database.writing() as db:
        keep(db, *drafts)

        found = [draft for _, draft in all_drafts(db)]

    assert found == sorted(drafts, key=lambda draft: (draft.organiser, draft.ref))


def test_an_export_holds_only_the_states_asked_for(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("hidden"), state=ListingState.HIDDEN)
        [shown] = keep(db, group("shown"))

        assert [id_ for id_, _ in all_drafts(db, [ListingState.PUBLISHED])] == [shown.public_id]
