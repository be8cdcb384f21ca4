"""What the mails about signing in say: one link, and what to do with it."""

from finder.accounts import emails as accounts_emails


def test_the_link_stands_on_a_line_of_its_own_and_is_the_only_one() -> None:
    link = "https://quiet.example.org/sign-in/abc"

    _, text = accounts_emails.sign_in(link)

    assert text.count("://") == 1
    assert f"\n\n{link}\n\n" in text


def test_an_invitation_has_its_link_and_one_that_stops_these() -> None:
    links = ("https://quiet.example.org/account/invitations/a", "https://quiet.example.org/stop")

    _, text = accounts_emails.invitation("Hill", *links)

    assert text.count("://") == 2
    assert all(f"\n\n{link}\n\n" in text for link in links)


def test_a_subject_has_no_name_in_it() -> None:
    subject, text = accounts_emails.invitation(
        "Hill Library\nBcc: a@example.org", "https://x", "https://x/stop"
    )

    assert "Hill" not in subject
    assert "\n" not in subject
    assert "Hill Library" in text
