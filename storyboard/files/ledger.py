"""Ledgers: what was found out about this machine, one entry a subject, newest last, as JSON."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from storyboard.errors import ProjectError
from storyboard.files import atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Ledger"]

Entry = TypeVar("Entry")


class Ledger(Generic[Entry]):
    """A kind of entry, and how its files are read and written.

    Nothing in a ledger is worth a message: what cannot be read or written is measured again.
    """

    def __init__(self, kind: type[Entry], subject: Callable[[Entry], object], most: int) -> None:
        """Define a ledger.

        Args:
            kind: A frozen dataclass.
            subject: What an entry is about; a later one about the same takes its place.
            most: Entries in a file; the oldest leave first.
        """
        self._kind, self._subject, self._most = kind, subject, most

    def recall(self, file: Path, subject: object) -> Entry | None:
        """The entry about ``subject`` in ``file``, or None."""
        fitting = (each for each in reversed(self.entries(file)) if self._subject(each) == subject)
        return next(fitting, None)

    def entries(self, file: Path) -> list[Entry]:
        """All of them, newest last; none where the file cannot be read."""
        try:
            return self._entries.validate_json(file.read_bytes())
        except (OSError, ValidationError):
            return []

    def keep(self, file: Path, entry: Entry) -> None:
        """Write ``entry`` into ``file``, in place of an earlier one about the same."""
        subject = self._subject(entry)
        others = [each for each in self.entries(file) if self._subject(each) != subject]
        text = self._entries.dump_json([*others, entry][-self._most :], indent=1).decode()
        with suppress(ProjectError, OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_text(file, text + "\n")

    @cached_property
    def _entries(self) -> TypeAdapter[list[Entry]]:
        # Built on first use: it takes some milliseconds, and most commands need none.
        return TypeAdapter(list[self._kind])  # type: ignore[name-defined]
