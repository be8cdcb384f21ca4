"""Secrets that are mailed to people: only their hashes are kept."""

import hashlib


def hashed(secret: str) -> str:
    """How a link's secret is kept: whoever reads the database can't open the link."""
    return hashlib.sha256(secret.encode()).hexdigest()


HASH_LENGTH = 64
