"""Parts that many tests share."""

import fcntl
from pathlib import Path

import pytest

from finder.domain import holding, listings
from finder.domain.vocabulary import ListingState
from finder.store import gazetteer_build
from finder.store.gazetteer import Gazetteer
from tests.support.paths import DATA


@pytest.fixture(scope="session")
def gazetteer_path() -> Path:
    """The whole index of postcodes, data/postcodes.db: built once, as `make run` does."""
    with (DATA / "postcodes.db-testing").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not gazetteer_build.is_built(DATA):
            gazetteer_build.build(DATA)
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
    monkeypatch.setitem(listings.STATE_ON, listings.Publishing.FIRST, state)


@pytest.fixture
def first_reviews_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that left the line of first reviews out of its rules: they count at once."""
    rules = {rule: holds for rule, holds in holding.RULES.items() if rule is not holding.Rule.FIRST}
    monkeypatch.setattr(holding, "RULES", rules)
