"""Many people at once on a site that is served: they search, look, and some write reviews.

Each asks again as soon as they are answered, so that a few hundred are as many as the site can
answer. Whoever wrote a review opens the mail that it brings, and presses its button. Whatever is
not as a person should find it is an error.
"""

import email
import email.policy
import random
import re
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

PATIENCE_S = 60
FORM = "application/x-www-form-urlencoded"


@dataclass
class Tally:
    """What happened to all: seconds of each answer by its kind, what went wrong, and whose reviews
    were sent and confirmed. Lists, since many threads add to them.
    """

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return sum(map(len, self.seconds.values()))


class Unexpected(Exception):
    """An answer that a person should not have got."""


class Browser:
    """One person's browser: cookies, and a connection for each request."""

    def __init__(self, port: int, tally: Tally, number: int) -> None:
        self._port, self._tally = port, tally
        self._network = f"10.0.{number // 256}.{number % 256}"
        self._cookies: dict[str, str] = {}

    def get(self, kind: str, path: str) -> str:
        return self._ask(kind, "GET", path, "", 200)

    def post(self, kind: str, path: str, typed: dict[str, str], status: int) -> str:
        return self._ask(kind, "POST", path, urlencode(typed), status)

    def _ask(self, kind: str, method: str, path: str, body: str, wanted: int) -> str:
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        headers["X-Forwarded-For"] = self._network  # each is at home, on a network of their own
        if body:
            headers["Content-Type"] = FORM
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        self._tally.seconds[kind].append(time.perf_counter() - began)
        if answer.status != wanted:
            raise Unexpected(f"{kind}: {answer.status} instead of {wanted}")
        return text


class Post:
    """Reads the mail that the site writes into files, as a postman: whom, and which link."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._seen = folder, set[str]()
        self.links: dict[str, str] = {}

    def look(self) -> None:
        for path in self._folder.glob("*.eml"):
            if path.name in self._seen:
                continue
            self._seen.add(path.name)
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = mail.get_body(("plain",))
            found = re.search(r"/reviews/confirm/([\w-]+)", body.get_content() if body else "")
            if found:
                self.links[str(mail["To"])] = found[0]


class Person:
    """One of the crowd."""

    def __init__(self, crowd: "Crowd", number: int) -> None:
        self._crowd, self._number = crowd, number
        self._chance = random.Random(number)
        self._browser = Browser(crowd.port, crowd.tally, number)
        self._waiting: list[str] = []
        self._written = 0

    def live(self) -> None:
        while time.monotonic() < self._crowd.until:
            try:
                self._step()
            except Exception as error:
                self._crowd.tally.errors.append(f"{type(error).__name__}: {error}")

    def _step(self) -> None:
        mine = next((one for one in self._waiting if one in self._crowd.post.links), None)
        place, luck = self._chance.choice(self._crowd.searches), self._chance.random()
        if mine:
            self._confirm(mine)
        elif luck < 0.55:
            text = self._browser.get("results", f"/search?{place}")
            if "<h1" not in text:
                raise Unexpected("results without a heading")
        elif luck < 0.75:
            self._browser.get("points", f"/search.geojson?{place}")
        elif luck < 0.9:
            self._browser.get("group", f"/groups/{self._chance.choice(self._crowd.groups)}")
        else:
            self._write()

    def _write(self) -> None:
        address = f"/groups/{self._chance.choice(self._crowd.groups)}/review"
        page = self._browser.get("review form", address)
        self._written += 1
        typed = {
            "csrf_token": _hidden(page, "csrf_token"),
            "form_key": _hidden(page, "form_key"),
            "level": str(self._chance.randint(1, 5)),
            "visit": re.findall(r'<option value="(\d{4}-\d\d)"', page)[0],
            "email": f"parent{self._number}.{self._written}@example.org",
        }
        self._browser.post("review sent", address, typed, 303)
        self._waiting.append(typed["email"])
        self._crowd.tally.submitted.append(typed["email"])

    def _confirm(self, address: str) -> None:
        self._waiting.remove(address)
        link = self._crowd.post.links[address]
        page = self._browser.get("mailed link", link)
        typed = {"csrf_token": _hidden(page, "csrf_token")}
        self._browser.post("review confirmed", link, typed, 200)
        self._crowd.tally.confirmed.append(address)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    if value is None:
        raise Unexpected(f"a form without {name}")
    return unescape(value[1])


class Crowd:
    """So many people on the site at a port, for so long."""

    def __init__(self, port: int, outbox: Path, searches: list[str], groups: list[str]) -> None:
        """searches: queries of /search. groups: their ids. outbox: where the site writes mail."""
        self.port, self.searches, self.groups = port, searches, groups
        self.post = Post(outbox)
        self.tally = Tally()
        self.until = 0.0

    def visit(self, people: int, seconds: float) -> Tally:
        """Let them all in at once. Gives what happened."""
        self.until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=Person(self, number).live, daemon=True)
            for number in range(people)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.post.look()
            time.sleep(0.2)
        return self.tally
