"""Whether a picture has the shape of the board's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImageReader

from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["has_shape"]

# As a share of the ratio: models round the sides of a frame, and so its shape by less than this;
# the frames that are offered differ by more.
_SAME_SHAPE = 0.03


def has_shape(picture: Path, aspect: str) -> bool:
    """Whether a picture is one that is drawn for the frame; one that cannot be read counts so."""
    size = QImageReader(str(picture)).size()
    if not size.isValid() or size.isEmpty():
        return True
    return abs(size.width() / size.height() / aspect_ratio(aspect) - 1) < _SAME_SHAPE
