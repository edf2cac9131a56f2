"""What an export may be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from storyboard.models import Take

__all__ = ["ExportOptions", "Page", "PictureOf"]

Page = Literal["A4", "Letter"]

PictureOf = Callable[[Take], Path]
"""From a take to the file of its picture; `storyboard.project.Project.picture` is one."""


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
    """

    page: Page = "A4"
    created: date = field(default_factory=_today)
    force: bool = False
    project: Path | None = None
