"""A project as it lies on the disk, to look at: nothing is locked, and nothing is written.

So it can be had from a disk that is read-only, and while a window has the project open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from storyboard.files.png import BrokenPngError
from storyboard.message import Message
from storyboard.project.folder import PANELS, RECORD, ProjectFolder
from storyboard.project.rebuild import adopt, find_takes
from storyboard.project.record_fields import is_file_name
from storyboard.project.record_file import saved_board
from storyboard.project.references import References
from storyboard.project.snapshots import Snapshots
from storyboard.project.sounds import Sounds

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.project.record_file import SavedBoard
    from storyboard.values.board import Panel, Storyboard, Take
    from storyboard.values.reference import Reference

__all__ = ["ProjectView", "takes_of"]


class ProjectView:
    """What can be asked of a project without changing it.

    Every method raises `ProjectError` when the folder cannot be read.

    Attributes:
        folder: Where it lies.
        hand_edit: What to ask before going on, where the record was edited by hand since it was
            saved; else None.
        lost_keys: Keys of panels that left the board while their pictures stayed among the others:
            a new panel with one of them would be given those pictures.
        notices: What there is to tell before anything is done, a line each.
        sounds: The recordings that board and panels name.
    """

    def __init__(self, folder: Path) -> None:
        """Make one of a folder; use `look` instead."""
        self.folder = folder
        self.hand_edit: Message | None = None
        self.lost_keys: frozenset[str] = frozenset()
        self.notices: list[Message] = []
        self._files = ProjectFolder(folder)
        self._snapshots = Snapshots(self._files)
        self._references = References(self._files)
        self.sounds = Sounds(folder)
        self._board: Storyboard | None = None

    @classmethod
    def look(cls, folder: Path) -> Self:
        """Look at a project; pictures that a crash kept from the record are on the board.

        Raises:
            ProjectError: No project, a damaged record, or a newer version.
        """
        view = cls(folder.absolute())
        saved = saved_board(view.folder)
        view._note(saved)
        found = find_takes(view._files, known=takes_of(saved.board))
        view._board = adopt(saved.board, found)
        view._note_unknown()
        return view

    @property
    def board(self) -> Storyboard:
        """The board as it is on disk."""
        assert self._board is not None  # whoever makes one sets it
        return self._board

    @property
    def unknown(self) -> tuple[str, ...]:
        """File names of the pictures among the panels that the board does not name."""
        known = takes_of(self.board)
        names = self._files.names(PANELS)
        return tuple(each for each in names if is_file_name(each) and each not in known)

    def reference(self, name: str) -> Reference:
        """The reference picture of that name.

        Raises:
            ProjectError: It is missing, or is no longer the picture its name promises.
        """
        return self._references.read(name)

    def picture(self, take: Take) -> Path:
        """Path of a take's picture; whether it is there and whole is another question."""
        return self._files.inside(PANELS, take.file)

    def film(self, take: Take) -> Path:
        """Path of a take's clip; whether it is there and whole is another question.

        Raises:
            ProjectError: The take is a picture, or its place is a link.
        """
        return self._files.inside(PANELS, take.film)

    def is_whole(self, take: Take) -> bool:
        """Whether the take's picture is there, complete and undamaged."""
        self._files.inside(PANELS, take.file)
        try:
            self._files.read_png(PANELS, take.file)
        except (OSError, BrokenPngError):
            return False
        return True

    def missing(self) -> tuple[Panel, ...]:
        """The panels without a single whole picture, in reading order: what a resume renders."""
        return tuple(
            panel
            for panel in self.board.panels
            if not any(self.is_whole(take) for take in reversed(panel.takes))
        )

    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots, oldest first."""
        return self._snapshots.names()

    def look_back(self, name: str) -> Storyboard:
        """The board of a snapshot, without going back to it.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        return self._snapshots.read(name)

    def _note(self, saved: SavedBoard) -> None:
        if saved.is_hand_edited:
            assert saved.end is not None  # else nobody could tell
            count, before = len(saved.board.panels), saved.end.panels
            counts = Message(
                ", and has {count} panels where it had {before}", {"count": count, "before": before}
            )
            self.hand_edit = Message(
                "{record} was edited since it was saved{panels}",
                {"record": self.folder / RECORD, "panels": counts if count != before else ""},
            )

    def _note_unknown(self) -> None:
        if unknown := self.unknown:
            pictures = "1 picture" if len(unknown) == 1 else f"{len(unknown)} pictures"
            self.notices.append(
                Message(
                    "the board does not know {pictures} in {panels} ({first}{others}), which stay "
                    "there; if panels are missing, look for them with: storyboard restore "
                    "{folder} --list",
                    {
                        "pictures": pictures,
                        "panels": self.folder / PANELS,
                        "first": unknown[0],
                        "others": " and others" if len(unknown) > 1 else "",
                        "folder": self.folder,
                    },
                )
            )


def takes_of(board: Storyboard | None) -> frozenset[str]:
    """The file names of all that the takes of a board have."""
    panels = board.panels if board else ()
    return frozenset(name for panel in panels for take in panel.takes for name in take.files)
