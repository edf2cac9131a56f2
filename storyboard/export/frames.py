"""The pictures of a board, ready for the page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import ProjectError
from storyboard.export.annotated import annotated
from storyboard.export.clip_mark import with_clip_mark
from storyboard.export.page_words import page_words
from storyboard.files.png import read_png
from storyboard.files.regular_file import read_regular
from storyboard.values import bounds

if TYPE_CHECKING:
    from storyboard.export.options import MarksOf, PictureOf
    from storyboard.values.board import Storyboard, Take

__all__ = ["Frame", "Frames"]

_LOSSLESS_BYTES = 48 * 1024 * 1024
_JPEG_QUALITY = 93
_LONGEST_SIDE = 8192
_SAME_SHAPE = 0.03


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame shows: a picture (PNG or JPEG), or a label where there is none.

    Attributes:
        ratio: Width over height of the picture.
        shape: Width over height of the frame.
    """

    picture: bytes | None
    label: str = ""
    ratio: float = 1.0
    shape: float = 1.0

    def place(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Offsets and size of the picture in a frame of that size.

        A model rounds its sides, so a picture that is off by up to 3 % covers the frame; any other
        is shown whole.
        """
        wider = self.ratio > self.shape
        covers = abs(self.ratio / self.shape - 1) <= _SAME_SHAPE
        if wider == covers:  # the height decides
            size = (height * self.ratio, height)
        else:
            size = (width, width / self.ratio)
        return (width - size[0]) / 2, (height - size[1]) / 2, *size


class Frames:
    """Reads the shown takes of a board, each when its turn comes.

    Pictures go into the page without any loss while their pixels take up to 48 MB; a longer or
    larger board is kept mailable by JPEG at quality 93 with full colour resolution, whose loss
    cannot be seen on paper. Marks are drawn into them where `marks_of` is given, and `grey` takes
    the colours out.

    Attributes:
        language: Of the story.
    """

    def __init__(
        self,
        board: Storyboard,
        picture_of: PictureOf,
        marks_of: MarksOf | None = None,
        *,
        grey: bool = False,
    ) -> None:
        self._mode = "L" if grey else "RGB"
        self._takes = [panel.shown for panel in board.panels]
        self._picture_of, self._marks_of = picture_of, marks_of
        self.language = board.language
        self._words = page_words(board.language)
        self._lossless: bool | None = None

    def of(self, panel: int, shape: float) -> Frame:
        """The frame of a panel (index from 0) for a frame of that width over height."""
        if self._takes[panel] is None:
            return Frame(None, self._words.not_drawn)
        picture = self.picture(panel)
        if picture is None:
            return Frame(None, self._words.missing)
        if (take := self._takes[panel]) is not None and take.clip:
            picture = with_clip_mark(picture, take.clip.seconds)
        if self._lossless is None:
            size = picture.width * picture.height * 3
            self._lossless = size * len(self._takes) <= _LOSSLESS_BYTES
        out = io.BytesIO()
        if self._lossless:
            picture.save(out, "PNG", compress_level=1)
        else:
            picture.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        return Frame(out.getvalue(), "", picture.width / picture.height, shape)

    def picture(self, panel: int) -> Image.Image | None:
        """The picture of a panel (index from 0); None where there is none that is whole."""
        take = self._takes[panel]
        if take is None:
            return None
        try:
            data = read_png(self._picture_of(take))
            if self._marks_of is not None and (marks := self._marks_of(take)):
                data = annotated(data, marks)
            with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
                # No paper shows more, and a JPEG has at most 65,535 pixels a side.
                rgb = image.convert("RGB").convert(self._mode)
                if max(rgb.size) > _LONGEST_SIDE:
                    rgb.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                return rgb
        except (OSError, ProjectError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None

    def film(self, panel: int) -> tuple[bytes, Take] | None:
        """The film of a panel (index from 0) that shows a clip, and its take; None without."""
        take = self._takes[panel]
        if take is None or take.clip is None:
            return None
        try:
            file = self._picture_of(take).with_name(take.film)
            return read_regular(file, bounds.CLIP_BYTES), take
        except (OSError, ProjectError, ValueError):
            return None

    @staticmethod
    def place(picture: Image.Image, size: tuple[int, int]) -> tuple[float, float, float, float]:
        """Offsets and size of a picture in a frame of that size; see `Frame.place`."""
        frame = Frame(None, "", picture.width / picture.height, size[0] / size[1])
        return frame.place(*size)
