"""`make scan`: scanners against a copy of the site that is served with the example groups.

wapiti and MDN's HTTP Observatory get environments of their own in `.scan/`, made on demand by
the Makefile; schemathesis is one of the packages of the tests. Ends with 1 on a finding above
informational that docs/security.md does not answer.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.support.machine import Machine
from tests.support.nginx_server import PUBLIC, nginx_before
from tests.support.paths import DATA, SEEDS, TOP
from tests.support.served import Served, serving
from tests.support.waiting import listens, wait_until

OWN = TOP / ".scan"
MODULES = (
    "cookieflags,crlf,csp,csrf,exec,file,http_headers,inconsistent_redirection,ldap,methods,"
    "permanentxss,redirect,shellshock,sql,timesql,upload,xss"
)
"""Those of wapiti's modules that need no service on the network."""
ANSWERED = {"LDAP Injection", "Secure Flag cookie"}
"""Findings that docs/security.md answers."""
INFORMATIONAL = 0
REFUSALS = "[checks]\nnegative_data_rejection.expected-statuses = [400, 404, 405, 414]\n"
"""How the site says no: with 414 where gunicorn finds the whole address too long to read."""


@contextmanager
def copy_of_the_site(**settings: str) -> Iterator[Served]:
    """A served site with the example groups in it."""
    with tempfile.TemporaryDirectory(prefix="quiet-scan-") as folder:
        machine = Machine(Path(folder), DATA / "postcodes.db")
        for words in (("db", "upgrade"), ("import", SEEDS)):
            machine.run(*words).check_returncode()
        with serving(machine, workers=2, **settings) as site:
            yield site


@contextmanager
def fronted(site: Served, folder: Path) -> Iterator[None]:
    """The site behind HTTPS on this machine's own name, as an operator serves it."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(made, check=True, capture_output=True)
    front = subprocess.Popen(["node", TOP / "tests/scan/front.mjs", str(site.port), str(folder)])
    try:
        wait_until(lambda: listens(443) and listens(80), "the front did not come up")
        yield
    finally:
        front.terminate()
        front.wait()


def observatory() -> list[str]:
    """What keeps the site from the highest grade."""
    with tempfile.TemporaryDirectory() as name, copy_of_the_site(**PUBLIC) as site:
        folder = Path(name)
        with fronted(site, folder):
            script = OWN / "node" / "observatory.mjs"
            script.write_text((TOP / "tests/scan/observatory.mjs").read_text())
            trusted = os.environ | {"NODE_EXTRA_CA_CERTS": f"{folder}/cert.pem"}
            said = subprocess.run(
                ["node", script], env=trusted, capture_output=True, text=True, check=True
            ).stdout
    found = json.loads(said)
    print(f"HTTP Observatory: {found['grade']}, {found['score']} points")
    for test, passes, result in found["tests"]:
        print(f"  {'ok' if passes else 'no'}  {test}: {result}")
    return [] if found["grade"] == "A+" else [f"the grade is {found['grade']}"]


def wapiti() -> list[str]:
    """What wapiti found above informational, and nobody has answered."""
    with copy_of_the_site() as site, tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        home = f"http://127.0.0.1:{site.port}/"
        command = [str(OWN / "wapiti" / "bin" / "wapiti"), "-u", home, "-m", MODULES]
        for page in ("search?near=EH6+7BS&unknown=1", "sign-in", "shortlist", "about/"):
            command += ["-s", home + page]
        command += ["-d", "4", "--max-links-per-page", "40", "--max-scan-time", "120"]
        command += ["--max-attack-time", os.environ.get("SCAN_SECONDS", "60")]
        command += ["--max-files-per-dir", "30", "--flush-session", "--no-bugreport"]
        command += ["-f", "json", "-o", str(report), "-v", "0", "--store-session", folder]
        subprocess.run(command, check=True, capture_output=True, timeout=3_600)
        found = json.loads(report.read_text())
    return list(_judged(found))


def described() -> list[str]:
    """Whether the open data answers as its OpenAPI document says, whatever is asked."""
    program = Path(sys.executable).with_name("schemathesis")
    with copy_of_the_site() as site, tempfile.TemporaryDirectory() as folder:
        Path(folder, "schemathesis.toml").write_text(REFUSALS)
        address = f"http://127.0.0.1:{site.port}/openreferral/v3/openapi.json"
        command = [program, "--no-color", "run", address, "--max-examples", "100", "--seed", "20"]
        command += ["--generation-database", "none", "--suppress-health-check", "all"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=3_600, check=False
        )
    print(done.stdout)
    return ["schemathesis found an answer that is not described"] if done.returncode else []


def slow_clients() -> list[str]:
    """How often the site behind nginx was away while 300 clients send or read slowly, as
    slowhttptest says.

    Debian has it as a package; where it is not installed nothing is tried, and that is said.
    """
    if shutil.which("slowhttptest") is None:
        print("slowhttptest is not installed: not tried (tests/faults tries the like)")
        return []
    away = []
    with ExitStack() as stack:
        site = stack.enter_context(copy_of_the_site(**PUBLIC))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        front = stack.enter_context(nginx_before(site.port, Path(folder)))
        address = f"https://127.0.0.1:{front.port}/"
        for name, words in SLOW.items():
            command = ["slowhttptest", "-c", "300", "-r", "150", "-l", "20", "-p", "5", *words]
            command += ["-g", "-o", f"{folder}/{name}", "-u", address]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            lines = Path(f"{folder}/{name}.csv").read_text().splitlines()
            rows = [[int(cell) for cell in line.split(",")] for line in lines[1:]]
            was_away = sum(row[-1] == 0 for row in rows)
            print(f"slowhttptest {name}: {len(rows)} s, away for {was_away} s")
            away += [f"away while clients are slow ({name})"] if was_away else []
    return away


SLOW = {
    "headers": ["-H", "-i", "3"],
    "bodies": ["-B", "-i", "3", "-s", "8192"],
    "readers": ["-X", "-w", "1", "-y", "2", "-n", "3", "-z", "32", "-k", "3"],
}


def _judged(found: dict[str, Any]) -> Iterator[str]:
    crawled = found["infos"].get("crawled_pages_nbr")
    print(f"wapiti {found['infos']['version']}: {crawled} pages")
    for kind in ("vulnerabilities", "anomalies"):
        for name, cases in found[kind].items():
            for case in cases:
                print(f"  {name}, level {case['level']}: {case['method']} {case['path']}")
                print(f"    {case['info']}")
                if case["level"] > INFORMATIONAL and name not in ANSWERED:
                    yield f"{name} at {case['path']}"


def main() -> int:
    """Every scanner. Gives 1 where something is left to answer."""
    left = [*described(), *observatory(), *slow_clients(), *wapiti()]
    print("Nothing is left to answer." if not left else "\n".join(left))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
