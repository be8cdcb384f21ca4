"""How often the long tests go round: few times in `make test`, as often as told in `make soak`.

What they counted is printed at the end, for docs/reliability.md.
"""

import os

IS_SOAK = os.environ.get("SOAK") == "1"
TOLD: list[str] = []


def rounds(short: int, full: int) -> int:
    """How many rounds this run makes."""
    return full if IS_SOAK else short


def tell(sentence: str) -> None:
    """Keep a figure for the end of the run."""
    TOLD.append(sentence)
    print(sentence)
