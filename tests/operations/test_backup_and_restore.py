"""`finder backup` and `finder restore` as an operator types them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from finder.cli import main
from finder.platform.db.database import Database
from tests.support.examples import group, keep
from tests.support.machine import Machine

Run = Callable[..., Result]


@pytest.fixture
def run(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The commands, in a folder whose finder.db has three groups in it."""
    shutil.copy(migrated_file, tmp_path / "finder.db")
    monkeypatch.setenv("FINDER_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite:///finder.db")
    with database.writing() as db:
        keep(db, *(group(f"songs-{number}") for number in range(3)))
    database.close()
    return lambda *words: CliRunner().invoke(main, words)


def groups(path: str = "finder.db") -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM groups").fetchone()
    return int(count)


def test_a_lost_database_comes_back_from_its_copy(
    run: Run, tmp_path: Path, gazetteer_path: Path
) -> None:
    assert run("backup", "copy").output.endswith("Written to copy, and read through.\n")
    for path in tmp_path.glob("finder.db*"):
        path.unlink()

    done = Machine(tmp_path, gazetteer_path).run("restore", "copy")  # in a process of its own

    assert done.returncode == 0, done.stderr
    assert groups() == 3
    assert "ok      database" in run("check").output


def test_nothing_is_overwritten_without_force(run: Run) -> None:
    run("backup", "copy")

    for words in (("backup", "copy"), ("restore", "copy")):
        done = run(*words)
        assert done.exit_code == 1
        assert "--force" in done.stderr
        assert run(*words, "--force").exit_code == 0


@pytest.mark.parametrize("source", ["nowhere", "text"])
def test_what_is_no_copy_is_one_sentence_and_nothing_changes(run: Run, source: str) -> None:
    Path("text").write_text("venue,name\n")

    done = run("restore", source, "--force")

    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.endswith("Nothing was changed.\n")
    assert groups() == 3


def test_a_database_that_is_not_there_yields_no_copy(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDER_DATABASE_URL", "sqlite:///elsewhere.db")

    assert run("backup", "copy").exit_code == 1
    assert not Path("copy").exists()
