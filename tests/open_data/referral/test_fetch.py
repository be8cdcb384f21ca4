"""Feeds on the web and in folders, page by page."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from finder.open_data.referral.fetch import Feed, FolderFeed, WebFeed, feed_at
from finder.platform.web.safe_fetch import FeedTrouble, SafeClient
from tests.open_data.referral.feeds_in import location, offers, old_service, service
from tests.open_data.referral.uk_profile import FILES
from tests.support.feed_server import Answer, serving

WEB = SafeClient(allow_http=True, allow_private=True, pause=0)


def ids(feed: Feed, first: int = 1) -> list[list[str]]:
    return [[str(one["id"]) for one in page.services] for page in feed.pages(first)]


def line(whole: dict[str, Any]) -> dict[str, Any]:
    """A service as a list has it, without its arrays."""
    return {name: value for name, value in whole.items() if not isinstance(value, list)}


def answers(services: list[dict[str, Any]], per_page: int, *, old: bool = False) -> Any:
    """A server of 3.0, or of 1.0, with these services."""

    def answer(path: str) -> Answer:
        parts = urlsplit(path)
        one = parts.path.removeprefix("/api/services").strip("/")
        if one:
            found = [s for s in services if s["id"] == one]
            return Answer(found[0]) if found else Answer(status=404)
        page = int(parse_qs(parts.query)["page"][0])
        there = services[(page - 1) * per_page : page * per_page]
        pages = -(-len(services) // per_page)
        lines = [line(s) for s in there]
        if old:
            return Answer({"totalPages": pages, "number": page, "last": page >= pages,
                           "content": lines})  # fmt: skip
        return Answer({"total_pages": pages, "page_number": page, "contents": lines})

    return answer


@pytest.mark.parametrize("old", [False, True])
def test_every_page_is_read_and_only_what_may_be_for_them_is_asked_for_whole(old: bool) -> None:
    there = [service(f"s{n}") for n in range(4)]
    there.append(service("s4", name="Counselling", description="", minimum_age=12, maximum_age=99))
    with serving(answers(there, 2, old=old)) as server:
        feed = WebFeed(f"{server.address}/api", WEB)
        pages = list(feed.pages(1))

    assert [[one["id"] for one in page.services] for page in pages] == [
        ["s0", "s1"], ["s2", "s3"], ["s4"]
    ]  # fmt: skip
    assert {page.of for page in pages} == {3}
    assert pages[0].services[0] == there[0]
    assert "/api/services/s3" in server.asked
    assert "/api/services/s4" not in server.asked


def test_what_only_its_terms_tell_is_for_them_is_asked_for() -> None:
    term = {"id": "a", "taxonomy_term": {"id": "t", "name": "Parent and toddler groups"}}
    swans = service("s1", name="Little Swans", description="", attributes=[term])
    del swans["maximum_age"]
    with serving(answers([swans], 2)) as server:
        [page] = WebFeed(f"{server.address}/api", WEB).pages(1)

    assert page.services == (swans,)
    assert offers(swans)[0].draft is not None


def test_a_run_goes_on_from_a_page() -> None:
    with serving(answers([service(f"s{n}") for n in range(5)], 2)) as server:
        feed = WebFeed(f"{server.address}/api", WEB)

        assert ids(feed, 3) == [["s4"]]
        assert ids(feed, 4) == [[]]


def test_a_list_that_is_whole_already_is_not_asked_for_twice() -> None:
    page = {"contents": [service(), old_service(id="s2")], "last_page": True}
    with serving(lambda path: Answer(page)) as server:
        assert ids(WebFeed(server.address, WEB)) == [["s1", "s2"]]

    assert len(server.asked) == 1


def test_one_that_went_away_meanwhile_is_left_out_and_an_odd_answer_counts_for_nothing() -> None:
    def answer(path: str) -> Answer:
        if path.startswith("/services?"):
            return Answer({"contents": [line(service("gone")), line(service("odd/1"))]})
        return Answer(status=404) if path == "/services/gone" else Answer({"id": "other"})

    with serving(answer) as server:
        [page, *_] = WebFeed(server.address, WEB).pages(1)

    assert [one["id"] for one in page.services] == ["odd/1"]
    assert "/services/odd%2F1" in server.asked


def test_a_server_that_knows_no_pages_is_asked_twice_and_no_more() -> None:
    with serving(lambda path: Answer({"contents": [service()]})) as server:
        assert ids(WebFeed(server.address, WEB)) == [["s1"]]

    assert len(server.asked) == 2


@pytest.mark.parametrize("answer", [{}, "x", {"contents": 3}, None])
def test_what_is_no_feed_is_refused(answer: Any) -> None:
    refused = pytest.raises(FeedTrouble, match="no page of an Open Referral UK feed")
    with serving(lambda path: Answer(answer)) as server, refused:
        ids(WebFeed(server.address, WEB))


def test_an_empty_feed_has_one_empty_page() -> None:
    with serving(answers([], 2)) as server:
        assert ids(WebFeed(f"{server.address}/api", WEB)) == [[]]


def write(folder: Path, **files: Any) -> FolderFeed:
    for name, thing in files.items():
        (folder / f"{name}.json").write_text(json.dumps(thing))
    return FolderFeed(folder)


def test_a_folder_may_hold_pages_lists_and_single_services(tmp_path: Path) -> None:
    feed = write(
        tmp_path,
        a={"contents": [service("1"), service("2")]},
        b={"content": [old_service(id="3")]},
        c=[service("4")],
        d=service("5"),
        e={"name": "A taxonomy", "id": "t"},
    )

    assert ids(feed) == [["1", "2"], ["3"], ["4"], ["5"], []]
    assert ids(feed, 4) == [["5"], []]


def test_a_line_of_a_list_gives_way_to_the_whole_service(tmp_path: Path) -> None:
    feed = write(tmp_path, a=[line(service("1")), line(service("2"))], b=service("1"))

    assert ids(feed) == [["2"], ["1"]]


def test_a_service_at_a_location_is_a_service(tmp_path: Path) -> None:
    whole = service("1")
    del whole["service_at_locations"]
    feed = write(tmp_path, a={"id": "sal", "location": location("l9"), "service": whole})

    [page] = feed.pages(1)
    [found] = page.services
    assert found["id"] == "1"
    assert found["service_at_locations"][0]["location"]["id"] == "l9"


def test_the_examples_of_the_standard_are_read() -> None:
    found = {one for page in ids(FolderFeed(FILES / "examples")) for one in page}

    assert found == {"ac148810-d857-441c-9679-408f346de14b"}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\xff"])
def test_a_file_that_is_not_json_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="latin-1")

    with pytest.raises(FeedTrouble, match=r"bad\.json can’t be read"):
        ids(FolderFeed(tmp_path))


def test_a_feed_is_an_address_or_a_folder(tmp_path: Path) -> None:
    address = "https://feed.example/o/v3"
    for typed in (address, f"{address}/", f"{address}/services", f"{address}/services?page=2"):
        assert feed_at(typed, allow_http=False, allow_private=False).address == address
    assert feed_at(str(tmp_path), allow_http=False, allow_private=False).address == str(tmp_path)
    with pytest.raises(FeedTrouble, match="neither a folder nor an address"):
        feed_at(str(tmp_path / "x"), allow_http=False, allow_private=False)
    with pytest.raises(FeedTrouble, match="no JSON files"):
        ids(FolderFeed(tmp_path))
    with pytest.raises(FeedTrouble, match="too long"):
        feed_at("https://" + "x" * 600, allow_http=False, allow_private=False)
