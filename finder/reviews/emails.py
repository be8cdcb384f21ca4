"""The words of the mails about a review. Plain text, one link, no name and no tracking."""

from finder.domain.readable import isolated
from finder.reviews.rules import OwnReview, ReviewedGroup, ReviewState

_FOOT = "\n\nQuiet Corner: how much will I have to talk?\n"


def please_confirm(group: ReviewedGroup, link: str) -> tuple[str, str]:
    """Subject and text of the mail that asks its reader to confirm a review."""
    return (
        "Please confirm your review",
        f"""Thank you for your review of {isolated(group.name)}, {isolated(group.venue_name)}.

Open this page and press the button. Then your review counts:

{link}

The link works for 7 days. We ask so that we know you are a person.
We never show your email address or your name.

Did you not write a review? Then do nothing. It will not be shown, and in 7 days we forget it."""
        + _FOOT,
    )


def thank_you(own: OwnReview, state: ReviewState, link: str) -> tuple[str, str]:
    """Subject and text of the mail with the link to change or withdraw a review."""
    group = f"{isolated(own.group_name)}, {isolated(own.venue_name)}"
    now_stands = (
        f"Your review of {group} counts now. Thank you."
        if state is ReviewState.PUBLISHED
        else f"A moderator will look at your review of {group} first."
    )
    return (
        "Your review, and how to change it",
        f"""{now_stands}

Keep this link. With it you can change your review, or take it back at any time:

{link}

Anyone who has the link can do so. Please don’t pass it on."""
        + _FOOT,
    )


def own_group(group: str, venue: str) -> tuple[str, str]:
    """Subject and text of the mail to an organiser who sent a review of its own group."""
    return (
        "Your review was not kept",
        f"""Somebody sent a review of {isolated(group)}, {isolated(venue)} with this email address.
You look after that group, so we can’t count a review by you: parents count on hearing from
other parents.

You can say how much people have to talk, and what you have changed, under My listings.

Did you not send it? Then do nothing. Nothing was kept."""
        + _FOOT,
    )
