"""Settings are typed, and a wrong one is refused before anything starts."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from finder.settings import Settings, UnknownSetting

LONG_KEY = "k" * 40


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_DATABSE_URL", "sqlite:///x.db")

    with pytest.raises(UnknownSetting, match="FINDER_DATABSE_URL"):
        Settings()


def test_a_misspelt_setting_in_the_env_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FINDER_TILE_URL=x\n")

    with pytest.raises(ValidationError):
        Settings()


def test_a_setting_may_come_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FINDER_WORKERS=5\n")

    assert Settings().workers == 5


def test_a_public_site_needs_https() -> None:
    with pytest.raises(ValidationError, match="https://"):
        Settings(base_url="http://groups.example.org", secret_key=LONG_KEY)


def test_a_public_site_needs_a_secret_key() -> None:
    with pytest.raises(ValidationError, match="FINDER_SECRET_KEY"):
        Settings(base_url="https://groups.example.org")


def test_a_refused_setting_does_not_show_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_SECRET_KEY", "very-secret")
    monkeypatch.setenv("FINDER_BASE_URL", "https://groups.example.org")

    with pytest.raises(ValidationError) as refusal:
        Settings()

    assert "very-secret" not in str(refusal.value)


def test_the_database_is_a_file_in_the_data_folder_unless_said(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database == f"sqlite:///{tmp_path / 'finder.db'}"


def test_geocoders_are_none_unless_named() -> None:
    assert Settings().geocoder_names == ()
    assert Settings(geocoders="nominatim, photon").geocoder_names == ("nominatim", "photon")


def test_a_slash_at_the_end_of_the_address_is_not_doubled_in_links() -> None:
    for typed in ("https://example.org/groups/", "https://example.org/groups"):
        its = Settings(base_url=typed, secret_key=LONG_KEY)

        assert its.site_address == "https://example.org/groups"
