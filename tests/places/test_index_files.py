import os
import sqlite3
import threading
from pathlib import Path

import pytest

from finder.places.index_files import VERSION, IndexFile, IndexMissing, is_whole, whole_file

TABLE = "CREATE TABLE word(text TEXT NOT NULL);"


def write(path: Path, word: str) -> None:
    with whole_file(path, TABLE) as connection:
        connection.execute("INSERT INTO word VALUES (?)", (word,))


def words(index: IndexFile) -> list[str]:
    return [text for (text,) in index.rows("SELECT text FROM word")]


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "words.db"

    with whole_file(path, TABLE) as connection:
        connection.execute("INSERT INTO word VALUES ('half')")
        assert not path.exists()

    assert words(IndexFile(path)) == ["half"]


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    write(path, "old")

    with pytest.raises(sqlite3.IntegrityError), whole_file(path, TABLE) as connection:
        connection.executemany("INSERT INTO word VALUES (?)", [("new",), (None,)])

    assert words(IndexFile(path)) == ["old"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["words.db", "words.db-lock"]


def test_two_builders_at_once_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "words.db"

    with whole_file(path, TABLE) as one:
        one.execute("INSERT INTO word VALUES ('one')")
        write(path, "two")
        assert words(IndexFile(path)) == ["two"]

    assert words(IndexFile(path)) == ["one"]


def test_a_reader_sees_the_newer_file_at_its_next_question(tmp_path: Path) -> None:
    index = IndexFile(tmp_path / "words.db")
    write(index.path, "old")
    assert words(index) == ["old"]

    write(index.path, "new")

    assert words(index) == ["new"]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    write(tmp_path / "words.db", "word")

    with pytest.raises(IndexMissing):
        IndexFile(tmp_path / "words.db").rows("DELETE FROM word")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_broken_file_is_told_apart_from_a_whole_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "words.db"
    path.write_bytes(content)

    assert not is_whole(path)
    with pytest.raises(IndexMissing, match="finder load-postcodes"):
        words(IndexFile(path))


def test_a_file_of_another_release_asks_to_be_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    write(path, "word")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={VERSION + 1}")
    connection.close()

    with pytest.raises(IndexMissing, match="another release"):
        words(IndexFile(path))


def test_many_threads_share_one_index(tmp_path: Path) -> None:
    index = IndexFile(tmp_path / "words.db")
    write(index.path, "word")
    found: list[list[str]] = []

    def ask() -> None:
        found.extend(words(index) for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [["word"]] * 400


def test_the_index_may_be_read_by_any_account(tmp_path: Path) -> None:
    write(tmp_path / "words.db", "word")

    assert os.stat(tmp_path / "words.db").st_mode & 0o777 == 0o644  # noqa: PTH116
