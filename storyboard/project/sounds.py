"""Sounds of a project, each named by its SHA-256 as its reference pictures are."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.files.sealed_folder import SealedFolder
from storyboard.project.folder import SOUNDS
from storyboard.project.record_sound import is_sound_name
from storyboard.values import bounds
from storyboard.values.sound import Sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Sounds", "read_recording"]


def read_recording(path: Path) -> bytes:
    """A file that a user has named.

    Raises:
        InputError: It cannot be read, or is too large.
    """
    try:
        return read_regular(path, bounds.SOUND_BYTES)
    except NotRegularError:
        raise InputError("{path} is not a file: name a recording", path=path) from None
    except OSError as error:
        raise InputError(
            "{path} cannot be read ({reason}): name a recording",
            path=path,
            reason=error.strerror or str(error),
        ) from None


class Sounds:
    """The ``sounds`` folder of a project.

    Args:
        folder: The project's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = SealedFolder(folder)

    def add(self, data: bytes, title: str, going_on: Callable[[], None] = lambda: None) -> Sound:
        """Keep a recording as it is.

        Args:
            data: The file.
            title: What people call it.
            going_on: Asked every second of it; it raises to end the work.

        Raises:
            InputError: It is no recording that can be read.
            ProjectError: It cannot be written.
        """
        from storyboard.sound.recordings import kind_of, seconds_in  # numpy, and few have sound

        if len(data) > bounds.SOUND_BYTES:
            raise InputError(
                "{title} is larger than {most} MB: cut it",
                title=title,
                most=bounds.SOUND_BYTES // bounds.MIB,
            )
        seconds = round(seconds_in(data, title, going_on), 3)
        name = f"{hashlib.sha256(data).hexdigest()}.{kind_of(data)}"
        sound = Sound(name, title[:200], seconds)
        try:
            self._bytes(sound)
        except ProjectError:  # not there, or damaged
            try:
                self._files.make(SOUNDS)
                self._files.write(f"{SOUNDS}/{name}", data)
            except OSError as error:
                raise ProjectError(
                    "cannot write {path}: {reason}",
                    path=self._folder / SOUNDS / name,
                    reason=atomic.describe(error),
                ) from error
        return sound

    def read(self, sound: Sound, going_on: Callable[[], None] = lambda: None) -> NDArray[np.int16]:
        """The samples of a sound, of shape (frames, 2).

        Args:
            sound: Of the board.
            going_on: Asked every second of it; it raises to end the work.

        Raises:
            InputError: It cannot be decoded any more.
            ProjectError: It is missing, or is no longer the file its name promises.
        """
        from storyboard.sound.recordings import decoded

        return decoded(self._bytes(sound), sound.title or sound.file, going_on)

    def path(self, sound: Sound) -> Path:
        """Where the file of a sound lies, or should."""
        return self._folder / SOUNDS / sound.file

    def _bytes(self, sound: Sound) -> bytes:
        reason = "it has changed"
        data = b""
        if not is_sound_name(sound.file):
            reason = "it cannot be called so"
        else:
            try:
                data = self._files.read(f"{SOUNDS}/{sound.file}", bounds.SOUND_BYTES)
            except OSError as error:
                reason = atomic.describe(error)
        if hashlib.sha256(data).hexdigest() != sound.file.partition(".")[0]:
            raise ProjectError(
                "the sound {title} ({path}) cannot be used: {reason}; add it again",
                title=sound.title or sound.file,
                path=self.path(sound),
                reason=reason,
            )
        return data
