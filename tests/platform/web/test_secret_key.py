"""The signing key is made once, and only its owner can read it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from finder.platform.web.secret_key import kept_secret


def test_the_key_stays_the_same_from_start_to_start(tmp_path: Path) -> None:
    assert kept_secret(tmp_path) == kept_secret(tmp_path)


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    kept_secret(tmp_path)

    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_secret(tmp_path), range(32)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
