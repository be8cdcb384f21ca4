"""What was made of groups, set aside for the next search that finds them.

Searches near each other find the same groups: what a list or a map shows of a group is made at
the first, and taken from here at the others, for as long as nothing was written and the minute
lasts. Each process has its own.
"""

from typing import Generic, TypeVar

Made = TypeVar("Made")
Key = tuple[object, object]
"""A group's id as a statement gives it, and its band where the search asks for one."""


class Shelf(Generic[Made]):
    """Things by key, all of them true at one moment, and so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._as_of: str | None = None
        self._things: dict[Key, Made] = {}

    def at(self, as_of: str | None) -> dict[Key, Made]:
        """What was made at this moment so far, to take from and to add to.

        as_of: what names the moment; None where nothing does, and nothing may be taken. A thread
        that still holds an earlier moment's dict adds to that one, which nobody else will see.
        """
        if as_of is None:
            return {}
        if as_of != self._as_of or len(self._things) > self._most:
            self._things, self._as_of = {}, as_of
        return self._things

    def __len__(self) -> int:
        return len(self._things)
