"""Whose address counts behind a proxy: the visitor's, as far as we trust who tells us."""

from pathlib import Path

import pytest
from flask import request

from finder.app import create_app
from finder.settings import Settings

TOLD = {"X-Forwarded-For": "198.51.100.1, 198.51.100.2", "X-Forwarded-Host": "evil.example"}


@pytest.mark.parametrize(
    ("hops", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.2"), (2, "198.51.100.1")]
)
def test_as_many_proxies_are_believed_as_there_are(tmp_path: Path, hops: int, seen: str) -> None:
    app = create_app(Settings(data_dir=tmp_path, trusted_proxies=hops))
    app.testing = True
    app.add_url_rule("/me", view_func=lambda: f"{request.remote_addr} {request.host}")

    assert app.test_client().get("/me", headers=TOLD).text == f"{seen} localhost"
