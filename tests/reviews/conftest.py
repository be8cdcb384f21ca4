"""What tests of the pages of reviews share."""

from tests.support.review_site import site

__all__ = ["site"]
