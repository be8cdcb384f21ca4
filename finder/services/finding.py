"""What a parent does: find groups, see one, see those they saved."""

from finder.store.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
