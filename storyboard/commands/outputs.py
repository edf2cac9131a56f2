"""Files that a command writes at its end, looked at before it begins."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError, RenderCancelled
from storyboard.files.output_file import check_output

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.project.project import Project
    from storyboard.project.project_view import ProjectView

__all__ = ["check_pdf", "check_writable", "go_on", "tell"]


def tell(project: ProjectView) -> None:
    """Say on standard error what there is to tell of a project before anything is done with it."""
    for line in (*filter(None, [project.hand_edit]), *project.notices):
        print(f"storyboard: {line}", file=sys.stderr)
    project.notices.clear()


def go_on(project: Project) -> None:
    """Ask whether to go on with a board that was edited by hand, where there is somebody to ask.

    Raises:
        RenderCancelled: The answer is no; nothing was changed.
    """
    tell(project)
    if not project.hand_edit:
        return
    print("storyboard: it is kept as a snapshot, too", file=sys.stderr)
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    print("Go on with it? [Y/n] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() in ("n", "no"):
        raise RenderCancelled("stopped; nothing was changed")


def check_pdf(pdf: Path | None, story: str = "", *, force: bool = False) -> None:
    """Refuse before the rendering what would fail after it, or replace what it must not.

    Args:
        pdf: Where the PDF goes, or None where the option was not given.
        story: What is rendered, as the user wrote it: perhaps a file.
        force: Whether a file may be replaced that this program has not written.

    Raises:
        InputError: The PDF can never be written there.
    """
    from storyboard.files.output_file import is_sealed

    if pdf is None:
        return
    if pdf.is_dir():
        raise InputError(
            "--pdf {pdf} is a folder: name a file in it, for example {pdf}/board.pdf", pdf=pdf
        )
    if not pdf.absolute().parent.is_dir():
        raise InputError(
            "--pdf {pdf} cannot be written: there is no folder {parent}", pdf=pdf, parent=pdf.parent
        )
    inputs = [Path(story)] if 0 < len(story) < 1000 and "\0" not in story else []
    check_output(pdf, is_sealed, force=force, inputs=inputs)


def check_writable(
    option: str, path: Path | None, is_ours: Callable[[bytes], bool], *, force: bool = False
) -> None:
    """Refuse before minutes are spent what could not be written after them.

    Args:
        option: As the user wrote it, for the message.
        path: The file, or None where the option was not given.
        is_ours: Whether this program has written what a file holds.
        force: Whether a file may be replaced that this program has not written.

    Raises:
        InputError: Nothing can be written there.
    """
    if path is None:
        return
    folder = path.absolute().parent
    if path.is_dir():
        raise InputError("{option} {path} is a folder: name a file in it", option=option, path=path)
    if not folder.is_dir():
        raise InputError(
            "{option} {path} cannot be written: there is no folder {parent}",
            option=option,
            path=path,
            parent=path.parent,
        )
    if not os.access(folder, os.W_OK):
        raise InputError(
            "{option} {path} cannot be written: no permission in {parent}",
            option=option,
            path=path,
            parent=path.parent,
        )
    check_output(path, is_ours, force=force)
