"""Email addresses as they are compared and kept."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from finder.domain.refused import Refused


def normal_email(typed: str) -> str:
    """The address in one spelling. Refused where it is none; asks no name server."""
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Refused("email", "Type an email address like name@example.org") from error
    return (found.ascii_email or found.normalized).lower()


LONGEST_EMAIL = 254

_GMAIL = frozenset({"gmail.com", "googlemail.com"})


def mailbox(email: str) -> str:
    """The one box that an address leads to, by which people are counted.

    Plus-tags are cut, and the dots that gmail ignores; letter case and Unicode forms are one. Never
    sign anybody in by it and never send to it: at a few hosts a plus is part of somebody's name.
    """
    local, _, host = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    box = local.partition("+")[0] or local
    if host in _GMAIL:
        box, host = box.replace(".", "") or box, "gmail.com"
    return f"{box}@{host}"
