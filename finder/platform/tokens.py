"""What is kept in place of something secret: hashes of mailed links, marks of senders."""

import hashlib
import hmac
from datetime import date

from itsdangerous import BadData, URLSafeSerializer

HASH_LENGTH = 64
MARK_LENGTH = 5


def hashed(secret: str) -> str:
    """The hash that is stored for a link's secret: a reader of the database can't open the link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def network_mark(key: str, network: str) -> str:
    """Five hex digits for a network. A million marks for four thousand million addresses: each is
    shared by thousands, so that nobody can be found by it, and two are seldom alike by chance.
    """
    return hmac.new(key.encode(), network.encode(), hashlib.sha256).hexdigest()[:MARK_LENGTH]


def daily_hash(key: str, network: str, day: date) -> str:
    """64 hex digits for a network on one day. On another day they are others."""
    text = f"{day.isoformat()} {network}"
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def sealed(key: str, purpose: str, text: str) -> str:
    """A text for a link, with a signature: nobody can make one for another text."""
    return URLSafeSerializer(key, salt=purpose).dumps(text)


def unsealed(key: str, purpose: str, found: str) -> str | None:
    """The text of a link that was sealed for this purpose; None for any other."""
    try:
        text = URLSafeSerializer(key, salt=purpose).loads(found)
    except BadData:
        return None
    return text if isinstance(text, str) else None


def email_mark(email: str) -> str:
    """64 hex digits for an address, slow to compute (20 ms), so that guessing many is expensive."""
    return hashlib.scrypt(
        email.lower().encode(), salt=b"quiet-corner-suspended", n=2**13, r=8, p=1, dklen=32
    ).hex()
