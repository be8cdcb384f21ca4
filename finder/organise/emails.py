"""The emails that ask whether listings are still true, and on claims. Plain text, no tracking."""

from collections.abc import Sequence

from finder.domain.readable import isolated

_FOOT = "\n\nQuiet Corner: how much will I have to talk?\n"
MOST_NAMED = 40


def still_running(
    organiser: str, names: Sequence[str], endless: Sequence[str], link: str
) -> tuple[str, str]:
    """Subject and text of the mail that asks whether listings are still true."""
    more = (
        f"\nThese have no last date. If you know it, please add it:\n\n{_list(endless)}\n"
        if endless
        else ""
    )
    return (
        "Are your groups still running?",
        f"""You look after the listings of {isolated(organiser)} on Quiet Corner.
Nobody has said for 90 days that these are still true:

{_list(names)}

Open this page and press the button if they are. You need not sign in:

{link}

Then parents read “Checked by the organiser” with the day. The link works for 14 days.
{more}
If nobody answers until 180 days are over, we hide them, so that no parent stands before a
closed door. You can bring them back at any time."""
        + _FOOT,
    )


def hidden(organiser: str, names: Sequence[str], link: str) -> tuple[str, str]:
    """Subject and text of the mail that names hidden listings, and how to show them again."""
    return (
        "We have hidden groups that nobody has checked",
        f"""Nobody has said for 180 days that these listings of {isolated(organiser)}
are still true. We asked, and have hidden them now:

{_list(names)}

Are they still running? Open this page and press the button. Then parents find them again at
once. You need not sign in:

{link}

The link works for 14 days. After that, sign in and press “Yes, all true” under My listings."""
        + _FOOT,
    )


def claim_kept(group: str, venue: str) -> tuple[str, str]:
    """Subject and text of the mail to somebody who says that a listing is theirs."""
    return (
        "You say that a listing is yours",
        f"""You told us that you run {isolated(group)}, {isolated(venue)}. Thank you.

A moderator will look at it. When it is decided you get another mail.
Until then the listing stays as it is.

Did you not tell us so? Then somebody else is signed in with your address.
Sign in and end it under Account."""
        + _FOOT,
    )


def _list(names: Sequence[str]) -> str:
    lines = [f"- {isolated(name)}" for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        lines.append(f"- and {len(names) - MOST_NAMED:,} more")
    return "\n".join(lines)
