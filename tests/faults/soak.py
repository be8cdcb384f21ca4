"""How often the long tests go round: few times in `make test`, as often as told in `make soak`.

What they counted is printed, and `make soak` shows it, for docs/reliability.md.
"""

import os

SHARE = float(os.environ.get("SOAK", "0"))


def rounds(short: int, full: int) -> int:
    """How many rounds this run makes. SOAK=1 makes them all, SOAK=0.1 a tenth."""
    return max(short, int(full * SHARE))


def tell(sentence: str) -> None:
    """Print a figure."""
    print(sentence)
