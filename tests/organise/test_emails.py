"""The mails name listings, hold one link, and name nobody."""

import pytest

from finder.organise import emails as organise_emails
from finder.reviews import emails as reviews_emails

LINK = "https://groups.example/still-running/abc"
LETTERS = {
    "still running": organise_emails.still_running("Hill Library", ["Songs"], ["Songs"], LINK),
    "hidden": organise_emails.hidden("Hill Library", ["Songs"], LINK),
    "claim": organise_emails.claim_kept("Songs", "Hill Hall"),
    "own group": reviews_emails.own_group("Songs", "Hill Hall"),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_is_plain_says_what_it_is_about_and_has_at_most_one_link(name: str) -> None:
    subject, body = LETTERS[name]

    assert 0 < len(subject) <= 60
    assert "Songs" in body
    assert body.count("http") == (LINK in body)
    assert "!" not in subject + body


def test_a_schedule_without_an_end_is_asked_about_only_where_there_is_one() -> None:
    _, with_end = organise_emails.still_running("Hill Library", ["Songs"], [], LINK)

    assert "no last date" not in with_end
    assert "no last date" in LETTERS["still running"][1]


def test_very_many_listings_are_counted() -> None:
    _, body = organise_emails.hidden("Hill Library", [f"Group {n}" for n in range(300)], LINK)

    assert "- Group 39\n- and 260 more" in body
