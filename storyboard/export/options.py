"""What an export may be asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from storyboard.values.annotations import Mark
from storyboard.values.board import Take

__all__ = ["ExportOptions", "MarksOf", "Page", "PictureOf"]

Page = Literal["A4", "Letter"]

PictureOf = Callable[[Take], Path]
"""From a take to the file of its picture; `storyboard.project.project.Project.picture` is one."""

MarksOf = Callable[[Take], Sequence[Mark]]
"""From a take to what is drawn above it; `AnnotationFolder.of` is one.
It may raise `storyboard.errors.ProjectError`, which ends the export."""


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices that one or another exporter understands; the others pass over them.

    Attributes:
        page: Paper of the PDF.
        created: The date that is printed; equal input and date give equal bytes.
        force: Whether files may be replaced that this program has not written.
        project: The project that is exported; nothing in it is written through a link.
        marks_of: Where the arrows, strokes and notes above the pictures are.
        annotations: Whether they are drawn: None leaves it to the exporter. The PDF, which people
            read, draws them; pictures for other programs stay as they are.
    """

    page: Page = "A4"
    created: date = field(default_factory=_today)
    force: bool = False
    project: Path | None = None
    marks_of: MarksOf | None = None
    annotations: bool | None = None

    def marks_if(self, usual: bool) -> MarksOf | None:
        """What draws annotations asks for them; None where they are not to be drawn.

        Args:
            usual: Whether the exporter draws them unless it is told otherwise.
        """
        wanted = usual if self.annotations is None else self.annotations
        return self.marks_of if wanted else None
