"""Every address under /organise/, as everybody whose listing it is not. New addresses join in."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.organise import queries as organise_queries
from finder.organise.wizard import queries as wizard_queries
from finder.platform.db.database import Db
from tests.organise.wizard.listing_site import ANNA, BEN, CARO, app, db
from tests.support.listing_parts import NEW, STEPS, Organiser
from tests.support.review_parts import NOW

__all__ = ["app", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")

FOR_OTHERS = ("/organise/claim/",)
"""Pages about somebody else's listing that anybody with an account may open."""
SECRETS = ("Quay Songs", "Quay Trust", "Quay Hall", "Secret Songs", ANNA)


@dataclass
class Annas:
    """What Anna has: a listing, something unfinished, an organiser, an account."""

    anna: Organiser
    public_id: UUID
    unfinished_id: UUID
    organiser_id: UUID
    account_id: UUID

    def kept(self, db: Db) -> tuple[object, ...]:
        """All of it, as it stands in the database."""
        one = organise_queries.owned_by(db, self.account_id, self.public_id)
        found = (
            one,
            organise_queries.versions_of(db, self.public_id),
            wizard_queries.one(db, self.account_id, self.unfinished_id),
            editors.organisers_of(db, self.account_id),
            [
                editors.organisers_of(db, accounts_queries.id_for(db, who, NOW))
                for who in (BEN, CARO)
            ],
        )
        db.rollback()
        return found


@pytest.fixture
def annas(app: Flask, db: Db) -> Annas:
    anna = Organiser(app, db, ANNA)
    made = anna.publish()
    account = accounts_queries.id_for(db, ANNA, NOW)
    (organiser,) = editors.organisers_of(db, account)
    db.rollback()
    own = {"organiser_id": str(organiser.id), "name": "Secret Songs"}
    return Annas(anna, made, anna.write(what=own), organiser.id, account)


def addresses(app: Flask, annas: Annas) -> list[tuple[str, str, bool]]:
    """Each method and address with Anna's ids in it, and whether all of its ids are hers."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/organise/"):
            continue
        names = sorted(rule.arguments)
        is_hers = all(hasattr(annas, name) or name in {"slug", "number"} for name in names)
        for slug in STEPS if "slug" in names else [""]:
            address = rule.rule
            for name in names:
                what = {"slug": slug, "number": "1"}.get(
                    name, str(getattr(annas, name, UUID(int=7)))
                )
                address = re.sub(rf"<([^<>]+:)?{name}>", what, address)
            found += [(m, address, is_hers) for m in rule.methods & {"GET", "POST", "DELETE"}]
    return found


def sent(annas: Annas, token: str) -> MultiDict[str, str]:
    """Whatever a form might say, about what is Anna's."""
    values = {name: value for step in STEPS.values() for name, value in step.items()}
    ids = dict.fromkeys(("id", "listing", "group"), str(annas.public_id))
    more = {"version": "1", "opened": "1", "do": "anyway", "wish": "end", "email": BEN}
    dates = {"first": "2026-11-26", "last": "2026-12-03", "on": "2026-11-26", "starts": "10:30"}
    words = {"note": "Taken", "why": "Taken", "name": "Taken"}
    mine = {"organiser_id": str(annas.organiser_id), "csrf_token": token}
    return MultiDict({**values, **ids, **more, **dates, **words, **mine})


def token_of(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(NEW).text)
    assert found
    return found[1]


def stranger(app: Flask, db: Db) -> FlaskClient:
    """Somebody with a cookie that they made up."""
    client = app.test_client()
    client.set_cookie(app.config["SIGNED_IN_COOKIE"], "x" * 43)
    return client


def parent(app: Flask, db: Db) -> FlaskClient:
    """Somebody with an account, and no listing."""
    return Organiser(app, db, CARO).client


def other_organiser(app: Flask, db: Db) -> FlaskClient:
    """Somebody with a listing and something unfinished of their own."""
    ben = Organiser(app, db, BEN)
    ben.publish(
        where={"venue_name": "Elsewhere"}, what={"name": "Ben’s group", "organiser": "Ben’s"}
    )
    ben.begin()
    return ben.client


@pytest.mark.parametrize("who", [parent, other_organiser])
def test_what_is_somebody_elses_is_not_there_whatever_the_address(
    app: Flask, db: Db, annas: Annas, who: object
) -> None:
    client = who(app, db)  # type: ignore[operator]
    token, before = token_of(client), annas.kept(db)

    for method, address, _ in addresses(app, annas):
        answer = client.open(address, method=method, data=sent(annas, token))
        if re.search(r"[0-9a-f]{8}-", address) and not address.startswith(FOR_OTHERS):
            assert answer.status_code == 404, (method, address)
        if not address.startswith((*FOR_OTHERS, NEW)) or method == "GET":
            assert not leaks(answer.text, address), (method, address)
        assert annas.kept(db) == before, (method, address)


@pytest.mark.parametrize("who", [lambda app, db: app.test_client(), stranger])
def test_who_is_not_signed_in_is_sent_to_sign_in_from_every_address(
    app: Flask, db: Db, annas: Annas, who: object
) -> None:
    client, before = who(app, db), annas.kept(db)  # type: ignore[operator]
    token = token_of(annas.anna.client)

    for method, address, _ in addresses(app, annas):
        answer = client.open(address, method=method, data=sent(annas, token))
        assert answer.status_code == 303, (method, address)
        assert answer.headers["Location"].startswith("/sign-in"), (method, address)
    assert annas.kept(db) == before


def test_all_of_these_addresses_are_there_for_whoever_owns_the_listing(
    app: Flask, annas: Annas
) -> None:
    """So that "not there" above is never a misspelled address."""
    asked = [a for method, a, is_hers in addresses(app, annas) if method == "GET" and is_hers]
    assert len(asked) >= 2 * len(STEPS) + 5

    for address in asked:
        assert annas.anna.client.get(address).status_code in {200, 303}, address


def leaks(text: str, address: str) -> list[str]:
    """What of Anna's a page says; a claim names the listing, which parents see as well."""
    return [] if address.startswith(FOR_OTHERS) else [one for one in SECRETS if one in text]
