"""Parts that many tests share."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from finder.domain.vocabulary import ListingState
from finder.organise import rules as organise_rules
from finder.places import build as places_build
from finder.places.gazetteer import Gazetteer
from finder.reviews import hold_rules
from tests.support.databases import NUMBERS, TEMPLATE
from tests.support.organise_site import desk, organise_app
from tests.support.page_client import PageClient
from tests.support.paths import DATA
from tests.support.site import Site

__all__ = ["desk", "organise_app"]


@pytest.fixture(scope="session")
def gazetteer_path() -> Path:
    """The whole index of postcodes, data/postcodes.db: built once, as `make run` does."""
    with (DATA / "postcodes.db-testing").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not places_build.is_built(DATA):
            places_build.build(DATA)
    return DATA / "postcodes.db"


@pytest.fixture(scope="session")
def gazetteer_dir(gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the whole index, without whatever else a developer keeps in data/."""
    folder = tmp_path_factory.mktemp("gazetteer")
    (folder / "postcodes.db").symlink_to(gazetteer_path)
    return folder


@pytest.fixture(scope="session")
def gazetteer(gazetteer_dir: Path) -> Gazetteer:
    """The gazetteer of the whole country, offline."""
    return Gazetteer(gazetteer_dir)


@pytest.fixture
def first_listings_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site on which nobody reads a new organiser's first listing before parents do."""
    state = ListingState.PUBLISHED
    monkeypatch.setitem(organise_rules.STATE_ON, organise_rules.Publishing.FIRST, state)


@pytest.fixture
def first_reviews_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that left the line of first reviews out of its rules: they count at once."""
    rules = {
        rule: holds for rule, holds in hold_rules.RULES.items() if rule is not hold_rules.Rule.FIRST
    }
    monkeypatch.setattr(hold_rules, "RULES", rules)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site, on each engine in turn."""
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = f"quiet_site_{next(NUMBERS)}"
        url = server.create(name, TEMPLATE)
    site = Site(tmp_path_factory.mktemp("site"), gazetteer_dir, url=url)
    yield site
    site.app.extensions["quiet_corner"].database.close()
    site.database.close()
    if url:
        server.drop(name)


@pytest.fixture
def pages(site: Site) -> PageClient:
    return PageClient(site.app, site.app.extensions["quiet_corner"].database)
