"""Earlier states of the record, kept so that no change to a board is final."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.record import board_from_yaml
from storyboard.yaml_tree import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.models import Storyboard

__all__ = ["KEPT", "Snapshots", "read_text"]

KEPT = 50
"""How many snapshots stay; the oldest go first."""

_NAME = re.compile(r"(\d{6,18})-\d{8}T\d{6}Z\.yaml", re.ASCII)


class Snapshots:
    """The ``snapshots`` folder of a project.

    Names begin with a running number, because clocks go back; the time is for people.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """File names, oldest first."""
        try:
            found = [each.name for each in self._folder.iterdir() if _NAME.fullmatch(each.name)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise ProjectError(f"cannot read {self._folder}: {atomic.describe(error)}") from None
        return tuple(sorted(found, key=lambda name: (_number(name), name)))

    def add(self, text: str) -> str:
        """Keep `text` and return its name; a copy of the newest snapshot is not kept twice.

        Raises:
            ProjectError: It cannot be written; nothing was removed.
        """
        names = self.names()
        if names and self._text(names[-1]) == text:
            return names[-1]
        number = _number(names[-1]) + 1 if names else 1
        name = f"{number:06}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.yaml"
        atomic.write_text(self._folder / name, text)
        for old in names[: max(0, len(names) + 1 - KEPT)]:
            with suppress(OSError):  # one too many does no harm
                (self._folder / old).unlink()
        return name

    def read(self, name: str) -> Storyboard:
        """The board of one snapshot.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        if name not in self.names():
            raise ProjectError(f"{self._folder} holds no snapshot {name[:80]!r}; list them first")
        text = self._text(name)
        if text is None:
            raise ProjectError(
                f"the snapshot {self._folder / name} cannot be read: try another one"
            )
        return board_from_yaml(text, f"snapshots/{name}")

    def newest_first(self) -> Iterator[Storyboard]:
        """The boards of all snapshots that can be read."""
        for name in reversed(self.names()):
            try:
                yield self.read(name)
            except ProjectError:
                continue  # a damaged one must not hide the whole one before it

    def _text(self, name: str) -> str | None:
        try:
            return read_text(self._folder / name)
        except ProjectError:
            return None


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def read_text(path: Path) -> str:
    """Read a record's text, bounded; never through a link, which could lead out of the project.

    Raises:
        ProjectError: Missing, no plain file, too large, or not UTF-8.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise ProjectError(f"{path} is not a plain file: put a real copy there")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProjectError(f"cannot read {path}: {atomic.describe(error)}") from None
    if len(data) > MAX_BYTES:
        raise ProjectError(
            f"{path} is larger than {MAX_BYTES // 1024**2} MB: is it the right file?"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProjectError(f"{path}, line {line}: this is not UTF-8 text") from None
