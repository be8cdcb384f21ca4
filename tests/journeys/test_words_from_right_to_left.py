"""A name that is read from right to left turns nothing beside it, wherever it is shown."""

from pathlib import Path

import pytest

from finder.moderation.item import find_item
from finder.moderation.rules import ItemKind
from finder.platform.db.database import Database
from finder.reviews import emails
from finder.reviews.rules import ReviewedGroup
from tests.support.page_client import PageClient
from tests.support.review_parts import NOW, add_group
from tests.support.site import app_on

NAME = "שירים (2)"
APART = f"\u2068{NAME}\u2069"


@pytest.mark.parametrize("path", ["", ".ics"])
def test_its_page_and_calendar_keep_it_apart(
    sqlite_database: Database, tmp_path: Path, path: str
) -> None:
    with sqlite_database.writing() as db:
        group = add_group(db, name=NAME)
    pages = PageClient(app_on(sqlite_database, tmp_path, NOW))

    text = pages.client.get(f"/groups/{group}{path}").get_data(as_text=True)

    assert APART in text
    assert NAME in text.replace(APART, "") or path or text.count(NAME) == text.count(APART)


def test_lists_the_map_and_feeds_keep_it_apart(
    sqlite_database: Database, tmp_path: Path, gazetteer_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    with sqlite_database.writing() as db:
        add_group(db, name=NAME)
    pages = PageClient(app_on(sqlite_database, tmp_path, NOW))

    for path in ("/search", "/search.atom", "/search.geojson"):
        answer = pages.client.get(f"{path}?near=EH6+7BS&radius=25&unknown=1")
        text = answer.get_json()["features"][0]["properties"]["name"] if answer.is_json else ""
        assert APART in (text or answer.get_data(as_text=True)), path


def test_a_letter_keeps_it_apart(sqlite_database: Database) -> None:
    with sqlite_database.writing() as db:
        group = add_group(db, name=NAME)

    _, text = emails.please_confirm(ReviewedGroup(group, NAME, "Hall", ()), "https://example.org")

    assert f"{APART}, Hall." in text


def test_a_moderator_sees_whose_name_an_organiser_looks_like(database: Database) -> None:
    with database.writing() as db:
        add_group(db, organiser="Leith Library")
        other = add_group(db, organiser="Lеith LIbrаry")

        item = find_item(db, ItemKind.LISTING, other)

        assert item is not None
        assert ("That name looks like", "Leith Library") in item.lines
