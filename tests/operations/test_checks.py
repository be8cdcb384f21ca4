"""An operator asks whether everything is there, and is told what to do where it is not."""

from pathlib import Path

import pytest

from finder.operations.checks import Check, checks
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings, shipped


@pytest.fixture
def whole(tmp_path: Path, gazetteer_path: Path) -> Settings:
    """Settings of a site that lacks nothing."""
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.database)
    migrate.upgrade(database)
    database.close()
    return settings


def problems(settings: Settings, vendor: Path | None = None) -> dict[str, str]:
    found = checks(settings, vendor or shipped("vendor"))
    return {check.name: check.says for check in found if not check.is_well}


def with_changes(settings: Settings, **changes: object) -> Settings:
    return Settings(**{"data_dir": settings.data_dir, **changes})  # type: ignore[arg-type]


def test_a_site_that_lacks_nothing_has_no_problem(whole: Settings) -> None:
    assert problems(whole) == {}


def test_each_check_is_one_line_with_its_verdict_first() -> None:
    assert str(Check("mail", True, "files")) == "ok      mail: files"
    assert str(Check("mail", False, "no")) == "problem mail: no"


def test_a_database_that_is_not_there_is_said_and_not_made(whole: Settings) -> None:
    settings = with_changes(whole, database_url=f"sqlite:///{whole.data_dir}/none/x.db")

    assert "finder db upgrade" in problems(settings)["database"]
    assert not (whole.data_dir / "none").exists()


def test_a_database_of_another_release_is_said(whole: Settings) -> None:
    database = Database(whole.database)
    migrate.downgrade(database, "base")
    database.close()

    assert problems(whole) == {"database": "not of this release. Run: finder db upgrade"}


def test_a_database_out_of_reach_is_said_without_its_password(whole: Settings) -> None:
    settings = with_changes(
        whole, database_url="postgresql+psycopg://me:secret-word@127.0.0.1:1/x?connect_timeout=2"
    )

    said = problems(settings)["database"]
    assert "can't be reached" in said
    assert "secret-word" not in said


def test_a_missing_postcode_index_is_said(whole: Settings) -> None:
    (whole.data_dir / "postcodes.db").unlink()

    assert problems(whole) == {"postcode index": "missing. Run: finder load-postcodes"}


def test_a_geocoder_that_nobody_knows_is_said(whole: Settings) -> None:
    settings = with_changes(whole, geocoders="nowhere")

    assert problems(settings) == {
        "geocoders": "FINDER_GEOCODERS: geopy knows no service called nowhere."
    }


@pytest.mark.parametrize("address", ["pigeon:loft", "smtp://user:secret-word@mail:port"])
def test_an_address_for_mail_that_can_not_be_read_is_said(whole: Settings, address: str) -> None:
    said = problems(with_changes(whole, mail_url=address))

    assert set(said) == {"mail"}
    assert "secret-word" not in said["mail"]


def test_missing_front_end_files_are_said(whole: Settings, tmp_path: Path) -> None:
    said = problems(whole, tmp_path / "no vendor")

    assert set(said) == {"front-end files"}
    assert "leaflet" in said["front-end files"]


def test_waiting_mail_is_counted(whole: Settings) -> None:
    said = {check.name: check.says for check in checks(whole, shipped("vendor"))}

    assert said["waiting mail"] == "0 waiting"


def test_a_replica_out_of_reach_is_said_without_its_password(whole: Settings) -> None:
    there = "postgresql+psycopg://me:secret-word@127.0.0.1:1/x?connect_timeout=2"

    says = problems(with_changes(whole, database_replica_url=there))["replica"]

    assert "FINDER_DATABASE_REPLICA_URL" in says
    assert "secret-word" not in says


def test_a_replica_that_follows_something_else_is_said(whole: Settings) -> None:
    empty = f"sqlite:///{whole.data_dir}/empty.db"

    says = problems(with_changes(whole, database_replica_url=empty))["replica"]

    assert "not of this release" in says
    assert problems(with_changes(whole, database_replica_url=whole.database)) == {}


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1", "nonsense://"])
def test_a_place_for_limits_that_can_not_be_reached_is_said(whole: Settings, url: str) -> None:
    assert "FINDER_LIMITS_URL" in problems(with_changes(whole, limits_url=url))["limits"]
