"""Pictures of the user's own as takes: fitted to the frame, with a recipe that says what they are.

A picture fills the frame: it is scaled without distortion, and what is too much on two sides is cut
off evenly. The file itself is kept as it was in the project's ``originals``.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from storyboard.errors import InputError
from storyboard.files.pictures import open_picture, read_file
from storyboard.files.png import MAX_BYTES
from storyboard.project.originals import Originals
from storyboard.project.recipe import BoardContext, Recipe
from storyboard.project.recipe_file import embed
from storyboard.project.take_files import panel_of
from storyboard.values.aspect import parse_aspect
from storyboard.values.board import OWN, Storyboard, Take
from storyboard.values.reference import picture_hash
from storyboard.values.stages import StageTimes

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

__all__ = ["LONGEST_SIDE", "OwnPicture", "TakesKeeper", "add_own_picture", "read_own_picture"]

LONGEST_SIDE = 4096
"""Pixels of the longer side of a take: enough for a page in print."""

_SHORTEST_SIDE = 16  # pixels; less is a mishap, and no recipe could hold it
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")  # those that `open_picture` reads
_SUFFIXES = dict(zip(_FORMATS, (".png", ".jpg", ".webp", ".bmp", ".gif", ".tif"), strict=True))
_SUFFIXES["MPO"] = ".jpg"


class TakesKeeper(Protocol):
    """What a take is added to: `storyboard.project.project.Project`, or the window's document."""

    @property
    def folder(self) -> Path:
        """The project's folder."""
        ...

    @property
    def board(self) -> Storyboard:
        """The board that the panel is on."""
        ...

    def add_take(self, key: str, png: bytes, take: Take) -> Storyboard:
        """Put a picture on the board as a panel's newest take."""
        ...


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that fits the frame.

    Attributes:
        png: RGB, without metadata, in the shape of the frame.
        width, height: Pixels.
        original: The file that it was made from.
        suffix: The kind of that file, such as ".jpg".
        name: Its file name, for people.
        cut: How much of the picture was cut off, from 0 to 1.
    """

    png: bytes = field(repr=False)
    width: int
    height: int
    original: bytes = field(repr=False)
    suffix: str
    name: str
    cut: float


def read_own_picture(picture: Path | bytes, aspect: str, name: str = "") -> OwnPicture:
    """Read a picture and fit it to a frame.

    Args:
        picture: A file, or its bytes.
        aspect: Of the frame, for example "16:9".
        name: What messages and the recipe call it; the file's name if empty.

    Raises:
        InputError: Missing, not a picture, damaged, animated, too large or too small.
    """
    name = name or ("a pasted picture" if isinstance(picture, bytes) else picture.name)
    original = picture if isinstance(picture, bytes) else read_file(picture, name)
    image = open_picture(original, name, longest_side=LONGEST_SIDE)
    box = _largest(image.size, parse_aspect(aspect))
    fitted = image.crop(box)
    whole = image.width * image.height
    if min(fitted.size) < _SHORTEST_SIDE:
        size = f"{fitted.width}x{fitted.height}"
        raise InputError(
            "{name} fills the frame with only {size} pixels: use a larger picture",
            name=name,
            size=size,
        )
    out = io.BytesIO()
    fitted.save(out, "PNG")
    if out.tell() > MAX_BYTES // 2:  # noise at full size; room is left for the recipe
        half = (fitted.width // 2, fitted.height // 2)
        out = io.BytesIO()
        fitted = fitted.resize(half, Image.Resampling.LANCZOS)
        fitted.save(out, "PNG")
    kept = (box[2] - box[0]) * (box[3] - box[1])
    return OwnPicture(
        out.getvalue(), *fitted.size, original, _suffix(original), name, 1 - kept / whole
    )


def add_own_picture(project: TakesKeeper, key: str, own: OwnPicture, parent: str = "") -> Take:
    """Keep a picture's original, and put what fits the frame on the board as a take.

    Args:
        project: Where to.
        key: The panel's key.
        own: The picture.
        parent: File name of the take that it was made from, where it was.

    Returns:
        The take, with its file name.

    Raises:
        ProjectError: No such panel, or the disk refuses; then the board is as before.
    """
    _, panel = panel_of(project.board, key, project.folder)
    # 1. The original first: a take without it would promise what is not there.
    original = Originals(project.folder).add(own.original, own.suffix)

    # 2. The recipe says that nothing was drawn, and where the original is.
    remarks = [f"{own.name[:200]}, kept as originals/{original.name}"]
    if own.cut:
        remarks.append(f"{own.cut:.0%} cut off to fill the frame")
    recipe = Recipe(
        prompt="",
        negative_prompt="",
        seed=panel.seed,
        mode=OWN,
        steps=1,
        guidance_scale=0.0,
        width=own.width,
        height=own.height,
        identities=(),
        model="",
        model_hash="",
        device="",
        dtype="",
        versions=(),
        times=StageTimes(),
        remarks=tuple(remarks),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=picture_hash(own.original),
        board=BoardContext.of_panel(project.board, key),
        picture=(own.width, own.height),
        parent=parent,
    )

    # 3. The take.
    known = {take.file for take in panel.takes}
    board = project.add_take(key, embed(own.png, recipe), recipe.take())
    after = next(each for each in board.panels if each.key == key)
    return next(take for take in reversed(after.takes) if take.file not in known)


def _largest(size: tuple[int, int], ratio: Fraction) -> tuple[int, int, int, int]:
    """The largest box of a shape in the middle of a picture, in whole pixels."""
    width, height = size
    if width > height * ratio:
        wide, high = max(1, round(height * ratio)), height
    else:
        wide, high = width, max(1, round(width / ratio))
    wide, high = min(wide, width), min(high, height)
    left, top = (width - wide) // 2, (height - high) // 2
    return left, top, left + wide, top + high


def _suffix(data: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `open_picture` has looked at all that they warn of
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return _SUFFIXES.get(image.format or "", ".png")
