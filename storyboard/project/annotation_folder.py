"""The annotations of a project's takes, each in a file that is named after its take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.regular_file import NotRegularError
from storyboard.files.sealed_folder import read_beside
from storyboard.project.annotation_text import (
    MAX_BYTES,
    NewerAnnotationsError,
    marks_from_yaml,
    marks_to_yaml,
)
from storyboard.project.folder import ANNOTATIONS, make_folder
from storyboard.project.record_fields import is_file_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storyboard.values.annotations import Mark
    from storyboard.values.board import Take

__all__ = ["AnnotationFolder"]

_SUFFIX = ".yaml"


class AnnotationFolder:
    """The ``annotations`` folder of a project.

    A take that leaves the board leaves its annotations here: its name is never given again, and
    when undo brings it back they are there.

    Args:
        project: The project's folder.
    """

    def __init__(self, project: Path) -> None:
        self._folder = project / ANNOTATIONS

    def takes(self) -> frozenset[str]:
        """File names of the takes that have annotations, without reading them."""
        if self._folder.is_symlink():
            return frozenset()
        try:
            names = [each.name for each in self._folder.iterdir()]
        except OSError:
            return frozenset()
        takes = (f"{name.removesuffix(_SUFFIX)}.png" for name in names if name.endswith(_SUFFIX))
        return frozenset(each for each in takes if is_file_name(each))

    def of(self, take: Take) -> tuple[Mark, ...]:
        """The marks of a take; none where there is no file.

        Raises:
            ProjectError: The file is damaged, too large, a link, or of a newer version.
        """
        path = self._path(take.file)
        if not path.exists() and not path.is_symlink():
            return ()
        try:
            data = read_beside(path, MAX_BYTES)
        except NotRegularError:
            raise ProjectError(
                "{path} is not a plain file: put a real copy there, or remove it", path=path
            ) from None
        except OSError as error:
            raise ProjectError(
                "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ProjectError(
                "{path} is not UTF-8 text: mend it, or remove it", path=path
            ) from None
        return marks_from_yaml(text, str(path))

    def keep(self, take: str, marks: Sequence[Mark]) -> None:
        """Write the marks of a take; without marks there is no file.

        A file that cannot be read is kept under another name.

        Args:
            take: The take's file name.
            marks: From the lowest to the topmost.

        Raises:
            ProjectError: It cannot be written, a newer version wrote what is there, or these are
                more marks than a file can hold.
        """
        path = self._path(take)
        text = marks_to_yaml(marks)
        marks_from_yaml(text, str(path))  # what cannot be read again must not replace what can
        self._set_aside(path)
        if marks:
            make_folder(self._folder)
            atomic.write_text(path, text)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ProjectError(
                "cannot remove {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from None

    def _path(self, take: str) -> Path:
        if not is_file_name(take):
            raise ProjectError(
                "{take} cannot be the name of a picture in a project", take=repr(take[:80])
            )
        if self._folder.is_symlink():
            raise ProjectError(
                "{folder} is a link: links could lead out of the project", folder=self._folder
            )
        return self._folder / (take.removesuffix(".png") + _SUFFIX)

    def _set_aside(self, path: Path) -> None:
        if not path.exists() and not path.is_symlink():
            return
        try:
            marks_from_yaml(read_beside(path, MAX_BYTES).decode("utf-8-sig"), str(path))
        except NewerAnnotationsError:
            raise
        except (ProjectError, UnicodeDecodeError, OSError):
            pass  # nothing of ours, or damaged
        else:
            return
        number = 1
        while (kept := path.with_name(f"{path.stem}-damaged-{number}.txt")).exists():
            number += 1
        try:
            path.rename(kept)
        except OSError as error:
            raise ProjectError(
                "cannot move {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from None
