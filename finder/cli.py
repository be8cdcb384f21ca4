"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from pydantic import ValidationError

from finder.settings import Settings, UnknownSetting
from finder.store import gazetteer_build, gazetteer_places
from finder.store.gazetteer_files import IndexMissing
from finder.store.gazetteer_sources import BadSource

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def settings() -> Settings:
    """The settings, or a plain sentence about the one that is wrong."""
    try:
        return Settings()
    except UnknownSetting as error:
        fail(str(error))
    except ValidationError as error:
        fail("\n".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors()))


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, a plain line otherwise. Give it (done, of how many)."""
    with click.progressbar(length=1, label=label) as shown:

        def progress(done: int, of: int) -> None:
            shown.length = of
            shown.update(done - shown.pos)

        yield progress


@click.group()
def main() -> None:
    """Quiet Corner: local baby and toddler groups, and how much you will have to talk."""


@main.command(name="load-postcodes")
@click.option("--onspd", type=INPUT, help="A newer ONS Postcode Directory zip.")
@click.option("--if-missing", is_flag=True, help="Do nothing where the index is there.")
def load_postcodes(onspd: Path | None, if_missing: bool) -> None:
    """Build the index of postcodes and places."""
    data_dir = settings().data_dir
    if if_missing and gazetteer_build.is_built(data_dir):
        return
    try:
        with bar("Postcodes") as progress:
            count = gazetteer_build.build(data_dir, onspd, progress)
    except BadSource as error:
        fail(str(error))
    click.echo(f"{count:,} postcodes are in the index.")


@main.command(name="load-places")
@click.argument("source", type=INPUT, metavar="ZIP")
def load_places(source: Path) -> None:
    """Add the place names of an OS Open Names CSV zip."""
    try:
        with bar("Places") as progress:
            count = gazetteer_places.load(settings().data_dir, source, progress)
    except (BadSource, IndexMissing) as error:
        fail(str(error))
    click.echo(f"{count:,} place names were added.")


@main.command()
@click.option("--prepare", is_flag=True, help="First do what a new machine needs.")
@click.pass_context
def serve(context: click.Context, prepare: bool) -> None:
    """Serve the site with gunicorn on FINDER_BIND with FINDER_WORKERS."""
    its = settings()
    if prepare:
        context.invoke(load_postcodes, onspd=None, if_missing=True)
        click.echo(f"Serving on http://{its.bind}")
    server = [sys.executable, "-m", "gunicorn", "--preload", "--log-level", "warning"]
    server += ["--bind", its.bind, "--workers", str(its.workers), "finder.app:create_app()"]
    os.execv(sys.executable, server)  # noqa: S606


if __name__ == "__main__":
    main()
