"""The file that a board's story came from, so that the board can follow when it is saved again.

It is kept beside the record and not in it, because it is of this machine only: without it, somebody
has to say once more which file it is. It bears this user's seal, so that a stranger's project does
not choose a file of this machine that is read. The seal holds where the project lies, too: copied
into another project, or sealed by a version that left that out, it is not believed, only told.
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
_OLD_PARTS = ("path", "scenes", "digest")
_PARTS = (*_OLD_PARTS, "project")


class StoryFile:
    """The story file of a project.

    Attributes:
        path: Absolute; None where the board came from no file, or nobody knows it.
        scenes: Of a film script, those that the board shows, as `Source.scenes`.
        elsewhere: The file that this user's programs sealed for a project in another place: this
            one before it was moved, or the one that it was copied from.
    """

    def __init__(self, folder: Path) -> None:
        self._files = ProjectFolder(folder)
        self._project = str(folder.resolve())
        self.path: Path | None = None
        self.elsewhere: Path | None = None
        self.scenes = self._digest = ""
        try:
            kept = json.loads(self._files.read(_FILE))
            parts = tuple(kept[name] for name in (_PARTS if "project" in kept else _OLD_PARTS))
            sealed = is_sealed(_joined(*parts), kept["seal"])
        except (ProjectError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return  # there is none, or it is none of ours
        if not sealed:
            return
        if parts[3:] == (self._project,):
            self.path, self.scenes, self._digest = Path(parts[0]), parts[1], parts[2]
        else:
            self.elsewhere = Path(parts[0])

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
        self._digest, self.elsewhere = _digest(source.text), None
        parts = (str(self.path), self.scenes, self._digest, self._project)
        kept = {**dict(zip(_PARTS, parts, strict=True)), "seal": seal_of(_joined(*parts))}
        self._files.write(_FILE, json.dumps(kept).encode())


def _joined(*parts: str) -> str:
    """The parts as one text that no other parts make."""
    return json.dumps(parts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
