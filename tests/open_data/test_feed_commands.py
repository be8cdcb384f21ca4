"""Listings go out and come in on the command line, by Open Referral UK and by CSV."""

import csv
import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from finder.cli import main
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings.drafts import all_drafts
from finder.platform.db import migrate
from finder.platform.db.database import Database
from tests.open_data.referral.feeds_in import service
from tests.open_data.referral.uk_profile import FILES
from tests.support.examples import any_group, keep
from tests.support.feed_server import Answer, serving
from tests.support.machine import FINDER, Machine


@pytest.fixture
def machine(tmp_path: Path, gazetteer_path: Path) -> Machine:
    made = Machine(tmp_path, gazetteer_path)
    prepare(made, "finder.db")
    return made


@pytest.fixture
def finder(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`finder WORDS` in this process: another takes a second to begin."""
    monkeypatch.chdir(machine.folder)

    def run(*words: str | Path, name: str = "finder.db") -> Result:
        for key, value in machine.environment(name).items():
            monkeypatch.setenv(key, value)
        return CliRunner().invoke(main, [*map(str, words)])

    return run


def prepare(machine: Machine, name: str, *drafts: GroupDraft) -> None:
    database = Database(f"sqlite:///{machine.folder / name}")
    migrate.upgrade(database)
    with database.writing() as db:
        keep(db, *drafts)
    database.close()


def drafts(machine: Machine, name: str = "finder.db") -> dict[tuple[str, str], GroupDraft]:
    database = Database(f"sqlite:///{machine.folder / name}")
    with database.session() as db:
        found = {(d.organiser, d.ref): d for _, d in all_drafts(db, [ListingState.PUBLISHED])}
    database.close()
    return found


def test_what_goes_out_by_open_referral_or_csv_comes_in_again_the_same(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    random = Random(50)
    prepare(machine, "full.db", *(any_group(f"g{number}", random) for number in range(60)))
    for name in ("by-feed.db", "by-csv.db"):
        prepare(machine, name)

    out = finder("export", "openreferral", "out", name="full.db")
    into = finder("import-openreferral", "out", name="by-feed.db")
    again = finder("import-openreferral", "out", name="by-feed.db")
    finder("export", "csv", "out.csv", name="full.db")
    finder("import", "out.csv", name="by-csv.db")

    assert out.stdout.splitlines() == ["60 listings written to out."]
    assert "60 added." in into.stdout, into.stderr
    assert "60 left as it was." in again.stdout
    full = drafts(machine, "full.db")
    assert len(full) == 60
    assert drafts(machine, "by-feed.db") == full
    by_csv = drafts(machine, "by-csv.db")
    assert by_csv.keys() == full.keys()
    for key, draft in by_csv.items():
        # The CSV takes a council from the postcode; everything else is the row's own.
        assert (draft.sessions, draft.cost, draft.steps) == (
            full[key].sessions, full[key].cost, full[key].steps)  # fmt: skip
        assert (draft.facts, draft.venue.facts) == (full[key].facts, full[key].venue.facts)


def test_an_export_goes_into_an_empty_folder_only(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    (machine.folder / "out").mkdir()
    (machine.folder / "out" / "mine.txt").write_text("mine")

    done = finder("export", "openreferral", "out")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "out is not empty. Nothing was written.\n"


def test_the_examples_of_the_standard_are_read_and_the_report_says_why(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    done = finder("import-openreferral", FILES / "examples", "--report", "report.csv")

    assert done.exit_code == 0, done.stderr
    assert "1 skipped:\n  1 not a group for under-fives" in done.stdout
    [line] = csv.DictReader((machine.folder / "report.csv").read_text("utf-8-sig").splitlines())
    assert line["name"] == "Community Counselling"
    assert (line["done"], line["why"]) == ("skipped", "not a group for under-fives")


def test_no_cell_of_a_report_can_act_as_a_formula(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    feed = machine.folder / "feed"
    feed.mkdir()
    (feed / "a.json").write_text(json.dumps(service("=1+1", name='=HYPERLINK("x")', status="x")))

    finder("import-openreferral", "feed", "--report", "report.csv")

    [line] = csv.DictReader((machine.folder / "report.csv").read_text("utf-8-sig").splitlines())
    assert (line["source_id"], line["name"]) == ("'=1+1", '\'=HYPERLINK("x")')


def test_a_feed_on_the_web_is_read_only_as_it_was_told(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    page = {"total_pages": 1, "contents": [service("s1"), service("s2", schedules=[])]}
    with serving(lambda path: Answer(page)) as server:
        plain = finder("import-openreferral", server.address)
        inside = finder("import-openreferral", server.address, "--http")
        asked_before = list(server.asked)
        done = finder("import-openreferral", server.address, "--http", "--private")

    assert (plain.exit_code, inside.exit_code, asked_before) == (1, 1, [])
    assert "is not https. Add --http" in plain.stderr
    assert "127.0.0.1 is within this network" in inside.stderr
    assert "1 added." in done.stdout, done.stderr
    assert "1 no day and time to come" in done.stdout
    assert {ref for _, ref in drafts(machine)} == {"s1"}


def test_an_empty_feed_and_a_wrong_address_are_said_on_stderr(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    with serving(lambda path: Answer({"contents": []})) as server:
        empty = finder("import-openreferral", server.address, "--http", "--private")
    wrong = finder("import-openreferral", "nowhere")

    assert (empty.exit_code, wrong.exit_code) == (1, 1)
    assert "holds no services" in empty.stderr
    assert "neither a folder nor an address" in wrong.stderr


def test_a_run_that_is_killed_goes_on_where_it_was(
    machine: Machine, finder: Callable[..., Result]
) -> None:
    feed = machine.folder / "feed"
    feed.mkdir()
    for number in range(20):
        some = [service(f"s{number}-{n}", name=f"Tots {number} {n}") for n in range(5)]
        (feed / f"{number:03}.json").write_text(json.dumps(some))
    prepare(machine, "whole.db")
    finder("import-openreferral", "feed", name="whole.db")

    running = subprocess.Popen(
        [*FINDER, "import-openreferral", "feed"],
        cwd=machine.folder,
        env=machine.environment(),
        stdout=subprocess.DEVNULL,
    )
    while not (half := len(drafts(machine))) and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = finder("import-openreferral", "feed")

    assert 0 < half < 100
    assert "Went on where the last run stopped." in done.stdout, done.stderr
    assert drafts(machine) == drafts(machine, "whole.db")
    assert len(drafts(machine)) == 100
