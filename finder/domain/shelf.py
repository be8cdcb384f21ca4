"""What was made of groups, set aside for the next search that finds them.

Searches near each other find the same groups: what a list or a map shows of a group is made at
the first, and taken from here at the others, for as long as nothing was written and the minute
lasts. Each process has its own.
"""

from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Key = Hashable
"""A group's id, together with its band where the search asks for one."""


class Made(dict[Key, Thing]):
    """Things by key, all of them true at one moment, to take from and to put into."""

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self.most = most

    def put(self, keys: Collection[Key], things: Collection[Thing]) -> None:
        """Set aside what was made, each under its key: all of it, or nothing where it won't fit."""
        if len(self) + len(things) <= self.most:
            self.update(zip(keys, things, strict=True))


class Shelf(Generic[Thing]):
    """The things of the present moment, and so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: tuple[str | None, Made[Thing]] = None, Made(most)

    def at(self, as_of: str | None) -> Made[Thing]:
        """What was made at this moment so far.

        as_of: what names the moment; None where nothing does, and nothing may be taken or kept. A
        thread that still holds an earlier moment's things adds to those, which nobody else sees.
        """
        if as_of is None:
            return Made()
        moment, made = self._held
        if moment != as_of:
            made = Made(self._most)
            # Both at once: another thread must never find an old thing under a new moment.
            self._held = as_of, made
        return made
