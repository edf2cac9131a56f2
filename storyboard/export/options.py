"""What an export may be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from storyboard.errors import InputError, RenderCancelled
from storyboard.export.film_look import USUAL, FilmLook
from storyboard.export.page_design import USUAL_DESIGN, Page, PageDesign
from storyboard.export.picture_files import USUAL_FILES, PictureFiles
from storyboard.sound.film_hearing import USUAL_SOUND, FilmSound
from storyboard.values.annotations import Mark
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.frame_rate import FILM, FrameRate
from storyboard.values.sound import Sound

__all__ = ["ExportOptions", "MarksOf", "PictureOf"]

PictureOf = Callable[[Take], Path]
"""From a take to the file of its picture; `storyboard.project.project.Project.picture` is one."""

MarksOf = Callable[[Take], Sequence[Mark]]
"""From a take to what is drawn above it; `AnnotationFolder.of` is one.
It may raise `storyboard.errors.ProjectError`, which ends the export."""


FilesOfProject = Callable[[], Iterable[tuple[str, Callable[[], bytes]]]]
"""Names, and what reads each; `storyboard.project.bundle.bundled` of a folder is one."""


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _tell_nobody(done: int, total: int) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices that one or another exporter understands; the others pass over them.

    Attributes:
        page: Paper of the PDF, where its design names none.
        created: The date that is printed; equal input and date give equal bytes.
        force: Whether files may be replaced that this program has not written.
        project: The project that is exported; nothing in it is written through a link.
        marks_of: Where the arrows, strokes and notes above the pictures are.
        annotations: Whether they are drawn: None leaves it to the exporter. The PDF, which people
            read, draws them; pictures for other programs stay as they are.
        only: Keys of the panels that are wanted; all of them if None.
        left_out: Whether panels that are marked to be left out are shown all the same.
        references: The folder of the reference pictures, which a shot list names.
        rate: The grid of everything that runs in time.
        film: How an animatic looks.
        progress: Told how many of how many frames of a film, pictures or printed panels are done.
        cancelled: Asked before every frame of a film and every picture, and for every word printed.
        design: How the pages of a PDF look.
        sound: What is heard in a film.
        files: What the files of pictures are and are called.
        files_of_project: All files of the project, for a bundle.
        sound_of: Where the file of a sound lies, for a cut that names it; None leaves sounds out.
    """

    page: Page = "A4"
    created: date = field(default_factory=_today)
    force: bool = False
    project: Path | None = None
    marks_of: MarksOf | None = None
    annotations: bool | None = None
    only: frozenset[str] | None = None
    left_out: bool = False
    references: Path | None = None
    rate: FrameRate = FILM
    film: FilmLook = USUAL
    progress: Callable[[int, int], None] = _tell_nobody
    cancelled: Callable[[], bool] = _never
    design: PageDesign = USUAL_DESIGN
    sound: FilmSound = USUAL_SOUND
    files: PictureFiles = USUAL_FILES
    files_of_project: FilesOfProject | None = None
    sound_of: Callable[[Sound], Path] | None = None

    def go_on(self) -> None:
        """Go on with a file that is written in one piece at its end.

        Raises:
            RenderCancelled: Nobody wants it any more.
        """
        if self.cancelled():
            raise RenderCancelled("the export was cancelled; nothing was written")

    def wants(self, panel: Panel) -> bool:
        """Whether a panel is shown: it was chosen, and is not marked to be left out."""
        return self._chose(panel) and (self.left_out or not panel.left_out)

    def numbered(self, board: Storyboard) -> tuple[tuple[int, Panel], ...]:
        """The panels that are shown, each with its place on the board, from 1.

        Raises:
            InputError: All that were chosen are marked to be left out.
        """
        found = tuple(
            (number, each) for number, each in enumerate(board.panels, 1) if self.wants(each)
        )
        if not found and self.omitted(board):
            raise InputError(
                "every panel that was chosen is marked to be left out: take the marks away, or "
                "ask for these panels, too"
            )
        return found

    def chosen(self, board: Storyboard) -> Storyboard:
        """The board with only those panels that are shown.

        Raises:
            InputError: As in `numbered`.
        """
        return replace(board, panels=tuple(each for _, each in self.numbered(board)))

    def keys(self, board: Storyboard) -> frozenset[str]:
        """Keys of the panels that are shown.

        Raises:
            InputError: As in `numbered`.
        """
        return frozenset(each.key for _, each in self.numbered(board))

    def listed(self, board: Storyboard) -> Storyboard:
        """The board with all panels that were chosen: a list has those left out, and says so."""
        return replace(board, panels=tuple(filter(self._chose, board.panels)))

    def omitted(self, board: Storyboard) -> int:
        """How many panels were chosen and are not shown."""
        return sum(self._chose(each) and not self.wants(each) for each in board.panels)

    def _chose(self, panel: Panel) -> bool:
        return self.only is None or panel.key in self.only

    def marks_if(self, usual: bool) -> MarksOf | None:
        """What draws annotations asks for them; None where they are not to be drawn.

        Args:
            usual: Whether the exporter draws them unless it is told otherwise.
        """
        wanted = usual if self.annotations is None else self.annotations
        return self.marks_of if wanted else None
