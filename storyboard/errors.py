"""Everything that can go wrong in a way a person can mend.

Each message is one line that says what is wrong, where, and what to do. The tree::

    StoryboardError                exit code 1
      InputError                   2   what the user gave: a story, a number, a picture, a file
        SettingsError              2   a setting in YAML, the environment or on the command line
      ModelError                   3   a model that is missing, damaged, incomplete or refused
        DownloadNotAllowed         3   a model that is to be had, but nobody has asked for it here
      ProjectError                 4   a project folder that cannot be read or written
      RenderError                  5   a panel that could not be rendered
        OutOfMemory                5   the memory does not suffice for a frame of that size
      ClusterError               1   other machines that are asked to draw cannot be reached
      RenderCancelled            130   the user stopped the render; what was finished is kept
"""

from __future__ import annotations

from storyboard.message import Message
from storyboard.terminal import LONGEST_LINE

__all__ = [
    "ClusterError",
    "DownloadNotAllowed",
    "InputError",
    "ModelError",
    "OutOfMemory",
    "ProjectError",
    "RenderCancelled",
    "RenderError",
    "SettingsError",
    "StoryboardError",
    "printable",
]


class StoryboardError(Exception):
    """Base of all errors of this program; the message is meant for the user.

    The class and the template say what went wrong, the fields of what: whoever must tell errors
    apart asks for these and never looks into the words.

    As words it is one line of printable characters, whatever file it quotes: others are written as
    escapes, so that a stranger's file cannot move the cursor of a terminal or turn a line around.
    What is longer than `LONGEST_LINE` loses its middle, because what to do stands at the end.
    """

    exit_code = 1

    def __init__(self, message: str | Message = "", /, **fields: object) -> None:
        """Say what went wrong.

        Args:
            message: A sentence, with a place such as "{path}" for each field.
            fields: What stands there.
        """
        self.message = message if isinstance(message, Message) else Message(message, fields)
        super().__init__(printable(str(self.message)))


class InputError(StoryboardError):
    """Something the user gave cannot be used."""

    exit_code = 2


class SettingsError(InputError):
    """A setting has an unknown name or a value outside its range."""


class ModelError(StoryboardError):
    """A model cannot be loaded."""

    exit_code = 3


class DownloadNotAllowed(ModelError):
    """A model is not on this machine, and it takes the user's word to download it.

    Attributes:
        repository: Its hub id.
    """

    def __init__(self, message: str | Message, /, repository: str = "", **fields: object) -> None:
        super().__init__(message, **fields)
        self.repository = repository


class ProjectError(StoryboardError):
    """A project folder cannot be read or written."""

    exit_code = 4


class RenderError(StoryboardError):
    """A panel could not be rendered."""

    exit_code = 5


class OutOfMemory(RenderError):
    """The memory does not suffice, whatever was done to need less.

    Attributes:
        smaller: Width and height in pixels of a smaller frame to ask the user about, or None where
            a smaller frame would not help.
    """

    def __init__(
        self, message: str | Message, /, smaller: tuple[int, int] | None = None, **fields: object
    ) -> None:
        super().__init__(message, **fields)
        self.smaller = smaller


class ClusterError(StoryboardError):
    """Other machines that are asked to draw cannot be reached; what they have drawn is kept."""


class RenderCancelled(StoryboardError):
    """The render was stopped on request; everything finished before is on disk."""

    exit_code = 130


def printable(message: str) -> str:
    """One line of printable characters, at most about `LONGEST_LINE` long."""
    if len(message) <= LONGEST_LINE and message.isprintable():
        return message
    words = " ".join(message.split())
    if len(words) > LONGEST_LINE:
        half = LONGEST_LINE // 2
        words = f"{words[:half]} … {words[-half:]}"
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in words
    )
