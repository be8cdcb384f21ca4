"""The wheel carries all that a site needs, and runs where there is no checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support.paths import TOP

ASK = """
from finder.app import create_app
from finder.settings import Settings, shipped
client = create_app(Settings()).test_client()
print(client.get("/").status_code, client.get("/about/").status_code)
print(shipped("seed_groups.csv").exists(), shipped("data").is_dir())
"""


def test_an_installed_wheel_serves_pages_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=TOP,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    (tmp_path / "elsewhere").mkdir()

    said = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path / "elsewhere",
        env={"PYTHONPATH": str(tmp_path / "installed"), "FINDER_DATA_DIR": str(tmp_path / "data")},
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert said.split() == ["200", "200", "True", "True"]
