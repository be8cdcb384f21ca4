"""Requests that nobody means well with: drawn by lot, for any address that the site answers."""

import random
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from finder.accounts import moderators
from finder.accounts import queries as accounts_queries
from finder.accounts import service as accounts_service
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from finder.reviews import service as reviews_service
from finder.search.forms import SearchForm
from tests.support.review_parts import SITE, add_group, draft
from tests.support.sign_in_parts import FREELY

ODD = (
    *("", " ", "0", "1", "-1", "999999999999999999999999", "1e309", "nan", "inf", "1.5", "٣", "½"),
    *("true", "null", "None", "[]", "{}", "{{7*7}}", "${7*7}", "%s%n", "..", "../../etc/passwd"),
    *("EH6 7BS", "eh67bs", "Leith", "55.976,-3.166", "91,181", "LS1", "GIR 0AA", "Ynys Môn"),
    *("free", "mon", "10:00", "24:00", "25:61", "singing", "sit_and_watch", "quiet", "2026-10"),
    *("<script>alert(1)</script>", "'; DROP TABLE groups; --", '" OR 1=1', "=cmd|' /C calc'!A0"),
    *("\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\ud7ff", "\u202etxet", "👶" * 40, "é" * 300),
    *("a" * 5_000, "(" * 200, "a@b", "parent@example.org", "A" * 200 + "@example.org"),
    *("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"),
    *("change", "withdraw", "on", "2026-11-24 yes", "9999-12-31 no", "0001-01-01 yes"),
)  # fmt: skip
NAMES_ALWAYS = ("page", "reviews", "next", "g", "saved", "do", "email", "q", "answer", "csrf_token")
RAW = ("%ff%fe", "%00", "%", "%zz", "%u0041", "&&==&", ";", "+%20+", "a=b=c", "[]=1", "%f0%28%8c")
_FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')


@dataclass
class Asked:
    """One request, as the test client takes it."""

    method: str
    path: str
    options: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path[:300]!r} {str(self.options)[:600]}"


class Odd:
    """Draws requests. values: what an address may hold that is really there."""

    def __init__(self, seed: int, values: list[str], fields: list[str]) -> None:
        self.chance = random.Random(seed)
        self.values = values
        self.fields = fields

    def text(self) -> str:
        """A value: known trouble, something that is there, or letters from anywhere."""
        kind = self.chance.random()
        if kind < 0.6:
            return self.chance.choice(ODD)
        if kind < 0.75:
            return self.chance.choice(self.values)
        size = self.chance.choice((1, 3, 30, 300))
        return "".join(map(self._letter, range(size)))

    def _letter(self, _: int) -> str:
        number = self.chance.choice((0x80, 0x800, 0xD800, 0x10FFFF))
        return chr(self.chance.randrange(number))

    def path(self, rule: Rule) -> str:
        """The rule's address, its places filled in."""
        return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", self._place, rule.rule)

    def _place(self, found: re.Match[str]) -> str:
        if self.chance.random() < 0.6:
            fitting = [v for v in self.values if (found[1] == "uuid") == _is_uuid(v)]
            return self.chance.choice(fitting)
        if found[1] == "uuid":
            return str(uuid4())
        return quote(self.text().encode("utf-8", "replace"), safe="") or "x"

    def query(self) -> str:
        """A query string, now and then one that no browser would send."""
        if self.chance.random() < 0.1:
            return "&".join(self.chance.choices(RAW, k=3))
        pairs = ((self._name(), self.text()) for _ in range(self.chance.randrange(6)))
        return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)

    def form(self, token: str) -> dict[str, Any]:
        """What is posted: mostly a form with a good token, as only a form gets anywhere."""
        kind = self.chance.random()
        if kind < 0.04:
            return {"data": b"\xff\xfe=\x00&&", "content_type": "application/x-www-form-urlencoded"}
        if kind < 0.08:
            return {"data": b"--x\r\nbad", "content_type": "multipart/form-data; boundary=x"}
        if kind < 0.12:
            return {"json": {self._name(): self.text()}}
        data = {self._name(): self.text() for _ in range(self.chance.randrange(12))}
        data["csrf_token"] = token if self.chance.random() < 0.95 else self.text()
        if kind < 0.3:
            plain = {_without_halves(name): _without_halves(value) for name, value in data.items()}
            file = (BytesIO(self.text().encode("utf-8", "replace")), "a.csv")
            return {"data": plain | {self.chance.choice(("file", "listings")): file}}
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in data.items())
        return {"data": body, "content_type": "application/x-www-form-urlencoded"}

    def _name(self) -> str:
        return self.chance.choice(self.fields) if self.chance.random() < 0.95 else self.text()


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _without_halves(text: str) -> str:
    """Without halves of surrogate pairs, which the test client can't put into a form with files."""
    return text.encode("utf-8", "replace").decode()


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def routes(app: Flask, method: str) -> list[Rule]:
    """Every rule that a method may ask for, also those of parts that come later."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def furnish(app: Flask, database: Database, now: Any) -> None:
    """Put a group, reviews in each state, a moderator and waiting links into the database."""
    with database.writing() as db:
        group = add_group(db)
        for number in range(6):
            token = f"odd-{number}-{uuid4().hex}"
            email = f"odd{number}@example.org"
            answers = draft(number % 5 + 1, words="The songs were loud.")
            reviews_service.submit(db, answers, email, group, f"f{number}", token, SITE, now)
            if number > 1:
                reviews_service.confirm(db, token, SITE, now)
        for number in range(3):
            accounts_service.ask_for_link(db, FREELY, f"odd{number}@example.org", "n", SITE, now)
        moderators.add(db, accounts_queries.id_for(db, "moderator@example.org", now), now)
        db.commit()


def what_is_there(database: Database) -> list[str]:
    """Every id of every table, and every secret of a link that was mailed."""
    found = ["talking-required", "nothing"]
    with database.engine.connect() as connection:
        for table in NAMES.sorted_tables:
            ids = [column for column in table.c if isinstance(column.type, sa.Uuid)]
            for column in ids[:1]:
                found += map(str, connection.scalars(sa.select(column).limit(20)))
        body = NAMES.tables["outbox"].c.body
        for text in connection.scalars(sa.select(body)):
            found += re.findall(r"/([\w-]{30,})\s", text)
    return [value for value in found if value != "None"]


def fields_of(app: Flask, clients: list[FlaskClient], values: list[str]) -> list[str]:
    """The names of all fields of all forms on all pages, and of a search."""
    names = {field.name for field in SearchForm()} | set(NAMES_ALWAYS)
    odd = Odd(1, values, ["x"])
    for rule in routes(app, "GET"):
        for client in clients:
            for _ in range(2):
                page = client.get(odd.path(rule))
                names |= set(
                    re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page.text)
                )
    return sorted(names - {"csrf_token"})
