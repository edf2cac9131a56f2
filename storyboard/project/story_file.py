"""The file that a board's story came from, so that the board can follow when it is saved again.

It is kept beside the record and not in it, because it is of this machine only: without it, somebody
has to say once more which file it is.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.project.folder import ProjectFolder

if TYPE_CHECKING:
    from storyboard.story.source import Source

__all__ = ["StoryFile"]

_FILE = ".story"
_LINES = re.compile(r"([0-9a-f]{64})\n([^\0\n]{1,4000})\n")


class StoryFile:
    """The story file of a project.

    Attributes:
        path: Absolute; None where the board came from no file, or nobody knows it.
    """

    def __init__(self, folder: Path) -> None:
        self._files = ProjectFolder(folder)
        self.path: Path | None = None
        self._digest = ""
        try:
            text = os.fsdecode(self._files.read(_FILE))
        except ProjectError:
            return  # there is none, or it is no plain file
        found = _LINES.fullmatch(text)
        if found and Path(found[2]).is_absolute():
            self._digest, self.path = found[1], Path(found[2])

    def has_changed(self, text: str) -> bool:
        """Whether the file holds another story than the one that was taken from it."""
        return _digest(text) != self._digest

    def remember(self, source: Source) -> None:
        """Remember that this story was taken; what did not come from a file is not.

        Raises:
            ProjectError: The disk refuses; it is remembered until the board is closed.
        """
        if source.path is None or "\n" in str(source.path):
            return
        self.path, self._digest = source.path.absolute(), _digest(source.text)
        self._files.write(_FILE, os.fsencode(f"{self._digest}\n{self.path}\n"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
