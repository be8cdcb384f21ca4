import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderServiceError, GeocoderTimedOut
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places import online as places_online
from finder.places.gazetteer import Gazetteer
from finder.places.online import UnknownGeocoder
from finder.places.rules import Covers, Found, NotFound
from tests.support.waiting import PATIENCE_S

PARTLY = "We don’t know all of what you typed, so we looked near Leith."
SHORE = Location("The Shore, Leith, Edinburgh, Scotland", (55.9766, -3.1705), {})
PARIS = Location("Paris, France", (48.8566, 2.3522), {})


class Answers(Geocoder):
    """A geopy geocoder that gives what the test says."""

    def __init__(self, gives: Any) -> None:
        super().__init__()
        self.gives = gives
        self.asked: list[str] = []

    def geocode(self, query: str, *, timeout: float) -> Any:
        self.asked.append(query)
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_online, "BETWEEN_SECONDS", 0.0)


class Nominatim(BaseHTTPRequestHandler):
    """Answers in the shape of Nominatim's /search?format=json."""

    seen: list[dict[str, list[str]]]
    agents: list[str]
    status = 200

    def do_GET(self) -> None:
        type(self).seen.append(parse_qs(urlsplit(self.path).query))
        type(self).agents.append(self.headers["User-Agent"])
        found = [
            {"lat": "55.9766", "lon": "-3.1705", "display_name": "The Shore, Leith, Edinburgh"}
        ]
        body = json.dumps(found).encode()
        self.send_response(type(self).status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests quiet."""


@pytest.fixture
def nominatim() -> Iterator[tuple[str, type[Nominatim]]]:
    handler = type("Handler", (Nominatim,), {"seen": [], "agents": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"nominatim=http://127.0.0.1:{server.server_port}", handler
        server.shutdown()
        thread.join()


def test_nominatim_of_an_operators_own_is_asked_after_the_index(
    gazetteer_dir: Path, nominatim: tuple[str, type[Nominatim]]
) -> None:
    name, handler = nominatim
    gazetteer = Gazetteer(gazetteer_dir, (name,))

    assert isinstance(gazetteer.find("EH6 7BS"), Found)
    assert isinstance(gazetteer.find("Pitlochry"), Found)
    assert handler.seen == []
    found = gazetteer.find("The Shore, Leith")

    assert found == Found(
        "The Shore, Leith",
        Place(55.9766, -3.1705),
        Covers.TOWN,
        Nation.SCOTLAND,
        "S12000036",
    )
    assert handler.seen[0]["countrycodes"] == ["gb"]
    assert handler.agents == ["quiet-corner"]


def test_a_service_that_answers_with_an_error_fails_no_search(
    gazetteer_dir: Path, nominatim: tuple[str, type[Nominatim]]
) -> None:
    name, handler = nominatim
    handler.status = 503

    answer = Gazetteer(gazetteer_dir, (name,)).find("The Shore, Leith")

    assert isinstance(answer, Found)
    assert answer.note == PARTLY
    assert len(handler.seen) == 1


def test_a_service_that_is_not_there_fails_no_search(
    gazetteer_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gazetteer = Gazetteer(gazetteer_dir, ("nominatim=http://127.0.0.1:1",))

    with caplog.at_level(logging.DEBUG):
        answer = gazetteer.find("The Shore, Leith")

    assert isinstance(answer, Found)
    assert answer.note == PARTLY
    assert "Nominatim failed" in caplog.text
    assert "Shore" not in caplog.text


@pytest.mark.parametrize(
    "fault", [GeocoderTimedOut("slow"), GeocoderServiceError("ill"), RuntimeError("bug")]
)
def test_any_fault_is_passed_over_and_the_next_service_asked(
    gazetteer_dir: Path, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    ill, well = Answers(fault), Answers(SHORE)

    with caplog.at_level(logging.DEBUG):
        found = Gazetteer(gazetteer_dir, (ill, well)).find("The Shore, Leith")

    assert isinstance(found, Found)
    assert type(fault).__name__ in caplog.text
    assert "Shore" not in caplog.text


def test_a_service_rests_after_a_failure(gazetteer_dir: Path) -> None:
    ill = Answers(GeocoderTimedOut("slow"))
    gazetteer = Gazetteer(gazetteer_dir, (ill,))

    gazetteer.find("The Shore, Leith")
    gazetteer.find("Ocean Terminal, Leith")

    assert ill.asked == ["The Shore, Leith"]


def test_the_same_question_is_asked_once(gazetteer_dir: Path) -> None:
    well = Answers(SHORE)
    gazetteer = Gazetteer(gazetteer_dir, (well,))

    for _ in range(3):
        assert isinstance(gazetteer.find("The Shore, Leith"), Found)

    assert len(well.asked) == 1


def test_a_second_parent_goes_without_rather_than_wait(gazetteer_dir: Path) -> None:
    asked, go_on = threading.Event(), threading.Event()

    class Slow(Answers):
        def geocode(self, query: str, *, timeout: float) -> Any:
            asked.set()
            go_on.wait(PATIENCE_S)
            return super().geocode(query, timeout=timeout)

    slow = Slow(SHORE)
    gazetteer = Gazetteer(gazetteer_dir, (slow,))
    first = threading.Thread(target=gazetteer.find, args=("The Shore, Leith",))
    first.start()
    assert asked.wait(PATIENCE_S)

    second = gazetteer.find("Ocean Terminal, Leith")

    go_on.set()
    first.join()
    assert isinstance(second, Found)
    assert second.note == PARTLY
    assert slow.asked == ["The Shore, Leith"]


def test_a_place_outside_the_united_kingdom_is_not_taken(gazetteer_dir: Path) -> None:
    answer = Gazetteer(gazetteer_dir, (Answers(PARIS),)).find("Paris, France")

    assert isinstance(answer, NotFound)


def test_none_is_asked_unless_an_operator_names_one(gazetteer_dir: Path) -> None:
    answer = Gazetteer(gazetteer_dir).find("The Shore, Leith")

    assert isinstance(answer, Found)
    assert answer.note == PARTLY


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere", "knows no service called nowhere"), ("what3words", "needs more")]
)
def test_a_service_that_cannot_be_used_is_said_at_the_start(
    tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(UnknownGeocoder, match=says):
        Gazetteer(tmp_path, (name,))
