"""The whole site, as the tests of its pages have it."""

from tests.web.conftest import pages, site

__all__ = ["pages", "site"]
