"""Words of a group's page for templates."""

from flask import Flask

from finder.group_page.fact_lines import first_visit, good_to_know, have_to, included


def start(app: Flask) -> None:
    """Give the lines of facts to every template."""
    app.jinja_env.globals.update(
        first_visit=first_visit, good_to_know=good_to_know, have_to=have_to, included=included
    )
