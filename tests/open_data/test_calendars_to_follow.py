"""Calendars that a phone adds or follows."""

import icalendar

from tests.support.page_client import PageClient
from tests.support.site import Site


def test_a_group_can_be_put_into_a_calendar(pages: PageClient, site: Site) -> None:
    address = site.groups["rhyme-time"]
    answer = pages.client.get(f"{address}.ics")

    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["SUMMARY"] == "Group rhyme-time"
    assert event["URL"] == f"http://127.0.0.1:8000{address}"


def test_the_page_of_a_group_offers_its_calendar(pages: PageClient, site: Site) -> None:
    address = site.groups["rhyme-time"]
    page = pages.get(address)

    assert f"{address}.ics" in page.values("a[type='text/calendar']", "href")
    assert f"webcal://127.0.0.1:8000{address}.ics" in page.values("a[href^='webcal']", "href")


def test_saved_groups_are_one_calendar(pages: PageClient, site: Site) -> None:
    ids = [site.groups[name][-36:] for name in ("bare", "rhyme-time")]
    page = pages.get(f"/shortlist?g={ids[0]}&g={ids[1]}")
    (address,) = page.values("a[type='text/calendar']", "href")

    events = icalendar.Calendar.from_ical(pages.client.get(address).data).walk("VEVENT")

    assert {str(event["SUMMARY"]) for event in events} == {"Group bare", "Group rhyme-time"}


def test_a_phone_that_asks_again_is_told_that_nothing_changed(
    pages: PageClient, site: Site
) -> None:
    first = pages.client.get(f"{site.groups['bare']}.ics")
    again = pages.client.get(
        f"{site.groups['bare']}.ics", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.data) == (304, b"")


def test_an_unknown_group_has_no_calendar_and_an_empty_list_an_empty_one(pages: PageClient) -> None:
    pages.get("/groups/00000000-0000-4000-8000-000000000000.ics", status=404)

    empty = pages.client.get("/shortlist.ics?g=nonsense")

    assert empty.status_code == 200
    assert not icalendar.Calendar.from_ical(empty.data).walk("VEVENT")
