"""The words of letters about reports and decisions: plain, kind, with what to do next."""

from finder.domain.readable import isolated
from finder.moderation.reports.rules import Report
from finder.moderation.rules import Action, Decision, ItemKind

_FOOT = "\n\nQuiet Corner: how much will I have to talk?\n"
_APPEAL = """

Do you think this is wrong? Then tell us, and somebody else decides, if there is anybody else.
Open this page within 30 days. It works once:

{link}"""

_WHAT: dict[tuple[ItemKind, Action], str] = {
    (ItemKind.REVIEW, Action.PUBLISH): "Your review of {about} is published. Thank you for it.",
    (ItemKind.REVIEW, Action.HIDE): (
        "We have not shown your review of {about}, or we show it no longer. It does not count."
    ),
    (ItemKind.REVIEW, Action.ASK): (
        "Your review of {about} can be shown once something in it is changed. The link in our "
        "earlier email lets you change it."
    ),
    (ItemKind.REVIEW, Action.MOVE): (
        "We think your review was about another group, so we have moved it there: {about}."
    ),
    (ItemKind.LISTING, Action.PUBLISH): "{about} is listed now. Thank you for adding it.",
    (ItemKind.LISTING, Action.HIDE): "We do not list {about}.",
    (ItemKind.LISTING, Action.ASK): (
        "{about} can be listed once something is changed. Change it under “My listings”."
    ),
    (ItemKind.CLAIM, Action.ACCEPT): (
        "You look after {about} from now on. You find it under “My listings”."
    ),
    (ItemKind.CLAIM, Action.REFUSE): "We could not give you {about} to look after.",
}
_SUSPENDED = (
    "A moderator has suspended your account. You can still sign in, download what we hold and "
    "delete it. What you write is read by a moderator first, and your listings can’t be changed."
)
_AGAIN = "We have taken back what we decided about {about}. It stands as it did before."
_MERGED = (
    "{about} was listed twice. We have put the two listings together; reviews and history are "
    "kept, and the old address leads to the new one."
)


def decision_letter(kind: ItemKind, decision: Decision, about: str, link: str) -> tuple[str, str]:
    """Subject and text of the letter that says what was decided, and how to appeal.

    link: nothing where there is nothing to appeal against.
    """
    about = isolated(about) or "what you sent us"
    if decision.action is Action.SUSPEND:
        text = _SUSPENDED
    elif decision.action is Action.UNDO:
        text = _AGAIN
    elif decision.action is Action.MERGE:
        text = _MERGED
    else:
        text = _WHAT.get((kind, decision.action), "We have decided about {about}.")
    why = f"Why: {decision.reason.label}. {decision.words}"
    return (
        "What we decided, and why",
        f"{text.format(about=about)}\n\n{why}{_APPEAL.format(link=link) if link else ''}{_FOOT}",
    )


def receipt_letter(number: str) -> tuple[str, str]:
    """Subject and text of the letter that a report has arrived."""
    return (
        f"We have your message, {number}",
        f"""Thank you for telling us. A moderator will read it, and we will write to you here.

Your reference number is {number}.

If a child is in danger now, phone 999. We can’t help as fast as that."""
        + _FOOT,
    )


def answer_letter(report: Report, decision: Decision, about: str, link: str) -> tuple[str, str]:
    """Subject and text of the answer to a report."""
    what = {
        Action.KEEP: "We have looked at it and left things as they are.",
        Action.HIDE: "We have taken it down.",
        Action.ASK: "We have asked for a change.",
        Action.PUBLISH: "We have put it up again.",
        Action.NOTE: "The group is not listed any more.",
        Action.MOVE: "We have moved it to the group that it is about.",
        Action.SUSPEND: "We have taken it down, and suspended the account.",
        Action.UNDO: "We have taken our first decision back and look at it again.",
    }.get(decision.action, "We have decided.")
    of = f" about {isolated(about)}" if about else ""
    return (
        f"Our answer to {report.number}",
        f"You wrote to us{of}. Thank you. {what}\n\n"
        f"Why: {decision.reason.label}. {decision.words}" + _APPEAL.format(link=link) + _FOOT,
    )
