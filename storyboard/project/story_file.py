"""The file that a board's story came from, so that the board can follow when it is saved again.

It is kept beside the record and not in it, because it is of this machine only: without it, somebody
has to say once more which file it is. It bears this user's seal, so that a stranger's project does
not choose a file of this machine that is read.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files.own_seal import is_sealed, seal_of
from storyboard.project.folder import ProjectFolder

if TYPE_CHECKING:
    from storyboard.story.source import Source

__all__ = ["StoryFile"]

_FILE = ".story"
_PARTS = ("path", "scenes", "digest")


class StoryFile:
    """The story file of a project.

    Attributes:
        path: Absolute; None where the board came from no file, or nobody knows it.
        scenes: Of a film script, those that the board shows, as `Source.scenes`.
    """

    def __init__(self, folder: Path) -> None:
        self._files = ProjectFolder(folder)
        self.path: Path | None = None
        self.scenes = self._digest = ""
        try:
            kept = json.loads(self._files.read(_FILE))
            path, scenes, digest = parts = tuple(kept[name] for name in _PARTS)
            sealed = is_sealed(_joined(*parts), kept["seal"])
        except (ProjectError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return  # there is none, or it is none of ours
        if sealed:
            self.path, self.scenes, self._digest = Path(path), scenes, digest

    def has_changed(self, text: str) -> bool:
        """Whether the file holds another story than the one that was taken from it."""
        return _digest(text) != self._digest

    def remember(self, source: Source) -> None:
        """Remember that this story was taken; what did not come from a file is not.

        Raises:
            ProjectError: The disk refuses; it is remembered until the board is closed.
        """
        if source.path is None:
            return
        self.path, self.scenes = source.path.absolute(), source.scenes
        self._digest = _digest(source.text)
        parts = (str(self.path), self.scenes, self._digest)
        kept = {**dict(zip(_PARTS, parts, strict=True)), "seal": seal_of(_joined(*parts))}
        self._files.write(_FILE, json.dumps(kept).encode())


def _joined(*parts: str) -> str:
    """The parts as one text that no other parts make."""
    return json.dumps(parts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
