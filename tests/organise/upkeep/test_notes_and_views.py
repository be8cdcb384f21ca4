"""The note "What we changed", and how a listing's page is seen."""

from finder.domain.vocabulary import TalkingLevel
from tests.support.databases import statements
from tests.support.organise_parts import kept, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import TODAY, draft, publish


def test_a_note_stands_on_the_page_with_its_date_until_it_is_taken_away(desk: Desk) -> None:
    address, public = f"/organise/listings/{desk.songs}/note", f"/groups/{desk.songs}"

    page = desk.anna.press(address, note="We don’t go round with names any more.")

    assert page.one(".saved") == "Parents see it on the page now."
    assert kept(desk.db, desk.songs).note_on == TODAY
    group = desk.nobody.get(public)
    assert "What we changed" in group.all("h2")
    assert "We don’t go round with names any more." in group.words
    assert "The organiser wrote this on Tuesday 24 November" in group.words

    page = desk.anna.press(address, note="")
    assert page.one(".saved") == "There is no note on the page now."
    assert "What we changed" not in desk.nobody.get(public).all("h2")


def test_a_note_that_names_somebody_or_is_too_long_is_not_shown(desk: Desk) -> None:
    for note in ("Write to carol@example.org", "See https://example.org", "x" * 301):
        page = desk.anna.press(f"/organise/listings/{desk.songs}/note", 200, note=note)

        assert page.values(".problems a", "href") == ["#note"]
        assert note in page.one("textarea")
    assert kept(desk.db, desk.songs).note is None


def test_a_note_comes_out_inert(desk: Desk) -> None:
    desk.anna.press(f"/organise/listings/{desk.songs}/note", note="<script>alert(1)</script>=1+1")

    assert "<script>alert" not in desk.nobody.get(f"/groups/{desk.songs}").answer.text


def test_looks_are_counted_by_week_and_by_nothing_else(desk: Desk) -> None:
    for person in (desk.nobody, desk.nobody, desk.carol):
        person.get(f"/groups/{desk.songs}")
    prefetched = {"Sec-Purpose": "prefetch;prerender"}
    desk.nobody.browser.client.get(f"/groups/{desk.songs}", headers=prefetched)
    desk.nobody.browser.client.head(f"/groups/{desk.songs}")
    desk.app.extensions["page_counter"].write_down()

    page = desk.anna.get(f"/organise/listings/{desk.songs}/seen")

    assert len(page.all("tbody tr")) == 12
    assert page.all("tbody tr")[0] == "Monday 23 November 3"
    assert set(page.all("tbody td")[1:]) == {"0"}


def test_looking_at_a_page_writes_nothing(desk: Desk) -> None:
    with desk.database.reading() as reading, statements(reading) as said:
        desk.nobody.get(f"/groups/{desk.songs}")

    assert said
    assert {line.split()[0].upper() for line in said} <= {"SELECT", "WITH"}


def test_the_claim_stands_beside_what_parents_say_once_three_have_said(desk: Desk) -> None:
    said = listing(desk.db, "said", claimed_level=TalkingLevel.NO_TALKING)
    address = f"/organise/listings/{said}/seen"
    assert "No parent has said yet." in desk.anna.get(address).words

    for _ in range(2):
        publish(desk.db, said, draft(4))
    assert desk.anna.get(address).all("dd")[1] == "One or two parents: a lot of chat."

    publish(desk.db, said, draft(4))
    lines = desk.anna.get(address).all("dd")
    assert lines[0] == "No talking needed"
    assert lines[1] == "All 3 parents: a lot of chat or less."
