"""Mail leaves beside the requests."""

from finder.web import workers


def wake() -> None:
    """There is mail: send it now."""
    workers.wake("mail")
