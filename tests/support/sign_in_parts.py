"""People who sign in, for tests: by the link that was mailed, as anybody does."""

import re
from datetime import datetime
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.accounts import service as accounts_service
from finder.accounts.rules import SignedIn
from finder.platform.db.database import Db
from finder.platform.limits import Limits
from finder.platform.mail.tables import OutboxRow
from finder.platform.tokens import hashed
from tests.support.review_parts import NOW, SITE, TODAY

FREELY = Limits("memory://")
_NETWORKS = count(1)


def ask(db: Db, email: str, now: datetime = NOW, next_path: str = "", mark: str = "") -> None:
    """Ask for a link, each time from another network."""
    accounts_service.ask_for_link(
        db, FREELY, email, f"network {next(_NETWORKS)}", SITE, now, next_path, mark
    )


def tokens(db: Db, email: str, kind: str = "sign-in") -> list[str]:
    """The tokens of the links that were mailed to an address, oldest first."""
    rows = db.exec(
        select(OutboxRow)
        .where(col(OutboxRow.recipient) == email.lower())
        .order_by(col(OutboxRow.created_at))
    )
    found = [t for row in rows for t in re.findall(rf"/{kind}/([\w.-]{{30,}})", row.body)]
    db.rollback()
    return found


def sign_in(db: Db, email: str, now: datetime = NOW) -> str:
    """Sign somebody in. Gives the secret of the cookie."""
    before = set(tokens(db, email))
    ask(db, email, now)
    (token,) = set(tokens(db, email)) - before
    return accounts_service.open_link(db, token, TODAY, now).secret


def current(db: Db, secret: str, now: datetime = NOW) -> SignedIn | None:
    """Whom a secret signs in; None for nobody."""
    return accounts_queries.sign_in_by_secret(db, hashed(secret), now)


def who(db: Db, secret: str, now: datetime = NOW) -> SignedIn:
    """Whom a secret signs in; fails where it is nobody."""
    found = current(db, secret, now)
    db.rollback()
    assert found is not None
    return found


def browser_of(app: Flask, db: Db, email: str, now: datetime = NOW) -> FlaskClient:
    """A browser that is signed in as somebody."""
    client = app.test_client()
    secret = sign_in(db, email, now)
    client.set_cookie(app.config["SIGNED_IN_COOKIE"], secret)
    return client
