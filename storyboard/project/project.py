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

from storyboard.errors import InputError, ProjectError
from storyboard.files.png import BrokenPngError
from storyboard.message import Message
from storyboard.project.folder import PANELS, RECORD, REMOVED, DiskError, ProjectFolder, make_folder
from storyboard.project.lock import ProjectLock
from storyboard.project.losses import loses, rewords
from storyboard.project.project_view import ProjectView, takes_of
from storyboard.project.rebuild import adopt, find_takes, rebuild
from storyboard.project.recipe import BoardContext
from storyboard.project.recipe_file import embed, read_recipe
from storyboard.project.record import NewerRecordError
from storyboard.project.record_file import read_board, saved_board
from storyboard.project.record_text import RecordText, check_recordable
from storyboard.project.saved_record import RecordChangedError, SavedRecord
from storyboard.project.take_files import TakeFiles, panel_of, place_take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from storyboard.project.record_file import SavedBoard
    from storyboard.values.board import Panel, Storyboard, Take

__all__ = ["RECORD", "Project", "read_board"]

_TRIES = 20  # saves of another machine that may come between looking and replacing


class Project(ProjectView):
    """An open project folder; nobody else on this machine can open it until it is closed.

    Open with `create`, `open` or `recover`, best in a ``with`` statement. Every method that changes
    something has it on disk when it returns; every method raises `ProjectError` when the folder
    cannot be read or written, and then what existed stays. What others have written into the record
    meanwhile, another machine or an editor, is joined with what is saved; `told` says so.
    """

    def __init__(self, folder: Path) -> None:
        """Lock `folder`, which exists; use the class methods instead."""
        super().__init__(folder)
        self._lock = ProjectLock(folder)
        self._text = RecordText()
        self._record = SavedRecord(self._files, self._snapshots)
        self._kept_words = False
        self._is_open = True

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
        check_recordable(board)
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
        saved = saved_board(folder)  # before the lock: a folder that is no project stays untouched
        project = cls(folder)
        try:
            project._files.make()
            project._files.clean()
            if project._files.read(RECORD) != saved.data:
                saved = saved_board(folder)
            project._take_over(saved)
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
            raise ProjectError("{folder} is no project folder: check the path", folder=folder)
        try:
            saved_board(folder)
        except (NewerRecordError, DiskError):
            raise  # it may be whole, only not for this version, or not now
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
        if self._is_open:
            self._is_open = False
            with suppress(ProjectError):  # the pictures are there, and the next opening finds them
                self._settle()
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
    def told(self) -> tuple[Message, ...]:
        """What there is to tell of others' changes since it was asked last, a line each."""
        lines = tuple(self._record.notices)
        self._record.notices.clear()
        return lines

    def save(self, board: Storyboard) -> Storyboard:
        """Write the record; before anything is lost by it, keep a snapshot.

        Pictures of takes that leave the board move to ``removed`` before the record is written,
        those that come back after it: wherever that is cut off, the record is what counts, and
        the next opening brings back what it names.

        Returns:
            The board as it is on disk now: `board`, joined with what others have saved meanwhile.
        """
        for _ in range(_TRIES):
            with suppress(RecordChangedError):
                return self._save(board)
        raise ProjectError(
            "{folder} is being written by another machine all the time: close the project there",
            folder=self.folder / RECORD,
        )

    def check_room(self, takes: int) -> None:
        """Make sure, before anything is drawn, that the record can name that many more takes.

        Raises:
            ProjectError: It cannot.
        """
        self._text.write(self.board)
        self._text.check_room(takes)

    def add_take(self, key: str, png: bytes, take: Take, film: bytes = b"") -> Storyboard:
        """Write a picture or a clip, then put it on the board as the panel's newest take.

        Args:
            key: The panel's key.
            png: The picture with its recipe; of a clip the first frame.
            take: Its file name is chosen here; whatever it carries is replaced.
            film: The clip itself, where the take is one.

        Returns:
            The board with the take.

        Raises:
            ProjectError: No such panel, a picture that is not whole, or the disk refuses.
        """
        return self.save(place_take(self._files, self.board, key, png, take, film))

    def copy_take(self, take: Take, board: Storyboard, key: str) -> Take:
        """Write a take's picture once more, as that of another panel, which then owns its file.

        It lies among the removed ones until a board that names it is saved. Where that never comes,
        because of a crash, no later panel is given it.

        Args:
            take: The take; what belongs to the copy is its file alone.
            board: A board with the other panel, on which the copy is not put.
            key: That panel's key, which goes into the copy's recipe.

        Raises:
            InputError: The picture is missing or damaged, or no such panel.
            ProjectError: The disk refuses.
        """
        source, context = self.picture(take), BoardContext.of_panel(board, key)
        recipe = replace(read_recipe(source), board=context)
        panel = next(each for each in board.panels if each.key == key)
        try:
            picture = self._files.read_png(PANELS, take.file)
        except (BrokenPngError, OSError):
            raise InputError(
                "{source} is missing or damaged: draw the panel again", source=source
            ) from None
        film = self._files.read_film(PANELS, take.film) if take.clip else b""
        files = TakeFiles(self._files, REMOVED)
        return files.write(context.number, panel, take, embed(picture, recipe), film)

    def pin(self, key: str, file: str) -> Storyboard:
        """Show a certain take of a panel, until another is pinned.

        Raises:
            ProjectError: No such panel.
        """
        _, panel = self._panel(key)
        pinned = replace(panel, pinned=file)
        panels = tuple(pinned if each.key == key else each for each in self.board.panels)
        return self.save(replace(self.board, panels=panels))

    def show_newest(self, key: str, before: str) -> Storyboard:
        """Show the newest take of a panel, whatever is pinned.

        Args:
            key: The panel's key.
            before: File name of the take that was shown so far; a window's undo shows it again.

        Raises:
            ProjectError: No such panel.
        """
        del before
        return self.pin(key, "") if self._panel(key)[1].pinned else self.board

    def add_reference(
        self, data: bytes, source: str = "the reference picture", *, whole: bool = False
    ) -> str:
        """Keep a reference picture and return its file name, which is its SHA-256.

        Lock on to what `reference` returns for that name, not to `data`: the picture is scaled
        unless `whole` says otherwise.

        Raises:
            InputError: Not a picture that can be used.
        """
        return self._references.add(data, source, whole=whole)

    def snapshot(self) -> str:
        """Keep the record as it is now and return the snapshot's name."""
        return self._snapshots.add(self._record.text(self._text.write(self.board)))

    def restore(self, name: str) -> Storyboard:
        """Go back to a snapshot; the state before is kept as a snapshot too.

        Raises:
            ProjectError: No such snapshot, or it cannot be read.
        """
        board = self._snapshots.read(name)
        self.snapshot()
        return self.save(board)

    def _panel(self, key: str) -> tuple[int, Panel]:
        return panel_of(self.board, key, self.folder)

    def _save(self, board: Storyboard) -> Storyboard:
        # 1. What is to be written: the board, with what others have saved.
        before = self._board
        found = self._record.found(board, before)
        board = found.board
        if before is not None and (
            loses(before, board) or (not self._kept_words and rewords(before, board))
        ):
            self.snapshot()
            self._kept_words = True  # one for the words of a sitting: every letter is saved
        # 2. What cannot be read again must never replace what can.
        written = self._text.write(board)
        held = takes_of(written.board)
        leaving = takes_of(before) - held
        try:
            self._files.move(leaving, PANELS, REMOVED)
            self._record.replace(written, found)
        except BaseException:
            with suppress(ProjectError):  # else the next opening does it
                self._files.move(leaving, REMOVED, PANELS)
            raise
        # 3. Now the record counts.
        self._board = written.board
        come = held if found.theirs else held - takes_of(before)
        self._files.move(come, REMOVED, PANELS)
        return written.board

    def _settle(self) -> None:
        """Save once more where another machine has replaced what this one has saved."""
        for _ in range(_TRIES):
            if self._board is None or not self._record.is_overtaken(self._board):
                return
            self.save(self._board)

    def _take_over(self, saved: SavedBoard) -> None:
        """Begin with the board on the disk, and mend what a crash has left."""
        self._board = saved.board
        self._record.seen(saved)
        self._note(saved)
        if self.hand_edit:
            self._snapshots.add(saved.data.decode("utf-8-sig"))
        with suppress(ProjectError):  # the first edit will say so; this is only to make it fast
            self._text.write(self.board)
        # A crash inside `save` leaves takes of the board among the removed ones.
        self._files.move(takes_of(self.board), REMOVED, PANELS)
        # A crash between picture and record leaves a finished take that the record lacks.
        found = find_takes(self._files, known=takes_of(self.board))
        self.lost_keys = frozenset(take.key for take in found) - {p.key for p in self.board.panels}
        board = adopt(self.board, found)
        if board != self.board:
            try:
                self._text.write(board)
            except ProjectError as error:  # it can still be opened, and told
                self.notices.append(
                    Message("finished pictures cannot join the board: {error}", {"error": error})
                )
            else:
                self.save(board)
        self._note_unknown()

    def _rebuild(self) -> None:
        self._files.make()
        self._files.clean()
        board = rebuild(find_takes(self._files), self._snapshots.newest())
        if board is None:
            raise ProjectError(
                "{folder} holds neither a snapshot nor a panel to rebuild the board from",
                folder=self.folder,
            )
        self._files.set_aside()
        self.save(board)
