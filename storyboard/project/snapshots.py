"""Earlier states of the record, kept so that no change to a board is final."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.project.folder import SNAPSHOTS, DiskError, ProjectFolder
from storyboard.project.record import NewerRecordError
from storyboard.project.record_end import split_end
from storyboard.project.record_file import saved_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.board import Storyboard

__all__ = ["KEPT", "Snapshots", "number_of"]

KEPT = 50
"""How many snapshots stay; the oldest go first."""

_NAME = re.compile(r"(\d{6,18})-\d{8}T\d{6}Z\.yaml", re.ASCII)
_LAST = 10**18 - 1


def number_of(name: str) -> int:
    """The running number in the name of a snapshot."""
    return int(name.partition("-")[0])


class Snapshots:
    """The ``snapshots`` folder of a project.

    Names begin with a running number, because clocks go back; the time is for people.
    """

    def __init__(self, files: ProjectFolder) -> None:
        self._files = files

    def names(self) -> tuple[str, ...]:
        """File names, oldest first."""
        found = [each for each in self._files.names(SNAPSHOTS) if _NAME.fullmatch(each)]
        return tuple(sorted(found, key=lambda name: (number_of(name), name)))

    def add(self, text: str) -> str:
        """Keep the text of a record and return its name; the newest one is not kept twice.

        Raises:
            ProjectError: It cannot be written; nothing was removed.
        """
        names = self.names()
        if names and self._is_same(names[-1], text):
            return names[-1]
        if names and number_of(names[-1]) >= _LAST:
            names = self._renumbered(names)
        number = number_of(names[-1]) if names else 0
        while True:
            number += 1
            name = f"{number:06}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.yaml"
            if self._files.write_new(f"{SNAPSHOTS}/{name}", text.encode()):
                break  # else another machine was faster
        for old in names[: max(0, len(names) + 1 - KEPT)]:
            self._files.remove(SNAPSHOTS, old)
        return name

    def read(self, name: str) -> Storyboard:
        """The board of one snapshot.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        if name not in self.names():
            raise ProjectError(
                "{path} holds no snapshot {name}; list them first",
                path=self._files.path / SNAPSHOTS,
                name=repr(name[:80]),
            )
        try:
            data = self._files.read(SNAPSHOTS, name)
        except DiskError:
            raise
        except ProjectError as error:
            raise ProjectError("{error}: try another snapshot", error=error) from None
        return saved_in(data, f"snapshots/{name}").board

    def newest(self) -> Storyboard | None:
        """The board of the newest snapshot that can be read.

        Raises:
            NewerRecordError: A newer version of the program has made one that is newer than that.
        """
        return next(self._newest_first(), None)

    def _newest_first(self) -> Iterator[Storyboard]:
        for name in reversed(self.names()):
            try:
                yield self.read(name)
            except (NewerRecordError, DiskError):
                raise  # a board from an older one would take its place
            except ProjectError:
                continue  # a damaged one must not hide the whole one before it

    def _is_same(self, name: str, text: str) -> bool:
        try:
            kept = self._files.read(SNAPSHOTS, name).decode()
        except (ProjectError, UnicodeDecodeError):
            return False
        return split_end(kept)[0] == split_end(text)[0]

    def _renumbered(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Count from one again, in the same order: the largest number there can be is taken."""
        for number, name in enumerate(names, 1):
            _, _, when = name.partition("-")
            self._files.rename(f"{SNAPSHOTS}/{name}", f"{SNAPSHOTS}/{number:06}-{when}")
        return self.names()
