"""In a small made-up world, what the rating calls a chance comes true about so often.

The world is drawn from a fixed seed. `python -m benchmarks.talking` tries many, and larger ones.
"""

import numpy as np
import pytest

from benchmarks.talking.outcomes import AVERAGE, FIRST_DAY, LEARNED, ORACLE, Outcome, draw
from benchmarks.talking.worlds import PLAIN

RANKINGS = (LEARNED, FIRST_DAY)


@pytest.fixture(scope="module")
def ordinary() -> Outcome:
    return draw(PLAIN[0], number=0, size=2_000)


@pytest.mark.parametrize("ranking", RANKINGS)
def test_what_is_called_sure_is_right_more_often_than_it_says(
    ordinary: Outcome, ranking: str
) -> None:
    assert ordinary.right(ranking) >= 0.85


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.01)])
def test_a_chance_comes_true_about_as_often_as_it_says(
    ordinary: Outcome, low: float, high: float
) -> None:
    called = ordinary.called[LEARNED]
    here = (called >= low) & (called < high)

    assert here.sum() > 50
    assert np.mean(ordinary.is_quiet[here]) == pytest.approx(np.mean(called[here]), abs=0.12)


def test_after_learning_chances_are_closer_to_the_truth(ordinary: Outcome) -> None:
    def surprise(ranking: str) -> float:
        called = ordinary.called[ranking].clip(1e-6, 1 - 1e-6)
        return float(-np.log(np.where(ordinary.is_quiet, called, 1 - called)).mean())

    assert surprise(ORACLE) < surprise(LEARNED) < surprise(FIRST_DAY)
    assert surprise(LEARNED) < 1.1 * surprise(ORACLE)


@pytest.mark.parametrize("found", [0.70, 0.85])
def test_far_fewer_promises_are_broken_than_by_a_plain_average(
    ordinary: Outcome, found: float
) -> None:
    assert ordinary.ratio(found, LEARNED, AVERAGE) < 0.5
    assert ordinary.ratio(found, LEARNED, ORACLE) < 1.3
