"""Places of one name, as a page asks and tells about them."""

from tests.support.page_client import PageClient


def test_a_choice_says_how_many_groups_are_near_each(pages: PageClient) -> None:
    page = pages.ask("/search", {"near": "Leith Walk, Edinburgh"})
    assert "within 3 miles of Leith Walk" in page.one("h1")

    page = pages.ask("/search", {"near": "Newhaven"})

    links = page.all(".places a")
    edinburgh = next(text for text in links if "Edinburgh EH6" in text)
    sussex = next(text for text in links if "BN9" in text)
    assert "groups near" in edinburgh
    assert "No groups near" in sussex
    assert "Is it none of these?" in page.words


def test_where_one_is_meant_the_others_are_links(pages: PageClient) -> None:
    page = pages.ask("/search", {"near": "Barry"})

    assert page.one("h1").endswith("within 3 miles of Barry")
    assert "Another place? Barry" in page.words


def test_a_street_leads_to_its_town_and_the_page_says_so(pages: PageClient) -> None:
    page = pages.ask("/search", {"near": "Perth Road, Dundee"})

    assert page.one("h1").endswith("within 3 miles of Dundee")
    assert "We don’t know streets, so we looked near Dundee." in page.words


def test_an_island_is_searched_as_far_as_it_reaches(pages: PageClient) -> None:
    page = pages.ask("/search", {"near": "Shetland"})

    assert page.one("h1").endswith("within 25 miles of Shetland")
    near = pages.ask("/search", {"near": "Shetland", "radius": "10"})
    assert near.one("h1").endswith("within 10 miles of Shetland")


def test_a_doubtful_postcode_is_said_to_be_about_there(pages: PageClient) -> None:
    page = pages.ask("/search", {"near": "BT41 3UB"})

    assert "in a wrong place" in page.words
    assert "about there" in page.words


def test_suggestions_come_as_json_that_nobody_keeps(pages: PageClient) -> None:
    answer = pages.client.get("/places.json", query_string={"q": "leith"})

    assert answer.headers["Cache-Control"] == "no-store"
    places = answer.get_json()["places"]
    assert {"label": "Leith, Edinburgh EH6", "near": "Leith"} in places
