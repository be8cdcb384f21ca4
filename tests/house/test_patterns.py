"""No pattern of ours takes long over any text: the work grows with its length, not its square."""

import importlib
import pkgutil
import re
import time
from re import Pattern

import pytest

import finder

SIZES = (2_000, 8_000)
MOST_GROWTH, TOO_SMALL_TO_TELL_S = 9.0, 0.02
PUMPS = (*"a0 .-_@(&£/,", "a ", "0 ", "a.", "a@", "Aa ", "0-", "£0", "0 a", "(a", " -", "ab1", "\n")
ENDS = ("", "\x00", "!", "@", "£")


def patterns() -> dict[str, Pattern[str]]:
    """Every compiled pattern of every module, by where it is."""
    found = {}
    for module in pkgutil.walk_packages(finder.__path__, "finder."):
        if "migrations" in module.name or "_bundled" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value
    return found


def seconds(pattern: Pattern[str], text: str) -> float:
    began = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - began


def test_there_are_patterns_to_look_at() -> None:
    assert len(patterns()) > 20


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_long_text_is_read_as_quickly_as_its_length_asks(name: str) -> None:
    pattern = patterns()[name]
    slow = []
    for pump in PUMPS:
        for end in ENDS:
            small, large = (seconds(pattern, pump * (size // len(pump)) + end) for size in SIZES)
            if large > TOO_SMALL_TO_TELL_S and large > MOST_GROWTH * max(small, 1e-4):
                slow.append((pump, end, round(large, 3)))

    assert slow == []


def test_a_pattern_that_takes_long_would_be_found() -> None:
    bad = re.compile(r"(a+)+b")

    assert seconds(bad, "a" * 22) > 10 * max(seconds(bad, "a" * 16), 1e-5)
