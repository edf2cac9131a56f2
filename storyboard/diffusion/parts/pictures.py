"""Pictures as bytes: reference pictures on their way in, panels on their way out."""

from __future__ import annotations

import io
import warnings
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.values import bounds
from storyboard.values.aspect import cut_size, parse_aspect
from storyboard.values.media import Media

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = [
    "MAX_PIXELS",
    "check_picture",
    "cut_to",
    "encode_png",
    "fitted",
    "largest_difference",
    "open_reference",
    "opened_png",
    "picture_media",
    "picture_size",
]

MAX_PIXELS = bounds.PICTURE_PIXELS
"""A reference picture may have this many pixels; a larger one is a mistake or an attack."""


_LEAST_SIDE = 64
"""Pixels of a picture below which there is nothing to be seen in it."""
_ORIENTATION, _LAST_UPRIGHT = 0x0112, 4
"""Of EXIF: beyond that value, width and height change places."""


def open_reference(data: bytes, character: str) -> Image.Image:
    """Decode a reference picture to RGB, upright, transparency on white.

    Args:
        data: PNG, JPEG or another format that Pillow reads.
        character: Whose picture it is, for the message.

    Raises:
        InputError: If it is no picture, damaged, or has more than `MAX_PIXELS`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise InputError(_too_large(character))
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(_too_large(character)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InputError(
            "a reference picture of {character} cannot be read ({error}): give a PNG or JPEG file",
            character=character,
            error=error,
        ) from error
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("RGB")


def picture_size(data: bytes, what: str) -> tuple[int, int]:
    """Width and height of an encoded picture, upright; its pixels are not decoded.

    Raises:
        InputError: It is no picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                turned = picture.getexif().get(_ORIENTATION, 1) > _LAST_UPRIGHT
                return picture.size[::-1] if turned else picture.size
    except (
        Image.DecompressionBombError,
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise InputError(
            "{what} cannot be read ({error}): give a PNG or JPEG file", what=what, error=error
        ) from error


def check_picture(request: PanelRequest, sha: str, what: str) -> tuple[int, int]:
    """Width and height of a picture that a request names.

    Args:
        request: The panel.
        sha: The picture's hash.
        what: How to call it in a message.

    Raises:
        InputError: It is missing, is none, or is too small for anything to be seen in it.
    """
    try:
        width, height = picture_size(request.picture(sha), what)
    except KeyError:
        raise InputError("{what} is missing from the request", what=what) from None
    if min(width, height) < _LEAST_SIDE:
        raise InputError(
            "{what} has {width}x{height} pixels: give one of at least {least} a side",
            what=what,
            width=width,
            height=height,
            least=_LEAST_SIDE,
        )
    return width, height


def fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    """A panel's picture on a frame of a model's size.

    A picture was cut to the board's shape after it was drawn: what was cut off is filled with its
    edge, so that all of it keeps its place and its pixels. Any other picture is scaled.
    """
    wide, high = width - picture.width, height - picture.height
    if not (0 <= wide < width // 4 and 0 <= high < height // 4):
        return picture.resize((width, height), Image.Resampling.LANCZOS)
    left, top = wide // 2, high // 2
    around = ((top, high - top), (left, wide - left), (0, 0))
    return Image.fromarray(np.pad(np.asarray(picture), around, mode="edge"))


def cut_to(picture: Image.Image, aspect: str) -> Image.Image:
    """The middle of a picture in exactly that shape, such as "2.39:1"; all of it for an empty one.

    Raises:
        InputError: The aspect is none.
    """
    if not aspect:
        return picture
    width, height = cut_size(*picture.size, parse_aspect(aspect))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def encode_png(picture: Image.Image) -> bytes:
    """PNG bytes without any text chunk."""
    stream = io.BytesIO()
    # Drawn pictures repeat themselves only where they are flat. Looking for nothing but runs takes
    # a fifth of the default's time on the starter's panels, and the file is no larger.
    picture.save(stream, "PNG", compress_level=1, compress_type=zlib.Z_RLE)
    return stream.getvalue()


def opened_png(png: bytes) -> Image.Image:
    """The pixels of a picture of our own, as RGB."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB")


def picture_media(picture: Image.Image, aspect: str) -> Media:
    """A drawn picture as what a model hands over.

    Args:
        picture: RGB, as drawn.
        aspect: Of the request: what it is cut to; empty keeps all of it.
    """
    cut = cut_to(picture, aspect)
    return Media(encode_png(cut), cut.width, cut.height)


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    """How far the colours of two RGB pictures of one size lie apart at most, 0..255."""
    extrema = ImageChops.difference(one, other).getextrema()
    return max(int(high) for _, high in extrema)  # type: ignore[misc]  # RGB: a pair a channel


def _too_large(character: str) -> Message:
    return Message(
        "a reference picture of {character} has more than {most} million pixels: make it smaller",
        {"character": character, "most": MAX_PIXELS // 10**6},
    )
