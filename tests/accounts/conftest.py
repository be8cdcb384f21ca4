"""What tests of the pages of signing in share."""

from tests.support.sign_in_site import base_url, site

__all__ = ["base_url", "site"]
