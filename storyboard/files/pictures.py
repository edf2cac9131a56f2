"""Pictures of strangers: whatever file a user brings becomes an RGB PNG, or a clear error."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from contextlib import suppress
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from storyboard.errors import InputError
from storyboard.files.regular_file import NotRegularError, read_regular
from storyboard.message import Message
from storyboard.values import bounds

__all__ = ["LONGEST_SIDE", "MAX_PIXELS", "open_picture", "read_file", "read_picture"]

MAX_PIXELS = bounds.PICTURE_PIXELS
"""More pixels than this are refused from the header, before anything is decoded."""

LONGEST_SIDE = 1024
"""Pixels of the longer side of a reference that are kept; the image encoder looks at 224."""

# JPEG opens MPO too, a phone's JPEG with a second picture inside.
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
_ORIENTATION = 0x0112  # of EXIF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BAND, _AROUND = 128, 8  # rows of a scaled picture
# Bytes a pixel that Pillow takes to decode: its own copy of four, and what the libraries behind it
# keep at the same time. Measured with pictures of 64 megapixels.
_BYTES_A_PIXEL = {"WEBP": 16, "TIFF": 8}
_KNOWN = "PNG, JPEG, WebP, BMP or TIFF"
# What Pillow's decoders raise on damaged files, besides OSError.
_DECODE_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    NotImplementedError,
    struct.error,
    zlib.error,
)


def read_picture(
    picture: Path | bytes,
    source: str = "",
    *,
    longest_side: int = LONGEST_SIDE,
    transparent: bool = False,
) -> bytes:
    """Read a picture as `open_picture` does, and return it as a PNG without metadata.

    Reading the result again returns the same bytes.

    Raises:
        InputError: As there.
    """
    out = io.BytesIO()
    found = open_picture(picture, source, longest_side=longest_side, transparent=transparent)
    found.save(out, "PNG")
    return out.getvalue()


def open_picture(
    picture: Path | bytes,
    source: str = "",
    *,
    longest_side: int = LONGEST_SIDE,
    transparent: bool = False,
) -> Image.Image:
    """Read a picture as RGB in memory.

    The camera's orientation is applied, transparency becomes white, and a larger picture is made
    smaller.

    Args:
        picture: A file, or the encoded bytes.
        source: What messages call it; the file's path if empty.
        longest_side: Pixels of the longer side that are kept.
        transparent: Keep transparency, as RGBA.

    Raises:
        InputError: Missing, not a picture, damaged, animated or too large.
    """
    source = source or (str(picture) if isinstance(picture, Path) else "the picture")
    data = read_file(picture, source) if isinstance(picture, Path) else picture
    with warnings.catch_warnings():
        # The limit below is stricter than Pillow's own, which would only warn; the other warnings
        # concern metadata that is thrown away.
        warnings.simplefilter("ignore")
        _check_packing(data, source)
        _check_chunks(data, source)
        _check_tags(data, source)
        _check_blocks(data, source)
        with _open(data, source) as image:
            _check(image, data, source)
            try:
                return _to_rgb(image, longest_side, transparent=transparent)
            except (*_DECODE_ERRORS, MemoryError):
                raise InputError(
                    "{source} is damaged or cut off: open it in an image editor and save it again",
                    source=source,
                ) from None


def read_file(path: Path, source: str) -> bytes:
    """Read what may be a picture, as it is, from a plain file of sensible size.

    Args:
        path: The file.
        source: What messages call it.

    Raises:
        InputError: Missing, no plain file, too large, or it cannot be read.
    """
    try:
        if path.is_dir():
            raise InputError(
                "{source} is a folder: name a picture file ({known})", source=source, known=_KNOWN
            )
        data = read_regular(path, bounds.PICTURE_BYTES)
    except NotRegularError:  # a pipe or a device would block, or never end
        raise InputError(
            "{source} is not a regular file: name a picture file ({known})",
            source=source,
            known=_KNOWN,
        ) from None
    except FileNotFoundError:
        raise InputError(
            "{source} does not exist: check the path of the picture", source=source
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            "{source} cannot be read ({reason}): check the path", source=source, reason=reason
        ) from None
    if len(data) > bounds.PICTURE_BYTES:
        raise InputError(
            "{source} is larger than {picture_bytes} MB: use a smaller copy",
            source=source,
            picture_bytes=bounds.PICTURE_BYTES // 1024**2,
        )
    return data


def _open(data: bytes, source: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        raise InputError(
            "{source} is not a picture this program reads: use {known}", source=source, known=_KNOWN
        ) from None
    except Image.DecompressionBombError:
        raise InputError(_too_large(source)) from None
    except _DECODE_ERRORS:
        raise InputError(
            "{source} is damaged: save it again as PNG or JPEG", source=source
        ) from None


def _check(image: Image.Image, data: bytes, source: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise InputError(
            "{too_large} (it is {width}x{height})",
            too_large=_too_large(source),
            width=width,
            height=height,
        )
    if max(width, height) > bounds.PICTURE_SIDE:
        raise InputError(
            "{source} is {width}x{height} pixels: cut it to a usual shape",
            source=source,
            width=width,
            height=height,
        )
    if width < 1 or height < 1:
        raise InputError("{source} has no pixels: use another picture", source=source)
    each = _BYTES_A_PIXEL.get(image.format or "", 4)
    if image.format in ("JPEG", "MPO"):
        scans = _scans(data, source)
        # Before more than one scan is there, libjpeg keeps every coefficient, in two bytes.
        each = 2 * len(image.getbands()) if scans > 1 else each
        if scans * width * height > bounds.JPEG_SCANNED:
            raise InputError(
                "{source} has {scans} scans: save it again as PNG", source=source, scans=scans
            )
    if len(data) + each * width * height > bounds.PICTURE_MEMORY:
        raise InputError(
            "{source} takes too much memory as {format} of {width}x{height} pixels: "
            "use a smaller copy, or save it as PNG",
            source=source,
            format=image.format,
            width=width,
            height=height,
        )
    try:
        # A phone's JPEG may hold a second picture for depth (MPO); that is no animation.
        animated = image.format != "MPO" and _has_second_frame(image)
    except _DECODE_ERRORS:
        raise InputError(
            "{source} is damaged: save it again as PNG or JPEG", source=source
        ) from None
    if animated:
        raise InputError(
            "{source} is animated or has several pages: save one frame as PNG", source=source
        )


def _has_second_frame(image: Image.Image) -> bool:
    """Whether there is a frame after the first; the others are not counted, there may be 10^7."""
    if image.format not in ("GIF", "TIFF"):  # the headers of the others say it
        return bool(getattr(image, "is_animated", False))
    try:
        image.seek(1)
    except EOFError:
        return False
    image.seek(0)
    return True


def _scans(data: bytes, source: str) -> int:
    """How often the whole picture of a JPEG is decoded; a scan takes a dozen bytes of the file.

    Raises:
        InputError: More scans or segments than any camera or program writes.
    """
    scans = data.count(b"\xff\xda")
    if scans > bounds.JPEG_SCANS:
        raise InputError(
            "{source} has more than {jpeg_scans} scans: save it again as PNG",
            source=source,
            jpeg_scans=bounds.JPEG_SCANS,
        )
    place, segments = 2, 0
    while data[place : place + 1] == b"\xff" and data[place : place + 2] != b"\xff\xda":
        segments += 1
        if segments > bounds.JPEG_SEGMENTS:
            raise InputError(_pieces(source))
        # A marker may be preceded by any number of 0xFF, each of which Pillow reads alone.
        filled = data[place + 1 : place + 2] == b"\xff"
        place += 1 if filled else 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return scans


def _check_packing(data: bytes, source: str) -> None:
    """Refuse what Pillow would read segment by segment, or byte by byte in Python."""
    if data.startswith(b"\xff\xd8"):
        _scans(data, source)
    packed = data.startswith(b"BM") and data[30:34] in (b"\1\0\0\0", b"\2\0\0\0")
    if packed and len(data) > bounds.BMP_PACKED:
        raise InputError("{source} is a BMP with run lengths: save it as PNG", source=source)


def _check_chunks(data: bytes, source: str) -> None:
    """Refuse a PNG of more chunks than any program writes, before Pillow reads each."""
    if not data.startswith(b"\x89PNG"):
        return
    place, chunks, notes = 8, 0, 0
    while place + 8 <= len(data):
        chunks, notes = chunks + 1, notes + (data[place + 4 : place + 8] != b"IDAT")
        if chunks > bounds.PANEL_CHUNKS or notes > bounds.PNG_NOTES:
            raise InputError(_pieces(source))
        place += 12 + int.from_bytes(data[place : place + 4], "big")


def _check_tags(data: bytes, source: str) -> None:
    """Refuse a TIFF of more tags than any camera writes, which Pillow would read one by one."""
    order = {b"II*\0": "<", b"MM\0*": ">", b"II+\0": "<", b"MM\0+": ">"}.get(data[:4])
    if order is None:
        return
    place, kind = (8, "Q") if b"+" in data[:4] else (4, "I")
    with suppress(struct.error):  # cut off, which Pillow says
        (directory,) = struct.unpack_from(order + kind, data, place)
        (tags,) = struct.unpack_from(order + ("Q" if kind == "Q" else "H"), data, directory)
        if tags > bounds.TIFF_TAGS:
            raise InputError(
                "{source} has {tags} tags: save it again as PNG", source=source, tags=tags
            )


def _check_blocks(data: bytes, source: str) -> None:
    """Refuse a GIF cut into more blocks than any program writes, before Pillow joins them.

    Source: GRAPHICS INTERCHANGE FORMAT(sm), Version 89a, CompuServe, sections 15 to 24.
    """
    if not data.startswith(b"GIF8"):
        return
    blocks, notes, frames = 0, 0, 0
    with suppress(IndexError):  # cut off, which Pillow says
        place = 13 + _table(data[10])
        while frames < 2 and data[place] in b"!,":
            note = data[place] == ord("!")
            frames += not note
            place += 2 if note else 11 + _table(data[place + 9])
            size = 1
            while size:
                size = data[place]
                place += size + 1
                blocks, notes = blocks + 1, notes + note
                if blocks > bounds.GIF_BLOCKS or notes > bounds.GIF_NOTES:
                    raise InputError(_pieces(source))


def _table(packed: int) -> int:
    """Bytes of the colours that follow a header of a GIF, from its packed field."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _pieces(source: str) -> Message:
    return Message(
        "{source} is made of too many pieces: save it again with another program",
        {"source": source},
    )


def _too_large(source: str) -> Message:
    return Message(
        "{source} has more than {most} megapixels: use a smaller copy",
        {"source": source, "most": MAX_PIXELS // 10**6},
    )


def _to_rgb(image: Image.Image, longest_side: int, *, transparent: bool) -> Image.Image:
    if image.format in ("JPEG", "MPO"):  # decoded at a half, a quarter or an eighth, as libjpeg can
        image.draft(None, (2 * longest_side, 2 * longest_side))
    image.load()
    turn = None
    with suppress(*_DECODE_ERRORS):  # cameras write wrong EXIF; the pixels are still good
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    picture = _scaled(image, longest_side)
    if turn is not None:
        picture = picture.transpose(turn)
    wanted = "RGBA" if transparent else "RGB"
    if not transparent and picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    if picture.mode != wanted:
        picture = picture.convert(wanted)
    picture.info = {}  # metadata would go on into whatever it is saved as
    return picture


def _scaled(image: Image.Image, longest_side: int) -> Image.Image:
    """The picture in a mode that can be scaled, at most so large.

    A large picture is converted and scaled band by band, so that there is never a second one of
    its size. Each band is made with some rows around it, which then go, so that no seam shows.
    """
    width, height = image.size
    share = longest_side / max(width, height)
    if share >= 1:
        return _plain(image)
    size = max(1, round(width * share)), max(1, round(height * share))
    step = height / size[1]
    out: Image.Image | None = None
    for top in range(0, size[1], _BAND):
        bottom = min(top + _BAND, size[1])
        first, last = max(top - _AROUND, 0), min(bottom + _AROUND, size[1])
        above, below = int(first * step), min(math.ceil(last * step), height)
        band = _plain(image.crop((0, above, width, below)))
        box = (0, first * step - above, width, min(last * step - above, band.height))
        band = band.resize(
            (size[0], last - first), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0
        )
        out = out or Image.new(band.mode, size)
        out.paste(band.crop((0, top - first, size[0], bottom - first)), (0, top))
    assert out is not None
    return out


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits a pixel; converting alone would clip them to white
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    # A palette cannot be scaled.
    return picture.convert("RGB") if picture.mode in ("P", "1") else picture
