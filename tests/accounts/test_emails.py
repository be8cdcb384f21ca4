"""What the mails about signing in say: one link, and what to do with it."""

from finder.accounts import emails as accounts_emails


def test_the_link_stands_on_a_line_of_its_own_and_is_the_only_one() -> None:
    link = "https://quiet.example.org/sign-in/abc"

    for _, text in (accounts_emails.sign_in(link), accounts_emails.invitation("Hill", link)):
        assert text.count("://") == 1
        assert f"\n\n{link}\n\n" in text


def test_a_subject_has_no_name_in_it() -> None:
    subject, text = accounts_emails.invitation("Hill Library\nBcc: a@example.org", "https://x")

    assert "Hill" not in subject
    assert "\n" not in subject
    assert "Hill Library" in text
