"""H.264 and others by the program ffmpeg of the system: another process, fed with raw frames.

The packages that bring FFmpeg's libraries along (PyAV, imageio-ffmpeg) bring x264 and x265 too,
which are under the GPL; so none of them is installed with this program.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic
from storyboard.files.system_program import printed_by
from storyboard.sound.samples import as_wave
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from storyboard.values.frame_rate import FrameRate

__all__ = ["CODECS", "encoder_here", "mp4_film"]

# Whatever its name promises, an encoder counts only once it has encoded: a build may name the GPU
# of a machine that has none.
# Those of a Mac's media engine come first: they cost next to no processor.
_ENCODERS: dict[str, dict[str, tuple[str, ...]]] = {
    "h264": {
        "h264_videotoolbox": ("-q:v", "65"),
        "libx264": ("-crf", "18", "-preset", "medium"),
        "libopenh264": ("-b:v", "8M"),
        "mpeg4": ("-q:v", "3"),
    },
    # Apple's players take HEVC only where it is called hvc1.
    "hevc": {
        "hevc_videotoolbox": ("-q:v", "60", "-tag:v", "hvc1"),
        "libx265": ("-crf", "21", "-preset", "medium", "-tag:v", "hvc1"),
    },
    "prores": {
        "prores_videotoolbox": ("-profile:v", "standard"),
        "prores_ks": ("-profile:v", "2", "-vendor", "apl0"),
    },
}
CODECS = tuple(_ENCODERS)
"""By the names that people know."""
_DEEP = ("prores",)
"""Codecs that keep ten bits of a colour, and twice as much of it."""
_TRIAL_SECONDS = 20
_CHUNK = 1 << 16


def mp4_film(
    frames: Iterable[bytes],
    size: tuple[int, int],
    rate: FrameRate,
    title: str = "",
    comment: str = "",
    sound: NDArray[np.int16] | None = None,
    *,
    codec: str = "h264",
    bit_rate: int = 0,
) -> bytes:
    """The film as an MP4, of ProRes as a QuickTime film.

    Args:
        frames: Pixels in RGB, row by row, without gaps.
        size: Width and height, even.
        rate: Frames a second.
        title: In its metadata.
        comment: Likewise.
        sound: Of shape (frames, 2) at `storyboard.sound.samples.RATE`; None for a silent film.
        codec: One of `CODECS`.
        bit_rate: Bits a second; 0 is what the quality needs. ProRes has its own.

    Raises:
        InputError: The program is not installed, or cannot encode; says what to do.
        ProjectError: It stopped in between.
    """
    program, encoder = encoder_here(codec)
    how = _ENCODERS[codec][encoder]
    if bit_rate and codec not in _DEEP:
        tag = ("-tag:v", "hvc1") if "hvc1" in how else ()
        how = ("-b:v", str(bit_rate), "-maxrate", str(2 * bit_rate), *tag)
        how += ("-bufsize", str(2 * bit_rate))
    how = ("-c:v", encoder, *how, "-pix_fmt", _pixels(codec))
    try:
        return _encoded(program, how, frames, size, rate, title, comment, sound)
    except OSError as error:
        raise ProjectError(
            "cannot write the film: {reason}", reason=atomic.describe(error)
        ) from None


def _encoded(
    program: str,
    how: tuple[str, ...],
    frames: Iterable[bytes],
    size: tuple[int, int],
    rate: FrameRate,
    title: str,
    comment: str,
    sound: NDArray[np.int16] | None,
) -> bytes:
    with (
        tempfile.TemporaryDirectory(prefix="storyboard-") as folder,
        tempfile.TemporaryFile() as said,
    ):
        name = "film.mov" if any(each.startswith("prores") for each in how) else "film.mp4"
        out, heard = Path(folder) / name, Path(folder) / "sound.wav"
        if sound is not None:
            heard.write_bytes(as_wave(sound))
        words = [
            *(program, "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
            *("-s", f"{size[0]}x{size[1]}"),
            *("-r", f"{rate.exact.numerator}/{rate.exact.denominator}", "-i", "pipe:0"),
            *(() if sound is None else ("-i", str(heard), "-c:a", "aac", "-b:a", "192k")),
            *("-vf", "scale=out_color_matrix=bt709:out_range=tv"),
            *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
            *how,
            *("-video_track_timescale", str(_timescale(rate)), "-movflags", "+faststart"),
            *(("-metadata", f"title={one_line(title)}") if title else ()),
            *(("-metadata", f"comment={comment}") if comment else ()),
            *("-fflags", "+bitexact", str(out)),
        ]
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            assert process.stdin is not None  # it was asked for
            with process.stdin as pipe:
                for frame in frames:
                    pipe.write(frame)
        except BrokenPipeError:
            pass  # what it said comes below
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            said.seek(0)
            reason = one_line(said.read(_CHUNK).decode("utf-8", "replace"), 300)
            raise ProjectError(
                "{program} could not write the film: {reason}",
                program=program,
                reason=reason or "it said nothing",
            )
        return out.read_bytes()


def _pixels(codec: str) -> str:
    return "yuv422p10le" if codec in _DEEP else "yuv420p"


@cache
def encoder_here(codec: str = "h264") -> tuple[str, str]:
    """The program, and the first of its encoders that works on this machine.

    Args:
        codec: One of `CODECS`.

    Raises:
        InputError: There is none.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise InputError(
            "an MP4 needs the program ffmpeg: install it (on macOS: brew install ffmpeg), or "
            "choose --as mov, gif or webp, which need nothing"
        )
    for encoder in _ENCODERS[codec]:
        words = [
            *(program, "-v", "error", "-f", "lavfi", "-i", "color=size=320x180:rate=24"),
            *("-frames:v", "3", "-c:v", encoder, "-pix_fmt", _pixels(codec), "-f", "null", "-"),
        ]
        if printed_by(words, _TRIAL_SECONDS) is not None:
            return program, encoder
    if codec != "h264":
        raise InputError(
            "{program} has no encoder for {codec} that works here: install another build, or leave"
            " --codec out",
            program=program,
            codec=codec,
        )
    raise InputError(
        "{program} has no encoder for MP4 that works here: install another build, or choose "
        "--as mov, gif or webp",
        program=program,
    )


def _timescale(rate: FrameRate) -> int:
    """Units a second in which every frame begins on a whole one, and which players are used to."""
    scale = rate.exact.numerator
    return scale if scale >= 1000 else scale * 1000
