"""`make fuzz`: atheris on every parser, for SECONDS each (`make fuzz SECONDS=60`).

atheris is not among what `make test` installs: it has no package for every Python that we take.
It gets an environment of its own, which sees the packages of ours.
"""

import subprocess
import sys

from tests.support.paths import TOP

CORPUS = TOP / ".hypothesis" / "fuzz"
LONGEST = 4_096


def fuzz(name: str, seconds: int) -> None:
    """One parser, in this process, which atheris ends."""
    import atheris  # type: ignore[import-not-found]

    with atheris.instrument_imports(include=["finder"]):
        from tests.fuzz.targets import feed

    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=5", "-verbosity=0"]
    crashes = f"-artifact_prefix={CORPUS}/{name}-"
    limits += ["-print_final_stats=1", crashes]
    atheris.Setup([sys.argv[0], *limits, str(folder)], lambda data: feed(name, data) and None)
    atheris.Fuzz()


def main() -> int:
    """Every parser, each in a process of its own. Gives 1 if one of them broke."""
    if len(sys.argv) == 3:
        fuzz(sys.argv[1], int(sys.argv[2]))
        return 0
    from tests.fuzz.targets import TARGETS

    if sys.argv[1:] == ["--list"]:
        print("\n".join(TARGETS))
        return 0
    broken = []
    for name in TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", name, sys.argv[1]]
        done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
        tried = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        count = int(tried[0].split()[-1]) if tried else 0
        print(f"{name}: {count:,} inputs, {'broken' if done.returncode else 'nothing broke'}")
        if done.returncode:
            broken.append(name)
            print(done.stdout[-3_000:], done.stderr[-3_000:])
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
