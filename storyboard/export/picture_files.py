"""How pictures are written for other programs: PNG, JPEG or WebP, and what they are called."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from PIL import Image

from storyboard.errors import InputError
from storyboard.export.picture_names import USUAL_PATTERN
from storyboard.files.output_file import SEAL, sealed

__all__ = ["PICTURE_KINDS", "USUAL_FILES", "PictureFiles", "PictureKind", "encoded"]

PictureKind: TypeAlias = Literal["png", "jpeg", "webp"]
PICTURE_KINDS: tuple[PictureKind, ...] = get_args(PictureKind)
_SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}
_LONGEST_SIDE = {"jpeg": 65_535, "webp": 16_383}


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """What is asked of the files.

    Attributes:
        kind: PNG has the very bytes of the take, recipe included; the others are smaller.
        quality: Of JPEG and WebP, 1 to 100; PNG loses nothing.
        names: The pattern of their names, see `picture_names`.
    """

    kind: PictureKind = "png"
    quality: int = 90
    names: str = USUAL_PATTERN

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= 100:
            raise InputError("a quality of {quality}: choose from 1 to 100", quality=self.quality)

    @property
    def suffix(self) -> str:
        """Of the files, with its dot."""
        return _SUFFIXES[self.kind]


USUAL_FILES = PictureFiles()


def encoded(png: bytes, files: PictureFiles) -> bytes:
    """A picture as JPEG or WebP, sealed, so that it is known as ours; a PNG as it is.

    Args:
        png: A whole PNG.
        files: What is asked for.

    Raises:
        InputError: It is larger than the kind can hold.
    """
    if files.kind == "png":
        return png
    out = io.BytesIO()
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        longest = _LONGEST_SIDE[files.kind]
        if max(image.size) > longest:
            raise InputError(
                "a picture of {width}x{height} is larger than {kind} can be ({longest} a side): "
                "write PNG",
                width=image.width,
                height=image.height,
                kind=files.kind.upper(),
                longest=f"{longest:,}",
            )
        picture = _on_white(image)
        if files.kind == "jpeg":
            picture.save(out, "JPEG", quality=files.quality, subsampling=0, comment=SEAL.encode())
        else:
            picture.save(out, "WEBP", quality=files.quality, method=4, xmp=SEAL.encode())
    return sealed(out.getvalue())


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG does not have and no panel should."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")
