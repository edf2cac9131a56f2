"""The project folder: a board and its pictures, on disk the moment they exist.

Layout::

    board.yaml      the record (storyboard.yaml, if there is one, holds settings and is not ours)
    panels/         one PNG per take, never overwritten
    removed/        pictures of takes that were taken off the board
    references/     reference pictures, each named by its SHA-256
    snapshots/      earlier states of board.yaml
    .lock           held while a window or a command has the project open
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.lock import ProjectLock
from storyboard.png import BrokenPngError, is_whole, read_png
from storyboard.project_folder import (
    PANELS,
    RECORD,
    REFERENCES,
    REMOVED,
    SNAPSHOTS,
    ProjectFolder,
    make_folder,
)
from storyboard.rebuild import adopt, find_takes, rebuild, take_number
from storyboard.recipe import BoardContext, embed, read_recipe
from storyboard.record import NewerRecordError
from storyboard.record_file import board_in, read_board, record_of
from storyboard.record_text import RecordText
from storyboard.references import References
from storyboard.snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from storyboard.models import Panel, Storyboard, Take

__all__ = ["RECORD", "Project", "read_board"]


class Project:
    """An open project folder; nobody else can open it until it is closed.

    Open with `create`, `open` or `recover`, best in a ``with`` statement. Every method that changes
    something has it on disk when it returns; every method raises `ProjectError` when the folder
    cannot be read or written, and then what existed stays.
    """

    def __init__(self, folder: Path) -> None:
        """Lock `folder`, which exists; use the class methods instead."""
        self.folder = folder
        self._files = ProjectFolder(folder)
        self._snapshots = Snapshots(folder / SNAPSHOTS)
        self._references = References(folder / REFERENCES)
        self._lock = ProjectLock(folder)
        self._record = RecordText()
        self._board: Storyboard | None = None
        self._kept_words = False

    @classmethod
    def create(
        cls,
        folder: Path,
        board: Storyboard,
        prepare: Callable[[Self], Storyboard] | None = None,
    ) -> Self:
        """Make a project of a new or empty folder.

        Args:
            folder: Where; made if it is missing.
            board: Its first state.
            prepare: Called before there is a record, with folders that can take references and
                settings; returns the first state instead. The record comes last, so that a
                project that can be opened lacks nothing it was begun with.

        Raises:
            ProjectError: The folder has content, is a file, or cannot be written.
        """
        folder = folder.absolute()
        ProjectFolder(folder).check_is_free()
        make_folder(folder)
        project = cls(folder)
        try:
            project._files.check_is_free()  # again: another window may have been faster
            project._files.make()
            project._files.clean()
            project.save(board if prepare is None else prepare(project))
            project.snapshot()
        except BaseException:
            project.close()
            raise
        return project

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a project; pictures that a crash kept from the record are put on the board.

        Raises:
            ProjectError: No project, a damaged record, a newer version, or already open.
        """
        folder = folder.absolute()
        text = record_of(folder)  # before the lock: a folder that is no project stays untouched
        board = board_in(text, folder)
        project = cls(folder)
        try:
            project._files.make()
            project._files.clean()
            now = record_of(folder)
            project._board = board if now == text else board_in(now, folder)
            with suppress(ProjectError):  # the first edit will say so; this is only to make it fast
                project._record.write(project.board)
            # A crash inside `save` leaves takes of the board among the removed ones.
            project._files.move(_takes(project.board), REMOVED, PANELS)
            project._adopt()
        except BaseException:
            project.close()
            raise
        return project

    @classmethod
    def recover(cls, folder: Path) -> Self:
        """Open a project whose record is lost or damaged: rebuild it from pictures and snapshots.

        A damaged record is kept as ``board-damaged-<n>.yaml``. A record that can be read is
        opened as it is.

        Raises:
            ProjectError: Neither a snapshot nor a picture with a recipe is there.
        """
        folder = folder.absolute()
        if not folder.is_dir():
            raise ProjectError(f"{folder} is no project folder: check the path")
        try:
            read_board(folder)
        except NewerRecordError:
            raise  # whole, only not for this version
        except ProjectError:
            project = cls(folder)
        else:
            return cls.open(folder)
        try:
            project._rebuild()
        except BaseException:
            project.close()
            raise
        return project

    def close(self) -> None:
        """Let others open the project; a second call does nothing."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def board(self) -> Storyboard:
        """The board as it is on disk."""
        assert self._board is not None  # create, open and recover set it
        return self._board

    def save(self, board: Storyboard) -> Storyboard:
        """Write the record; before anything is lost by it, keep a snapshot.

        Pictures of takes that leave the board move to ``removed`` before the record is written,
        those that come back after it: wherever that is cut off, the record is what counts, and
        the next opening brings back what it names.

        Returns:
            The board as it is on disk now.
        """
        before = self._board
        if before is not None and (
            _loses(before, board) or (not self._kept_words and _rewords(before, board))
        ):
            self.snapshot()
            self._kept_words = True  # one for the words of a sitting: every letter is saved
        # What cannot be read again must never replace what can.
        text, written = self._record.write(board)
        leaving = _takes(before) - _takes(written)
        try:
            self._files.move(leaving, PANELS, REMOVED)
            atomic.write_text(self._files.inside(RECORD), text)
        except BaseException:
            with suppress(ProjectError):  # else the next opening does it
                self._files.move(leaving, REMOVED, PANELS)
            raise
        self._board = written
        self._files.move(_takes(written) - _takes(before), REMOVED, PANELS)
        return written

    def add_take(self, key: str, png: bytes, take: Take) -> Storyboard:
        """Write a picture, then put it on the board as the panel's newest take.

        Args:
            key: The panel's key.
            png: The picture with its recipe.
            take: Its file name is chosen here; whatever it carries is replaced.

        Returns:
            The board with the take.

        Raises:
            ProjectError: No such panel, a picture that is not whole, or the disk refuses.
        """
        if not is_whole(png):
            raise ProjectError(f"the picture for panel {key!r} is not a whole PNG: render it again")
        number, panel = self._panel(key)
        take = replace(take, file=self._free_name(number, panel, take.fingerprint))
        atomic.write_bytes(self._files.inside(PANELS, take.file), png)
        panels = tuple(
            replace(each, takes=(*each.takes, take)) if each.key == key else each
            for each in self.board.panels
        )
        return self.save(replace(self.board, panels=panels))

    def copy_take(self, take: Take, board: Storyboard, key: str) -> Take:
        """Write a take's picture once more, as that of another panel, which then owns its file.

        Args:
            take: The take; what belongs to the copy is its file alone.
            board: A board with the other panel, on which the copy is not put.
            key: That panel's key, which goes into the copy's recipe.

        Raises:
            InputError: The picture is missing or damaged, or no such panel.
            ProjectError: The disk refuses.
        """
        source, context = self.picture(take), BoardContext.of_panel(board, key)
        png = embed(source.read_bytes(), replace(read_recipe(source), board=context))
        panel = next(each for each in board.panels if each.key == key)
        copy = replace(take, file=self._free_name(context.number, panel, take.fingerprint))
        atomic.write_bytes(self._files.inside(PANELS, copy.file), png)
        return copy

    def pin(self, key: str, file: str) -> Storyboard:
        """Show a certain take of a panel, until another is pinned.

        Raises:
            ProjectError: No such panel.
        """
        _, panel = self._panel(key)
        pinned = replace(panel, pinned=file)
        panels = tuple(pinned if each.key == key else each for each in self.board.panels)
        return self.save(replace(self.board, panels=panels))

    def add_reference(self, data: bytes, source: str = "the reference picture") -> str:
        """Keep a reference picture and return its file name, which is its SHA-256.

        Lock on to what `reference` returns for that name, not to `data`: the picture is scaled.

        Raises:
            InputError: Not a picture that can be used.
        """
        return self._references.add(data, source)

    def reference(self, name: str) -> bytes:
        """The reference picture of that name.

        Raises:
            ProjectError: It is missing, or is no longer the picture its name promises.
        """
        return self._references.read(name)

    def picture(self, take: Take) -> Path:
        """Path of a take's picture; whether it is there and whole is another question."""
        return self._files.inside(PANELS, take.file)

    def is_whole(self, take: Take) -> bool:
        """Whether the take's picture is there, complete and undamaged."""
        try:
            read_png(self.picture(take))
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

    def snapshot(self) -> str:
        """Keep the record as it is now and return the snapshot's name."""
        return self._snapshots.add(self._record.write(self.board)[0])

    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots, oldest first."""
        return self._snapshots.names()

    def look_back(self, name: str) -> Storyboard:
        """The board of a snapshot, without going back to it.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        return self._snapshots.read(name)

    def restore(self, name: str) -> Storyboard:
        """Go back to a snapshot; the state before is kept as a snapshot too.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        board = self._snapshots.read(name)
        self.snapshot()
        return self.save(board)

    def _panel(self, key: str) -> tuple[int, Panel]:
        for number, panel in enumerate(self.board.panels, 1):
            if panel.key == key:
                return number, panel
        raise ProjectError(f"{self.folder} has no panel {key!r}: was it removed meanwhile?")

    def _free_name(self, number: int, panel: Panel, fingerprint: str) -> str:
        digits = "".join(each for each in fingerprint.lower() if each in "0123456789abcdef")[:8]
        take = max((take_number(each.file) for each in panel.takes), default=0)
        while True:
            take += 1
            name = f"panel-{number:03}-take-{take:02}-{digits or '0'}.png"
            if not any(self._files.inside(folder, name).exists() for folder in (PANELS, REMOVED)):
                return name

    def _adopt(self) -> None:
        # A crash between picture and record leaves a finished take that the record lacks.
        found = find_takes(self.folder / PANELS, known=_takes(self.board))
        board = adopt(self.board, found)
        if board != self.board:
            self.save(board)

    def _rebuild(self) -> None:
        self._files.make()
        self._files.clean()
        found = find_takes(self.folder / PANELS)
        base = next(self._snapshots.newest_first(), None)
        board = rebuild(found, base)
        if board is None:
            raise ProjectError(
                f"{self.folder} holds neither a snapshot nor a panel to rebuild the board from"
            )
        self._files.set_aside()
        self.save(board)


def _takes(board: Storyboard | None) -> frozenset[str]:
    panels = board.panels if board else ()
    return frozenset(take.file for panel in panels for take in panel.takes)


def _loses(before: Storyboard, after: Storyboard) -> bool:
    """Whether something of `before` would be gone: a panel, a take, a character, the text."""
    keys = {panel.key for panel in after.panels}
    references = {each.name: set(each.references) for each in after.characters}
    return (
        before.story != after.story
        or any(panel.key not in keys for panel in before.panels)
        or any(
            each.name not in references or not references[each.name] >= set(each.references)
            for each in before.characters
        )
        or not _takes(before) <= _takes(after)
    )


def _rewords(before: Storyboard, after: Storyboard) -> bool:
    """Whether words that a person wrote are replaced: of a shot, or of a character's looks."""
    shots = {panel.key: panel.shot for panel in after.panels}
    looks = {each.name: each.traits for each in after.characters}
    return any(shots.get(panel.key, panel.shot) != panel.shot for panel in before.panels) or any(
        looks.get(each.name, each.traits) != each.traits for each in before.characters
    )
