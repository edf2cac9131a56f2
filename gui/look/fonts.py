"""The fonts that ship with the program, for systems that may have none for its languages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["add_fonts"]

_LEAST = 9.5  # points


def add_fonts(app: QApplication) -> None:
    """Use the program's own fonts, which cover all three languages, on Linux.

    macOS and Windows keep their own, which do so too.
    """
    if sys.platform in ("darwin", "win32"):
        return
    from storyboard.files.assets import find_asset

    for face in ("Regular", "Bold", "Italic"):
        path = find_asset("fonts", f"NotoSans-{face}.ttf")
        if path is None:
            return  # the system's fonts have to do
        QFontDatabase.addApplicationFont(str(path))
    font = app.font()
    font.setFamilies(["Noto Sans", *font.families()])
    font.setPointSizeF(max(font.pointSizeF(), _LEAST))
    app.setFont(font)
