"""A cut that an editor has changed, read back: OpenTimelineIO, FCP7 XML, FCPXML and EDL.

Whatever the format, what is wanted is little: which clips lie in the picture tracks, in which
order, for how many frames.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from storyboard.errors import InputError
from storyboard.files.plain_xml import check_xml
from storyboard.message import Message
from storyboard.planning.cut_clip import CutClip, file_name, is_length
from storyboard.planning.fcp7_clips import fcp7_clips
from storyboard.planning.otio_clips import otio_clips
from storyboard.planning.returning import Returned, sent_out
from storyboard.terminal import one_line
from storyboard.values.bounds import CUT_BYTES, EDL_BYTES, XML_ELEMENTS
from storyboard.values.cut import CLIP_KEY, cut_of
from storyboard.values.editing import MAX_PANELS
from storyboard.values.frame_rate import FrameRate, nearest_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.values.board import Panel, Storyboard

__all__ = ["is_cut", "read_cut", "returned_clips"]

_EVENT = re.compile(rb"^\s*(TITLE:|\d{3,6}\s+\S+\s+\S+\s+\S+\s)", re.MULTILINE)
_FCPX_CLIPS = {"clip", "asset-clip", "video", "ref-clip", "sync-clip", "mc-clip"}
# What the adapters meet damage with.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RecursionError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError),
)


def is_cut(data: bytes) -> bool:
    """Whether a file may be a cut; else it may be a table."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK"):
        return b"content.otio" in data[:65536] or b"content.otio" in data[-65536:]
    return start.startswith((b"{", b"<")) or _EVENT.search(start) is not None


def read_cut(data: bytes, name: str, rate: FrameRate) -> tuple[CutClip, ...]:
    """The clips of the picture tracks, in the order in which they are seen.

    Args:
        data: OTIO, OTIOZ, XML of Final Cut Pro 7 or X, or an EDL.
        name: What messages call the file.
        rate: Of an EDL, which does not say its own.

    Raises:
        InputError: It is none of these, is damaged, or has no clips; one line.
    """
    if len(data) > CUT_BYTES:
        raise InputError(
            "{name} has more than {cut_bytes} bytes: export the sequence alone",
            name=name,
            cut_bytes=f"{CUT_BYTES:,}",
        )
    try:
        clips = tuple(islice(_clips_in(data, rate), MAX_PANELS + 1))
    except InputError as error:
        raise InputError("{name} {error}", name=name, error=error) from None
    except _DAMAGE as error:
        reason = one_line(str(error), 100) or type(error).__name__
        raise InputError(
            "{name} is no cut that can be read ({reason}): export it again as OTIO, XML or EDL",
            name=name,
            reason=reason,
        ) from None
    if not clips:
        raise InputError("{name} has no clip in its picture tracks", name=name)
    if len(clips) > MAX_PANELS:
        raise InputError(
            "{name} has more than {max_panels} clips, and a board at most as many panels",
            name=name,
            max_panels=MAX_PANELS,
        )
    return clips


def returned_clips(
    clips: tuple[CutClip, ...], board: Storyboard, keys: frozenset[str] | None = None
) -> tuple[Returned, ...]:
    """What the clips say of the board's panels: only durations, and by their order the rest.

    Args:
        clips: Of the cut.
        board: The board.
        keys: The panels that were sent out; all of them if None.
    """
    find = _finder(board)
    panels = [find(clip) for clip in clips]
    back = {each.key for each in panels if each is not None}
    keys = frozenset(each.key for each in sent_out(board, keys, back))
    sent = {
        rate: {each.panel.key: each.frames for each in cut_of(board, rate, keys).clips}
        for rate in {each.rate for each in clips}
    }
    found: list[Returned] = []
    for clip, panel in zip(clips, panels, strict=True):
        seconds = round(float(clip.rate.seconds(clip.frames)), 4)
        if panel is None:
            found.append(Returned("", name=one_line(clip.name, 60), duration=seconds))
        elif sent[clip.rate].get(panel.key) == clip.frames:
            found.append(Returned(panel.key))
        else:
            found.append(_retimed(panel, seconds))
    return tuple(found)


def _retimed(panel: Panel, seconds: float) -> Returned:
    shot = replace(panel.shot, duration=seconds)
    lengths = {"before": f"{panel.shot.duration:g}", "after": f"{seconds:g}"}
    return Returned(panel.key, shot, words=(Message("{before} s -> {after} s", lengths),))


def _finder(board: Storyboard) -> Callable[[CutClip], Panel | None]:
    """From a clip to its panel: by the key in it, by its name, else by its picture."""
    by_key = {each.key: each for each in board.panels}
    by_file = {take.file: each for each in board.panels for take in each.takes}

    def find(clip: CutClip) -> Panel | None:
        if clip.key in by_key:
            return by_key[clip.key]
        named = CLIP_KEY.search(clip.name)
        if named and named[1] in by_key:
            return by_key[named[1]]
        return by_file.get(clip.media) or by_file.get(clip.name)

    return find


def _clips_in(data: bytes, rate: FrameRate) -> Iterator[CutClip]:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK"):
        yield from otio_clips(_bundled(data))
    elif start.startswith(b"{"):
        yield from otio_clips(data.decode("utf-8-sig"))
    elif start.startswith(b"<"):
        root, _ = check_xml(data, XML_ELEMENTS)
        if root == "fcpxml":
            yield from _spine(data)
        elif root == "xmeml":
            yield from fcp7_clips(data)
        else:
            raise InputError(
                "is XML, but no cut of Final Cut Pro: it begins with {root}", root=repr(root[:40])
            )
    elif len(data) > EDL_BYTES:
        raise InputError(
            "has more than {edl_bytes} bytes: an EDL of 999 events has 100,000",
            edl_bytes=f"{EDL_BYTES:,}",
        )
    else:
        yield from _events(data.decode("utf-8-sig", "replace"), rate)


def _bundled(data: bytes) -> str:
    """The timeline of an OTIOZ; nothing of the archive is unpacked to the disk."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo("content.otio")
        if member.file_size > CUT_BYTES:
            raise InputError(
                "holds a timeline of more than {cut_bytes} bytes", cut_bytes=f"{CUT_BYTES:,}"
            )
        with archive.open(member) as file:
            return file.read(CUT_BYTES).decode("utf-8")


def _events(text: str, rate: FrameRate) -> Iterator[CutClip]:
    """The clips of an EDL, as OpenTimelineIO's adapter finds them, which is Python."""
    import opentimelineio as otio

    try:
        found = otio.adapters.read_from_string(text, "cmx_3600", rate=float(rate.exact))
    except otio.exceptions.OTIOError as error:
        raise ValueError(str(error)) from None
    timelines = (
        [found]
        if isinstance(found, otio.schema.Timeline)
        else [each for each in found if isinstance(each, otio.schema.Timeline)]
    )
    if not timelines:
        return
    timeline = timelines[0]
    video = otio.schema.TrackKind.Video
    placed = []
    for layer, track in enumerate(timeline.tracks):
        if track.kind != video:
            continue
        for clip in track.find_clips():
            trimmed = clip.trimmed_range()
            seen = clip.transformed_time_range(trimmed, timeline.tracks)
            placed.append((seen.start_time.to_seconds(), layer, trimmed.duration, clip))
    for _, _, duration, clip in sorted(placed, key=lambda each: each[:2]):
        rate = nearest_rate(duration.rate)
        frames = round(duration.value)
        if is_length(frames, rate):
            media = str(getattr(clip.media_reference, "target_url", "") or "")
            yield CutClip(str(clip.name), "", file_name(media), frames, rate)


def _spine(data: bytes) -> Iterator[CutClip]:
    """The clips of an FCPXML's first sequence.

    The adapter reads every rate as a whole number of frames a second, so 23.976 as 23; the times
    themselves are exact fractions of seconds.
    """
    root = ElementTree.fromstring(data)
    sequence = root.find(".//sequence")
    spine = None if sequence is None else sequence.find("spine")
    if sequence is None or spine is None:
        return
    formats = {each.get("id"): each.get("frameDuration", "") for each in root.iter("format")}
    media = {each.get("id"): _source(each) for each in root.iter("asset")}
    frame = _time(formats.get(sequence.get("format")) or "1/24s")
    rate = nearest_rate(float(1 / frame))
    for clip in spine:
        if clip.tag not in _FCPX_CLIPS:
            continue
        reference = clip if clip.get("ref") else clip.find("video")
        file = "" if reference is None else media.get(reference.get("ref"), "")
        frames = rate.frames(_time(clip.get("duration", "0s")))
        if is_length(frames, rate):
            yield CutClip(clip.get("name", ""), "", file_name(file), frames, rate)


def _source(asset: ElementTree.Element) -> str:
    inside = asset.find("media-rep")  # since FCPXML 1.9
    return asset.get("src") or ("" if inside is None else inside.get("src")) or ""


def _time(text: str) -> Fraction:
    """A time of FCPXML, such as "1001/24000s", in seconds."""
    match = re.fullmatch(r"(\d{1,15})(?:/(\d{1,12}))?s", text.strip(), re.ASCII)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no time")
    return Fraction(int(match[1]), int(match[2] or 1))
