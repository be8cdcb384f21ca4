"""A connection to PostgreSQL that nobody closes is an error of the test that made its engine.

As a pytest plugin. Without it psycopg complains when the connection is collected, which is in
some other test, and only on a busy machine.
"""

import sys
from collections import defaultdict
from collections.abc import Generator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

WIDE = {"class": "module", "package": "session"}


class Connections:
    """Those that were opened, by whoever must have closed them: a test, a file, or the session."""

    def __init__(self) -> None:
        self._scopes = ["function"]
        self._item: pytest.Item | None = None
        self._opened: defaultdict[str, list[psycopg.Connection[Any]]] = defaultdict(list)

    def create_engine(self, *words: Any, **named: Any) -> sa.Engine:
        """SQLAlchemy's own, whose connections are noted. So are those of pools that replace its."""
        engine, owner = CREATE(*words, **named), self._owner()
        sa.event.listen(engine.pool, "connect", lambda made, _: self._note(owner, made))
        return engine

    def _note(self, owner: str, made: object) -> None:
        if isinstance(made, psycopg.Connection):
            self._opened[owner] = [one for one in self._opened[owner] if not one.closed] + [made]

    def _owner(self) -> str:
        scope = self._scopes[-1]
        if self._item is None or WIDE.get(scope, scope) == "session":
            return "session"
        return self._item.nodeid if scope == "function" else str(self._item.path)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._item = item
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        self._scopes.append(fixturedef.scope)
        try:
            return (yield)
        finally:
            self._scopes.pop()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        found = yield
        owners = [item.nodeid]
        if nextitem is None or nextitem.path != item.path:
            owners.append(str(item.path))
        if nextitem is None:
            owners.append("session")
        left = {owner: self._close(owner) for owner in owners}
        if any(left.values()):
            pytest.fail(f"connections to PostgreSQL were left open: {left}", pytrace=False)
        return found

    def _close(self, owner: str) -> int:
        """How many of an owner's were open. They are closed, so that the next test begins clean."""
        left = [one for one in self._opened.pop(owner, ()) if not one.closed]
        for one in left:
            one.close()
        return len(left)


assert "finder" not in sys.modules, "this plugin must come first: others keep what they import"
CREATE = sa.create_engine
CONNECTIONS = Connections()
sa.create_engine = CONNECTIONS.create_engine


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(CONNECTIONS, "connections")
