"""The words of the mails about signing in. Plain text, one link, no name and no tracking."""

from finder.domain.readable import isolated

_FOOT = "\n\nQuiet Corner: how much will I have to talk?\n"


def sign_in(link: str) -> tuple[str, str]:
    """Subject and text of the mail with a link to sign in. The same for a new address."""
    return (
        "Your link to sign in",
        f"""Open this page and press the button to sign in:

{link}

The link works once, for 15 minutes. Please don’t pass it on: whoever has it can sign in as you.

Did you not ask for it? Then do nothing. Nobody can sign in without this email."""
        + _FOOT,
    )


def invitation(organiser: str, link: str, stop: str) -> tuple[str, str]:
    """Subject and text of the mail that invites somebody to look after an organiser's listings.

    organiser: nothing while no moderator has accepted anything of it. stop: a link that ends these.
    """
    whose = f"the listings of {isolated(organiser)}" if organiser else "some listings"
    return (
        "Help to look after our listings",
        f"""Somebody who looks after {whose} on Quiet Corner asks you to help.

Open this page, sign in with this email address, and press the button:

{link}

Then you can add, change and pause their listings. The link works for 7 days.

Do you not know them? Then do nothing. In 7 days we forget it.

Do you want no more of these letters? Open this page and press the button:

{stop}"""
        + _FOOT,
    )
