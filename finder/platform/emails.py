"""Email addresses as they are compared and kept."""

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
