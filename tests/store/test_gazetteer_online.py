"""Online geocoders are an operator's choice, and never spoil a search."""

from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from finder.domain.places import Found, NotFound
from finder.store.gazetteer import Gazetteer
from finder.store.gazetteer_online import OnlineGeocoders, UnknownGeocoder


class Answering(Geocoder):  # type: ignore[misc]
    def geocode(self, query: str, **_: Any) -> Location:
        return Location(f"{query}, Mull", (56.62, -6.07), {})


class Failing(Geocoder):  # type: ignore[misc]
    def geocode(self, query: str, **_: Any) -> Location:
        raise GeocoderUnavailable(query)


def test_a_place_that_we_do_not_know_is_asked_of_the_operators_geocoder(
    gazetteer_dir: Path,
) -> None:
    answer = Gazetteer(gazetteer_dir, (Answering(),)).find("Zzyzx Bay")

    assert isinstance(answer, Found)
    assert answer.place.latitude == pytest.approx(56.62)


def test_a_geocoder_that_fails_does_not_fail_the_search(
    gazetteer_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Gazetteer(gazetteer_dir, (Failing(),)).find("Zzyzx Bay")

    assert isinstance(answer, NotFound)
    assert "Zzyzx" not in caplog.text


def test_a_service_that_geopy_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownGeocoder, match="nosuchservice"):
        OnlineGeocoders(("nosuchservice",))
