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

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.lock import ProjectLock
from storyboard.png import is_whole
from storyboard.rebuild import adopt, find_takes, rebuild, take_number
from storyboard.record import NewerRecordError, board_from_yaml, board_to_yaml, is_file_name
from storyboard.references import FOLDER as _REFERENCES
from storyboard.references import References
from storyboard.snapshots import Snapshots, read_text

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from storyboard.models import Panel, Storyboard, Take

__all__ = ["RECORD", "Project", "read_board"]

RECORD = "board.yaml"
_PANELS, _REMOVED, _SNAPSHOTS = "panels", "removed", "snapshots"
_FOLDERS = (_PANELS, _REMOVED, _REFERENCES, _SNAPSHOTS)
# What may lie in a folder that is about to become a project.
_HARMLESS = {"storyboard.yaml", "Thumbs.db", "desktop.ini"}


class Project:
    """An open project folder; nobody else can open it until it is closed.

    Open with `create`, `open` or `recover`, best in a ``with`` statement. Every method that changes
    something has it on disk when it returns; every method raises `ProjectError` when the folder
    cannot be read or written, and then what existed stays.
    """

    def __init__(self, folder: Path) -> None:
        """Lock `folder`, which exists; use the class methods instead."""
        self.folder = folder
        self._snapshots = Snapshots(folder / _SNAPSHOTS)
        self._references = References(folder / _REFERENCES)
        self._lock = ProjectLock(folder)
        self._board: Storyboard | None = None

    @classmethod
    def create(cls, folder: Path, board: Storyboard) -> Self:
        """Make a project of a new or empty folder.

        Raises:
            ProjectError: The folder has content, is a file, or cannot be written.
        """
        folder = folder.absolute()
        _check_is_free(folder)
        _make_folder(folder)
        project = cls(folder)
        try:
            _check_is_free(folder)  # again: another window may have been faster
            project._make_folders()
            project.save(board)
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
        read_board(folder)  # before the lock: a folder that is no project stays untouched
        project = cls(folder)
        try:
            project._make_folders()
            project._clean()
            project._board = read_board(folder)
            project._take_back()
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

        Pictures of takes that left the board move to ``removed``, those that came back move back.

        Returns:
            The board as it is on disk now.
        """
        if self._board is not None and _loses(self._board, board):
            self.snapshot()
        text = board_to_yaml(board)
        # What cannot be read again must never replace what can.
        written = board_from_yaml(text, f"the new {RECORD}")
        before = self._board
        self._move(_files(written), _REMOVED, _PANELS)
        atomic.write_text(self._inside(RECORD), text)
        self._board = written
        self._move(_files(before) - _files(written), _PANELS, _REMOVED)
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
        atomic.write_bytes(self._inside(_PANELS, take.file), png)
        panels = tuple(
            replace(each, takes=(*each.takes, take)) if each.key == key else each
            for each in self.board.panels
        )
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
        return self._inside(_PANELS, take.file)

    def is_whole(self, take: Take) -> bool:
        """Whether the take's picture is there, complete and undamaged."""
        path = self.picture(take)
        try:
            return path.is_file() and is_whole(path.read_bytes())
        except OSError:
            return False

    def missing(self) -> tuple[Panel, ...]:
        """The panels without a single whole picture, in reading order: what a resume renders."""
        return tuple(
            panel
            for panel in self.board.panels
            if not any(self.is_whole(take) for take in reversed(panel.takes))
        )

    def snapshot(self) -> str:
        """Keep the record as it is now and return the snapshot's name."""
        return self._snapshots.add(board_to_yaml(self.board))

    def snapshots(self) -> tuple[str, ...]:
        """Names of the snapshots, oldest first."""
        return self._snapshots.names()

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
            if not any(self._inside(folder, name).exists() for folder in (_PANELS, _REMOVED)):
                return name

    def _inside(self, *parts: str) -> Path:
        """A path in the project: plain names only, and no link that leads out of it."""
        *folders, name = parts
        path = self.folder.joinpath(*parts)
        if folders and not is_file_name(name):
            raise ProjectError(f"{name[:80]!r} cannot be the name of a picture in a project")
        for each in (self.folder.joinpath(*folders), path):
            if each != self.folder and each.is_symlink():
                raise ProjectError(f"{each} is a link: links could lead out of the project")
        return path

    def _make_folders(self) -> None:
        for name in _FOLDERS:
            path = self.folder / name
            if path.is_symlink():
                raise ProjectError(f"{path} is a link: links could lead out of the project")
            _make_folder(path)

    def _clean(self) -> None:
        for folder in (self.folder, *(self.folder / name for name in _FOLDERS)):
            atomic.remove_parts(folder)

    def _move(self, files: frozenset[str], source: str, target: str) -> None:
        for name in sorted(files):
            old, new = self._inside(source, name), self._inside(target, name)
            try:
                if old.is_file() and not new.exists():
                    old.rename(new)
            except OSError as error:
                raise ProjectError(f"cannot move {old}: {atomic.describe(error)}") from error

    def _take_back(self) -> None:
        # A crash between record and move leaves a take of the board among the removed ones.
        self._move(_files(self.board), _REMOVED, _PANELS)

    def _adopt(self) -> None:
        # A crash between picture and record leaves a finished take that the record lacks.
        found = find_takes(self.folder / _PANELS, known=_files(self.board))
        board = adopt(self.board, found)
        if board != self.board:
            self.save(board)

    def _rebuild(self) -> None:
        self._make_folders()
        self._clean()
        found = find_takes(self.folder / _PANELS)
        base = next(self._snapshots.newest_first(), None)
        board = rebuild(found, base)
        if board is None:
            raise ProjectError(
                f"{self.folder} holds neither a snapshot nor a panel to rebuild the board from"
            )
        record = self.folder / RECORD
        if record.exists() or record.is_symlink():
            number = sum(1 for _ in self.folder.glob("board-damaged-*.yaml")) + 1
            try:
                record.rename(self.folder / f"board-damaged-{number}.yaml")
            except OSError as error:
                raise ProjectError(f"cannot move {record}: {atomic.describe(error)}") from error
        self.save(board)


def read_board(folder: Path) -> Storyboard:
    """Read a project's board without opening the project, as it was last saved.

    Raises:
        ProjectError: No project, a damaged record, or one made by a newer version.
    """
    record = folder / RECORD
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is a file, not a project folder: check the path")
    if not folder.exists():
        raise ProjectError(f"{folder} does not exist: check the path of the project")
    if not record.exists() and not record.is_symlink():
        rest = [name for name in (_PANELS, _SNAPSHOTS) if (folder / name).is_dir()]
        if rest:
            raise ProjectError(
                f"{record} is missing: rebuild it from the pictures with "
                f"'storyboard restore {folder}'"
            )
        raise ProjectError(f"{folder} is no storyboard project: it holds no {RECORD}")
    try:
        return board_from_yaml(read_text(record), str(record))
    except NewerRecordError:
        raise
    except ProjectError as error:
        raise ProjectError(
            f"{error}; mend it there, or rebuild the board with 'storyboard restore {folder}'"
        ) from None


def _files(board: Storyboard | None) -> frozenset[str]:
    panels = board.panels if board else ()
    return frozenset(take.file for panel in panels for take in panel.takes)


def _loses(before: Storyboard, after: Storyboard) -> bool:
    """Whether something of `before` would be gone: a panel, a take, a character, the text."""
    keys = {panel.key for panel in after.panels}
    names = {each.name for each in after.characters}
    return (
        before.story != after.story
        or any(panel.key not in keys for panel in before.panels)
        or any(each.name not in names for each in before.characters)
        or not _files(before) <= _files(after)
    )


def _check_is_free(folder: Path) -> None:
    try:
        if folder.exists() and not folder.is_dir():
            raise ProjectError(f"{folder} is a file: choose a folder for the project")
        names = {each.name for each in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        raise ProjectError(f"cannot read {folder}: {atomic.describe(error)}") from None
    if RECORD in names:
        raise ProjectError(
            f"{folder} already holds a storyboard: open it, or choose another folder"
        )
    foreign = sorted(name for name in names - _HARMLESS if not name.startswith("."))
    if foreign:
        raise ProjectError(
            f"{folder} is not empty (it holds {foreign[0][:60]!r}): choose an empty or new folder"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"cannot make the folder {folder}: {atomic.describe(error)}") from None
