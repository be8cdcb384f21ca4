"""Listings by the real command: in whole or not at all, and out again without loss."""

import csv
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.machine import FINDER, Machine
from tests.support.paths import SEEDS
from tests.support.served import machine_of


@pytest.fixture
def machine(tmp_path: Path, gazetteer_path: Path, migrated_file: Path) -> Machine:
    """A machine with an empty database."""
    return machine_of(tmp_path, gazetteer_path, migrated_file)


def seeds() -> list[dict[str, str]]:
    return list(csv.DictReader(SEEDS.read_text("utf-8-sig").splitlines()))


def count(machine: Machine) -> int:
    with sqlite3.connect(machine.folder / "finder.db") as db:
        found: int = db.execute("SELECT COUNT(*) FROM groups").fetchone()[0]
    db.close()
    return found


def test_what_is_exported_can_be_imported_again_without_loss(machine: Machine) -> None:
    first, second = machine.folder / "first.csv", machine.folder / "second.csv"
    assert machine.run("import", SEEDS).stdout.endswith("176 added, 0 changed, 0 left alone.\n")
    assert machine.run("export", "csv", first).returncode == 0

    assert machine.run("db", "upgrade", name="other.db").returncode == 0
    assert "176 added" in machine.run("import", first, name="other.db").stdout
    assert machine.run("export", "csv", second, name="other.db").returncode == 0

    assert second.read_bytes() == first.read_bytes()
    assert "0 added, 0 changed, 176 left alone" in machine.run("import", first).stdout


def test_a_bad_file_is_refused_with_line_and_column_and_changes_nothing(machine: Machine) -> None:
    rows = seeds()
    rows[3]["postcode"] = "EH99 9ZZ"
    rows[7]["ages"] = "old"
    bad = machine.folder / "bad.csv"
    with bad.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)

    done = machine.run("import", bad)

    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert any("ine 5" in line and "postcode" in line for line in lines)
    assert any("ine 9" in line and "ages" in line for line in lines)
    assert lines[-1] == "Nothing was imported."
    assert count(machine) == 0


def test_a_dry_run_changes_nothing(machine: Machine) -> None:
    assert "176 would be added" in machine.run("import", SEEDS, "--dry-run").stdout
    assert count(machine) == 0


@pytest.mark.parametrize(
    "words",
    [("import",), ("import", "no-such-file.csv"), ("import", SEEDS, "--what"), ("nonsense",)],
)
def test_a_slip_in_the_command_ends_with_2(machine: Machine, words: tuple[str, ...]) -> None:
    done = machine.run(*words)

    assert done.returncode == 2
    assert "Usage:" in done.stderr


def test_an_import_that_is_killed_leaves_nothing_half_written(machine: Machine) -> None:
    long = machine.folder / "long.csv"  # the seeds alone are written in a tenth of a second
    with long.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, seeds()[0])
        writer.writeheader()
        writer.writerows(row | {"ref": f"{row['ref']}-{n}"} for n in range(8) for row in seeds())
    killed = subprocess.Popen(
        [*FINDER, "import", str(long)],
        cwd=machine.folder,
        env=machine.environment(),
        stdout=subprocess.DEVNULL,
    )
    while not is_being_written(machine):
        assert killed.poll() is None, "it was done before it could be killed"
        time.sleep(0.005)
    killed.kill()
    assert killed.wait() == -9

    assert count(machine) == 0
    assert "176 added" in machine.run("import", SEEDS).stdout


def is_being_written(machine: Machine) -> bool:
    """Whether somebody holds the lock for writing, as an import does until its commit."""
    db = sqlite3.connect(machine.folder / "finder.db", timeout=0, isolation_level=None)
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        db.close()
    return False


def test_what_is_not_public_is_not_exported_since_it_would_come_in_published(
    machine: Machine,
) -> None:
    assert machine.run("import", SEEDS).returncode == 0
    with closing(sqlite3.connect(machine.folder / "finder.db")) as db:
        refs = [ref for (ref,) in db.execute("SELECT ref FROM groups ORDER BY ref LIMIT 5")]
        for ref, state in zip(refs, ("draft", "waiting", "paused", "ended", "hidden"), strict=True):
            db.execute("UPDATE groups SET state = ? WHERE ref = ?", (state, ref))
        db.commit()

    assert machine.run("export", "csv", "out.csv").returncode == 0

    text = (machine.folder / "out.csv").read_text("utf-8-sig")
    exported = {row["ref"] for row in csv.DictReader(text.splitlines())}
    assert len(exported) == 171
    assert exported.isdisjoint(refs)
