"""`finder copy-database`, as an operator runs it."""

import shutil
from pathlib import Path

import pytest

from tests.support.databases import Server
from tests.support.machine import Machine
from tests.support.paths import SEEDS


@pytest.fixture
def machine(tmp_path: Path, gazetteer_path: Path, migrated_file: Path) -> Machine:
    shutil.copy(migrated_file, tmp_path / "finder.db")
    return Machine(tmp_path, gazetteer_path)


def test_a_site_moves_to_postgresql_and_the_second_time_is_refused(
    machine: Machine, postgresql: Server
) -> None:
    assert machine.run("import", SEEDS).returncode == 0
    here, there = f"sqlite:///{machine.folder}/finder.db", postgresql.create("moved")

    done = machine.run("copy-database", here, there)
    again = machine.run("copy-database", here, there)
    kept = machine.run("export", "csv", "new.csv", FINDER_DATABASE_URL=there)
    machine.run("export", "csv", "old.csv")
    postgresql.drop("moved")

    assert done.returncode == 0, done.stderr
    assert "groups" in done.stdout
    assert "the same on both sides" in done.stdout
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert kept.returncode == 0
    new, old = ((machine.folder / name).read_text() for name in ("new.csv", "old.csv"))
    assert sorted(new.splitlines()) == sorted(old.splitlines())


@pytest.mark.parametrize(
    ("addresses", "says"),
    [
        (("sqlite:///nowhere.db", "sqlite:///new.db"), "no database at nowhere.db"),
        (("nonsense", "sqlite:///new.db"), "must begin with"),
        (("mysql://someone:secret@host/x", "sqlite:///new.db"), "must begin with"),
        (
            ("sqlite:///finder.db", "postgresql+psycopg://me:secret@127.0.0.1:1/x"),
            "can't be reached",
        ),
    ],
)
def test_what_can_not_be_copied_is_said_without_a_password(
    machine: Machine, addresses: tuple[str, str], says: str
) -> None:
    said = machine.run("copy-database", *addresses)

    assert said.returncode == 1
    assert says in said.stderr
    assert "secret" not in said.stderr + said.stdout
    assert "Traceback" not in said.stderr
    assert not (machine.folder / "nowhere.db").exists()
