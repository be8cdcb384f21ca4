"""Fixtures of tests of what goes wrong."""

from tests.faults.replicated import app, pair

__all__ = ["app", "pair"]
