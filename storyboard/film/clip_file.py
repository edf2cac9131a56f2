"""The file of a clip: written from frames, and read back to frames.

Where a program ffmpeg works on this machine it encodes H.264, which every player knows. Elsewhere
the film has JPEG pictures in QuickTime's boxes, which are those of MP4, and which need nothing to
be read back.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError, ProjectError
from storyboard.film.ffmpeg_program import encoder_here, mp4_film
from storyboard.film.quicktime import jpeg_frames, quicktime_film
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storyboard.values.frame_rate import FrameRate
    from storyboard.values.media import Clip

__all__ = ["clip_film", "frames_of", "smoothed"]

_JPEG_QUALITY = 95


def clip_film(frames: Iterable[bytes], size: tuple[int, int], rate: FrameRate) -> bytes:
    """The film of a clip.

    Args:
        frames: Pixels in RGB, row by row, without gaps.
        size: Width and height, even.
        rate: Frames a second.

    Raises:
        ProjectError: The program that encodes stopped in between.
    """
    try:
        encoder_here()
    except InputError:
        return quicktime_film([_jpeg(each, size) for each in frames], size, rate, "")
    return mp4_film(frames, size, rate)


def frames_of(film: bytes, clip: Clip, size: tuple[int, int]) -> Iterator[Image.Image]:
    """The frames of a clip, one by one, as RGB.

    Args:
        film: The file, which may be a stranger's.
        clip: What is known of it: no more frames than it says are read.
        size: Width and height that the frames are wanted in.

    Raises:
        InputError: It cannot be read here; says what to do.
    """
    pictures = jpeg_frames(film, clip.frames)
    if pictures is not None:
        yield from _from_jpeg(pictures, size)
        return
    program = shutil.which("ffmpeg")
    if program is None:
        raise InputError(
            "a clip needs the program ffmpeg to be played here: install it (on macOS: brew install"
            " ffmpeg)"
        )
    read = 0
    for frame in _decoded(program, film, clip.frames, size):
        yield Image.frombytes("RGB", size, frame)
        read += 1
    if not read:
        raise InputError("the clip is damaged: it cannot be played")


def smoothed(
    frames: Sequence[bytes], size: tuple[int, int], rate: FrameRate, times: int
) -> list[bytes]:
    """Frames with others between them, along the motion that is seen in them.

    FFmpeg's filter minterpolate estimates the motion of blocks and blends where it fails. On one
    core a new frame of 832x480 took 0.7 s, and one of 320x180 0.1 s.

    Args:
        frames: Pixels in RGB, row by row, without gaps.
        size: Width and height.
        rate: Frames a second, before.
        times: How many frames become of one; the last one has none behind it.

    Raises:
        InputError: The program ffmpeg is not here; says what to do.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise InputError(
            "interpolation needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or"
            " leave it out"
        )
    wanted = (len(frames) - 1) * times + 1
    if wanted < 2 or times == 1:
        return list(frames)
    before, after = rate.exact, rate.exact * times
    # The filter looks two frames ahead, and ends where it cannot: the last frame is given thrice.
    raw = b"".join((*frames, frames[-1], frames[-1]))
    words = [
        *(program, "-v", "quiet", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{size[0]}x{size[1]}", "-r", f"{before.numerator}/{before.denominator}"),
        *("-i", "pipe:0", "-vf"),
        f"minterpolate=fps={after.numerator}/{after.denominator}:mi_mode=mci:scd=none",
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"),
    ]
    done = subprocess.run(words, input=raw, capture_output=True, check=False).stdout
    length = size[0] * size[1] * 3
    made = [done[start : start + length] for start in range(0, len(done), length)][:wanted]
    if len(made) < wanted or len(made[-1]) < length:
        raise ProjectError("{program} could not interpolate the clip", program=program)
    made[::times] = frames  # those that were drawn stay as they are
    return made


def _decoded(program: str, film: bytes, frames: int, size: tuple[int, int]) -> Iterator[bytes]:
    """Pixels of each frame, as another process decodes them; none where it cannot."""
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        file = Path(folder) / "clip.mp4"
        file.write_bytes(film)
        # Nothing but this file is opened, whatever it names.
        words = [
            *(program, "-v", "quiet", "-max_pixels", str(bounds.PANEL_PIXELS)),
            *("-protocol_whitelist", "file,pipe", "-f", "mov"),
            *("-i", str(file), "-an", "-frames:v", str(frames)),
            *("-vf", f"scale={size[0]}:{size[1]}:flags=lanczos", "-fps_mode", "passthrough"),
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"),
        ]
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise ProjectError(
                "cannot run {program}: {error}", program=program, error=error
            ) from None
        with process:
            try:
                assert process.stdout is not None  # it was asked for
                length = size[0] * size[1] * 3
                while len(frame := process.stdout.read(length)) == length:
                    yield frame
            finally:
                process.kill()  # nothing where it has ended by itself


def _from_jpeg(pictures: Iterable[bytes], size: tuple[int, int]) -> Iterator[Image.Image]:
    """Frames that are pictures themselves."""
    for picture in pictures:
        try:
            with Image.open(io.BytesIO(picture), formats=["JPEG"]) as opened:
                if opened.width * opened.height > bounds.PANEL_PIXELS:
                    raise InputError("the clip is larger than any that is made here")
                frame = opened.convert("RGB")
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            raise InputError("the clip is damaged: it cannot be played") from None
        yield frame if frame.size == size else frame.resize(size, Image.Resampling.LANCZOS)


def _jpeg(pixels: bytes, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", size, pixels).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()
