from __future__ import annotations

import io
import os
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from storyboard.errors import InputError
from storyboard.files import pictures
from storyboard.files.pictures import LONGEST_SIDE, read_picture
from storyboard.values import bounds
from tests.boards import a_picture

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = a_picture(40, 30)


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decode(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["PNG"])


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


MODES = {
    "PNG": ("RGB", "L", "P", "1", "RGBA"),
    "BMP": ("RGB", "L", "P", "1", "RGBA"),
    "TIFF": ("RGB", "L", "P", "1", "RGBA", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "JPEG": ("RGB", "L", "CMYK"),
    "GIF": ("RGB", "L", "P", "1", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(k, m) for k, modes in MODES.items() for m in modes])
def test_every_usual_picture_becomes_a_small_rgb_png(kind: str, mode: str) -> None:
    data = encode(Image.new("RGB", (30, 20), (200, 200, 200)).convert(mode), kind)
    picture = decode(read_picture(data))
    assert (picture.mode, picture.size) == ("RGB", (30, 20))
    if mode != "1":
        assert all(abs(part - 200) < 6 for part in colour(picture, 3, 3))


def test_the_second_picture_in_a_phones_jpeg_is_no_animation() -> None:
    image = Image.new("RGB", (30, 20), "red")
    data = encode(image, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])
    assert colour(decode(read_picture(data)), 3, 3)[0] > 250


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    once = read_picture(encode(Image.effect_noise((1500, 700), 50), "PNG"))
    assert decode(once).size == (1024, 478)
    assert read_picture(once) == once
    (tmp_path / "a.png").write_bytes(once)
    assert read_picture(tmp_path / "a.png") == once


def test_sixteen_bits_are_scaled_and_not_clipped() -> None:
    data = encode(Image.new("I;16", (8, 8), 0x8000), "PNG")
    assert colour(decode(read_picture(data)), 2, 2) == (128, 128, 128)


def test_transparent_becomes_white() -> None:
    data = encode(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert colour(decode(read_picture(data)), 2, 2) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_stands_as_the_camera_was_held(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn 90 degrees clockwise
    image = Image.new("RGB", (2000, 1000), "black")
    image.paste("white", (0, 0, 1000, 1000))
    picture = decode(read_picture(encode(image, kind, exif=exif)))
    assert picture.size == (LONGEST_SIDE // 2, LONGEST_SIDE)
    assert min(colour(picture, 200, 100)) > 250
    assert max(colour(picture, 200, 900)) < 5


def test_nothing_but_pixels_is_kept() -> None:
    image = Image.new("RGB", (8, 8))
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    data = read_picture(encode(image, "JPEG", exif=exif, comment=b"secret"))
    assert decode(data).info == {}
    assert b"where I live" not in data


def test_a_file_that_is_no_picture_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "empty.png").touch()
    os.mkfifo(tmp_path / "pipe.png")
    for name, message in {
        "gone.png": "does not exist",
        "text.png": "is not a picture this program reads: use PNG",
        "empty.png": "is not a picture this program reads",
        "pipe.png": "is not a regular file",
        ".": "is a folder: name a picture file",
        "a\0b": "cannot be read|does not exist",
    }.items():
        with pytest.raises(InputError, match=message) as caught:
            read_picture(tmp_path / name)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "TIFF"])
def test_a_cut_picture_is_refused(kind: str) -> None:
    data = encode(Image.effect_noise((200, 200), 60).convert("RGB"), kind)
    with pytest.raises(InputError, match="Anna"):
        read_picture(data[: len(data) // 2], "Anna.png")


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_an_animation_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (9, 9), (shade, 0, 0)) for shade in (0, 90, 250)]
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:])
    with pytest.raises(InputError, match="animated or has several pages"):
        read_picture(data)


def _bomb(width: int, height: int) -> bytes:
    """A PNG that claims to be so large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 99))
    return data + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8001, 8000), (60_000, 60_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_from_its_header(width: int, height: int) -> None:
    with pytest.raises(InputError, match="more than 64 megapixels"):
        read_picture(_bomb(width, height))


@pytest.mark.parametrize(("width", "height"), [(1, 60_000_000), (70_000, 300)])
def test_a_picture_of_very_many_rows_is_refused(width: int, height: int) -> None:
    with pytest.raises(InputError, match=f"is {width}x{height} pixels: cut it"):
        read_picture(_bomb(width, height))


@settings(max_examples=150)
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"]).map(
        lambda kind: encode(decode(PLAIN), kind)
    ),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
)
def test_a_damaged_picture_is_read_or_refused(data: bytes, damage: list[tuple[float, int]]) -> None:
    broken = bytearray(data)
    for where, value in damage:
        broken[int(where * (len(broken) - 1))] = value
    try:
        picture = read_picture(bytes(broken))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert max(decode(picture).size) <= LONGEST_SIDE


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_picture(data)


def test_the_frames_and_the_scans_of_a_picture_are_not_walked_through() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "GIF")
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    with pytest.raises(InputError, match="animated"):
        read_picture(out.getvalue()[:-1] + frame * 100_000 + b";", "many.gif")
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    scan = data[data.rfind(b"\xff\xda") : -2]
    assert read_picture(data)
    with pytest.raises(InputError, match="scans"):
        read_picture(data[:-2] + scan * 200 + data[-2:], "many.jpg")


def _gif(notes: bytes = b"", rest: bytes = b"") -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + notes + frame + rest + b";"


def _tiff(tags: int) -> bytes:
    fields = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    fields += [(273, 4, 1, 4), (277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 1)]
    fields += [(40_000 + number, 4, 1, 0) for number in range(tags - len(fields))]
    packed = b"".join(struct.pack("<HHII", *each) for each in fields)
    return b"II*\0" + struct.pack("<IH", 8, tags) + packed + bytes(4)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (_gif(b"!\xfe\x01a\0" * 20_000), "too many pieces"),
        (_gif(b"!\xfe" + b"\x01a" * 20_000 + b"\0"), "too many pieces"),
        (_gif(rest=b"!\xfe\x01a\0" * 20_000), "too many pieces"),
        (_tiff(5_000), "5000 tags"),
        (PLAIN[:33] + (struct.pack(">I", 0) + b"abCd" + bytes(4)) * 5_000 + PLAIN[33:], "pieces"),
        (b"\xff\xd8" + b"\xff\xe1\0\2" * 5_000, "pieces"),
        (b"\xff\xd8" + b"\xff" * 5_000, "pieces"),
    ],
)
def test_a_picture_of_too_many_pieces_never_reaches_the_decoder(
    picture: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_picture(_gif(b"!\xfe\x01a\0"))
    assert read_picture(_tiff(60))
    monkeypatch.delattr(Image, "open")
    with pytest.raises(InputError, match=said):
        read_picture(picture)


def test_what_takes_too_much_memory_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = Image.new("RGB", (100, 100))
    monkeypatch.setattr(bounds, "PICTURE_MEMORY", 100 * 100 * 4 + 4000)
    for kind in ("PNG", "JPEG", "GIF"):
        assert read_picture(encode(image, kind))
    for data in (
        encode(image, "WEBP"),
        encode(image, "TIFF", compression="tiff_deflate"),
        encode(image, "JPEG", progressive=True),
    ):
        with pytest.raises(InputError, match=r"takes too much memory as .* of 100x100 pixels"):
            read_picture(data)


def test_scans_count_for_more_in_a_large_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    image = Image.new("RGB", (100, 100))
    monkeypatch.setattr(bounds, "JPEG_SCANNED", 5 * 100 * 100)
    assert read_picture(encode(image, "JPEG"))
    with pytest.raises(InputError, match="scans"):
        read_picture(encode(image, "JPEG", progressive=True))


def test_a_long_bmp_with_run_lengths_is_not_unpacked() -> None:
    head = b"BM" + bytes(12) + struct.pack("<IiiHHII", 40, 8000, 8000, 1, 8, 1, 0) + bytes(16)
    with pytest.raises(InputError, match="run lengths"):
        read_picture(head + b"\1\0" * 600_000)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "I;16"])
def test_a_large_picture_is_scaled_in_bands_without_seams(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    plain = pictures._plain

    def watched(picture: Image.Image) -> Image.Image:
        seen.append(picture.height)
        return plain(picture)

    monkeypatch.setattr(pictures, "_plain", watched)
    noise = Image.effect_noise((700, 3000), 90)
    data = encode(noise.convert(mode.replace(";16", "")).convert(mode), "PNG")
    banded = decode(read_picture(data))
    assert max(seen) < 600
    monkeypatch.setattr(pictures, "_BAND", 10_000)
    whole = decode(read_picture(data))
    assert banded.size == whole.size == (239, 1024)
    apart = ImageChops.difference(banded, whole)
    assert max(high for _, high in ImageStat.Stat(apart).extrema) <= 16
