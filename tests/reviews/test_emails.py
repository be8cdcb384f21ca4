"""Mails say what they are about in plain words, with one link."""

from uuid import uuid4

from finder.reviews.emails import please_confirm
from finder.reviews.rules import ReviewedGroup


def test_the_mail_names_the_group_and_has_one_link() -> None:
    group = ReviewedGroup(uuid4(), "Harbour Songs", "Harbour Hall", ())

    subject, text = please_confirm(group, "https://example.org/reviews/confirm/x")

    assert subject == "Please confirm your review"
    assert "Harbour Songs, Harbour Hall" in text
    assert text.count("https://") == 1
    assert "Did you not write a review? Then do nothing." in text
