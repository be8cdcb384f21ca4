"""A parent looks near a place, narrows it down, and looks at what was saved."""

import re

import pytest

from tests.support.page_client import Page, PageClient
from tests.support.site import GROUPS, Site

NEAR = "/search?near=EH6+7BS"


def names(page: Page) -> list[str]:
    return page.all(".card h2 a")


def chosen(page: Page, name: str) -> list[str]:
    return page.values(f"select[name={name}] option[selected]", "value")


def ticked(page: Page, name: str) -> list[str]:
    return page.values(f".filter-form input[name={name}][checked]", "value")


def test_home_asks_for_a_place_and_one_thing_more(pages: PageClient) -> None:
    page = pages.get("/", most_statements=0)

    assert page.values("form input", "name") == ["near", "talking"]
    assert "Little or no small talk" in page.one("form")


def test_a_postcode_gives_groups_nearest_first(pages: PageClient) -> None:
    page = pages.get(NEAR, most_statements=2)

    assert page.one("h1") == f"{len(GROUPS)} groups within 3 miles of EH6 7BS"
    assert names(page)[:2] == ["Group play-1", "Group rhyme-time"]
    assert len(names(page)) == 20


def test_a_card_says_when_what_it_costs_for_whom_and_how_far(pages: PageClient) -> None:
    page = pages.get(NEAR + "&format=singing&venue=library")

    card = page.one(".card")
    assert "Hall rhyme-time, Leith · 0.2 miles, 5 minutes’ walk" in card
    assert "10:30 to 11:00 Term dates vary, check first" in card
    assert "Cost Free · Just turn up" in card
    assert "Ages Birth to 2 years" in card
    sentence = "The organiser says: no talking at all. No parent has told us yet."
    assert re.search(rf"Probably: [a-z ]+\. {sentence}", card)


def test_examples_are_marked(pages: PageClient, site: Site) -> None:
    for address in (NEAR, site.groups["bare"], "/shortlist?g=" + site.groups["bare"][-36:]):
        assert "made-up example group" in pages.get(address).one(".example")


def test_the_second_page_has_the_rest(pages: PageClient) -> None:
    page = pages.get(NEAR + "&page=2")

    assert len(names(page)) == len(GROUPS) - 20
    assert page.one(".pages [aria-current]") == "Page 2"


def test_a_page_after_the_last_is_the_last(pages: PageClient) -> None:
    assert names(pages.get(NEAR + "&page=99")) == names(pages.get(NEAR + "&page=2"))


def test_what_was_asked_stands_in_the_filters(pages: PageClient) -> None:
    page = pages.get(
        NEAR + "&radius=5&age=7&talking=3&day=tue&after=10:15&cost=free&can=leave_early"
    )

    assert chosen(page, "radius") == ["5"]
    assert chosen(page, "age") == ["7"]
    assert chosen(page, "talking") == ["3"]
    assert chosen(page, "after") == ["10:15"]
    assert ticked(page, "day") == ["tue"]
    assert ticked(page, "cost") == ["free"]
    assert ticked(page, "can") == ["leave_early"]


def test_a_new_place_keeps_what_was_asked(pages: PageClient) -> None:
    page = pages.get(NEAR + "&cost=free&talking=2&page=1")

    kept = dict(
        zip(
            page.values(".searchbar input[type=hidden]", "name"),
            page.values(".searchbar input[type=hidden]", "value"),
            strict=True,
        )
    )
    assert kept == {"cost": "free"}
    assert page.values(".searchbar input[name=talking][checked]", "value") == ["2"]


def test_a_chip_takes_off_one_wish(pages: PageClient) -> None:
    page = pages.get(NEAR + "&cost=free&day=tue")

    assert page.all(".chip-on") == ["Take off: Free", "Take off: Tuesday"]
    assert page.values(".chip-on", "href")[0] == "/search?near=EH6+7BS&day=tue"


def test_the_three_bands_are_counted_and_the_unknown_can_be_shown(pages: PageClient) -> None:
    page = pages.get(NEAR + "&talking=2&venue=church_hall")

    counts = re.match(
        r"A hello or less: (\d+) fairly sure, (\d+) probably, (\d+) not known", page.one(".bands")
    )
    assert counts
    assert (counts[1], counts[3]) == ("0", "1"), "nothing is sure on an organiser's word"
    with_unknown = pages.get(page.values(".bands a", "href")[0])
    assert "Group bare" in names(with_unknown)
    assert "Not known: a hello or less" in with_unknown.all(".band")


def test_nobody_is_told_of_bands_who_asked_for_nothing_uncertain(pages: PageClient) -> None:
    assert pages.get(NEAR + "&cost=free").all(".bands, .band") == []


def test_values_that_make_no_sense_are_said_beside_their_field(pages: PageClient) -> None:
    page = pages.get(NEAR + "&max_cost=lots&radius=4&day=someday")

    assert page.values("#max_cost", "aria-describedby") == ["max_cost-error"]
    assert "like 4 or 4.50" in page.one("#max_cost-error")
    assert page.values("#max_cost", "value") == ["lots"]
    assert "Monday to Sunday" in page.one("#day-error")
    assert len(page.all(".note-trouble li")) == 3
    assert len(names(page)) == 20


def test_nothing_found_says_what_to_change(pages: PageClient) -> None:
    page = pages.get(NEAR + "&format=antenatal_or_postnatal&cost=free")

    assert page.one("h1") == "No groups within 3 miles of EH6 7BS"
    ways = page.all(".more-ways a")
    assert ways
    assert all(re.match(r"1 group |[\d,]+ groups ", way) for way in ways), ways
    found = {name for way in page.values(".more-ways a", "href") for name in names(pages.get(way))}
    assert "Group baby-circle" in found


def test_little_found_says_how_many_more_there_are(pages: PageClient) -> None:
    page = pages.get(NEAR + "&format=story_time")

    ways = page.all(".more-ways a")
    assert ways
    assert all(re.match(r"[\d,]+ more ", way) for way in ways), ways


def test_an_empty_search_asks_where(pages: PageClient) -> None:
    assert pages.get("/search", most_statements=0).one("h1") == "Where are you?"


def test_several_places_of_one_name_are_offered(pages: PageClient) -> None:
    page = pages.get("/search?near=Newport&cost=free")

    assert page.one("h1") == "Which Newport?"
    assert len(page.all(".places a")) > 1
    assert all("cost=free" in link for link in page.values(".places a", "href"))


def test_a_near_miss_is_offered(pages: PageClient) -> None:
    page = pages.get("/search?near=Hebdon+Bridge")

    assert "Hebden Bridge" in page.all(".places a")


def test_an_unknown_postcode_is_answered_kindly(pages: PageClient) -> None:
    page = pages.get("/search?near=EH99+9ZZ")

    assert "EH99 9ZZ" in page.one("#near-error")
    assert page.values("#near", "value") == ["EH99 9ZZ"]


def test_the_middle_of_a_district_is_said_to_be_rough(pages: PageClient) -> None:
    assert "A full postcode is better" in pages.get("/search?near=EH6").words
    assert "A full postcode is better" not in pages.get(NEAR).words


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE groups; --",
        "\x00\x01",
        "EH6" * 200,
        "%",
        "🍼",
        "../../etc/passwd",
        "{{ 7 * 7 }}",
        "a\r\nSet-Cookie: x=y",
        " ",
    ],
)
def test_odd_words_are_answered_like_any_others(pages: PageClient, typed: str) -> None:
    pages.client.get("/")
    answer = pages.client.get("/search", query_string={"near": typed})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_shortlist_shows_its_groups_in_order(pages: PageClient, site: Site) -> None:
    ids = [site.groups[name][-36:] for name in ("bare", "rhyme-time")]
    page = pages.get(f"/shortlist?g={ids[0]}&g={ids[1]}&g={ids[0]}", most_statements=1)

    assert names(page) == ["Group bare", "Group rhyme-time"]
    assert "walk" not in page.words
    assert page.values("[data-copy-from]", "value")[0].endswith(f"g={ids[0]}&g={ids[1]}&g={ids[0]}")


def test_a_shortlist_says_how_many_groups_are_gone(pages: PageClient, site: Site) -> None:
    kept, gone = site.groups["bare"][-36:], "00000000-0000-4000-8000-000000000000"
    page = pages.get(f"/shortlist?g={kept}&g={gone}&g=nonsense")

    assert "1 group of this list is no longer listed" in page.words


def test_an_empty_shortlist_explains_itself(pages: PageClient) -> None:
    page = pages.get("/shortlist", most_statements=0)

    assert "Nothing is saved yet" in page.words
    assert "does not run our script" in page.one(".no-script")


def test_results_are_light(pages: PageClient) -> None:
    answer = pages.client.get(NEAR)

    assert len(answer.data) < 60_000
