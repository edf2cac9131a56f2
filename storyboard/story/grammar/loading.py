"""Loading: dictionaries and parsers take seconds to load, and some threads cannot wait for that."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NotLoadedError", "OnceLoaded", "set_patient"]

_Value = TypeVar("_Value")
_impatient: set[int] = set()


class NotLoadedError(Exception):
    """A thread that does not wait has asked for what no other thread has loaded so far."""


def set_patient(patient: bool) -> None:
    """Say whether this thread waits while something is loaded, as all do that say nothing."""
    (_impatient.discard if patient else _impatient.add)(threading.get_ident())


class OnceLoaded(Generic[_Value]):
    """A value that is loaded when it is first asked for, by whichever thread asks."""

    def __init__(self, load: Callable[[], _Value]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._found: tuple[_Value, ...] = ()

    def __call__(self) -> _Value:
        """The value.

        Raises:
            NotLoadedError: It is not there yet, and this thread does not wait.
        """
        if not self._found:
            if threading.get_ident() in _impatient:
                raise NotLoadedError
            with self._lock:
                if not self._found:
                    self._found = (self._load(),)
        return self._found[0]
