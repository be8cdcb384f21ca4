"""A site that holds no review: each counts as soon as it is confirmed.

For tests of what many reviews at once do to the levels. Run as a module, it is the `finder`
command of such a site.
"""

import sys

from flask import Flask

from finder.app import warmed_app
from finder.cli import main
from finder.reviews import hold_rules

COMMAND = (sys.executable, "-m", "tests.faults.trusting")


def app() -> Flask:
    """For gunicorn: `tests.faults.trusting:app()`."""
    hold_rules.RULES = {}
    return warmed_app()


if __name__ == "__main__":
    hold_rules.RULES = {}
    main()
