"""`finder load-postcodes` and `finder load-places`: the index of postcodes and places."""

from pathlib import Path

import click

from finder.places import build, place_names
from finder.places.index_files import IndexMissing
from finder.places.sources import BadSource
from finder.platform.console import bar, fail, settings

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="load-postcodes")
@click.option("--onspd", type=INPUT, help="A newer ONS Postcode Directory zip.")
@click.option("--if-missing", is_flag=True, help="Do nothing where the index is there.")
def load_postcodes(onspd: Path | None, if_missing: bool) -> None:
    """Build the index of postcodes and places."""
    data_dir = settings().data_dir
    if if_missing and build.is_built(data_dir):
        return
    try:
        with bar("Postcodes") as progress:
            count = build.build(data_dir, onspd, progress)
    except BadSource as error:
        fail(str(error))
    click.echo(f"{count:,} postcodes are in the index.")


@click.command(name="load-places")
@click.argument("source", type=INPUT, metavar="FILE")
def load_places(source: Path) -> None:
    """Add the place names of an OS Open Names CSV zip, or of GeoNames' GB.zip."""
    try:
        with bar("Places") as progress:
            count = place_names.load(settings().data_dir, source, progress)
    except (BadSource, IndexMissing) as error:
        fail(str(error))
    click.echo(f"{count:,} place names were added.")
