"""Mail leaves beside the requests."""

from finder.platform.jobs import workers


def wake() -> None:
    """There is mail: send it now."""
    workers.wake("mail")
