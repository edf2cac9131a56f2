"""The clips of an OpenTimelineIO file, read from its JSON.

OpenTimelineIO's own reader is a C++ library that dies of damaged files (a segmentation fault, found
by fuzzing version 0.18.1), and the program with it. What is wanted of a stranger's cut is little.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.planning.cut_clip import CutClip, file_name, is_length
from storyboard.values.bounds import JSON_VALUES
from storyboard.values.editing import MAX_PANELS
from storyboard.values.frame_rate import nearest_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["otio_clips"]

_Record = Mapping[str, Any]


def otio_clips(text: str) -> Iterator[CutClip]:
    """The clips of the picture tracks of the first timeline, in the order in which they are seen.

    Raises:
        InputError: It has more clips than a board panels, or more values than any cut.
        ValueError, TypeError, LookupError, RecursionError: It is damaged.
    """
    # An empty record takes 64 bytes, so that a file of "{},{}," would take 20 times its size.
    if sum(map(text.count, "{[,")) > JSON_VALUES:
        raise InputError(
            "has more than {json_values} values: export the sequence alone",
            json_values=f"{JSON_VALUES:,}",
        )
    timeline = _timeline(json.loads(text))
    placed: list[tuple[float, int, CutClip]] = []
    for layer, track in enumerate(timeline["tracks"]["children"]):
        if track.get("kind") != "Video":
            continue
        start = 0.0
        for item in track["children"]:
            kind = _kind(item)
            if kind == "Transition":
                continue  # it lies over its neighbours and takes no time of its own
            length = _duration(item)
            if length is None:
                continue
            value, rate = length
            if kind == "Clip" and (clip := _clip(item, value, rate)) is not None:
                placed.append((start, layer, clip))
                if len(placed) > MAX_PANELS:
                    raise InputError(
                        "has more clips than a board panels, {max_panels}", max_panels=MAX_PANELS
                    )
            start += value / rate
    yield from (clip for _, _, clip in sorted(placed, key=lambda each: each[:2]))


def _timeline(record: Any) -> _Record:
    if _kind(record) == "SerializableCollection":
        record = next(each for each in record["children"] if _kind(each) == "Timeline")
    if _kind(record) != "Timeline":
        raise ValueError("it holds no timeline")
    found: _Record = record
    return found


def _kind(record: Any) -> str:
    """The schema without its version: "Clip" of "Clip.2"."""
    return str(record["OTIO_SCHEMA"]).partition(".")[0]


def _duration(item: _Record) -> tuple[float, float] | None:
    """Frames and rate; None of a compound that does not say its own."""
    span = item.get("source_range") or _media(item).get("available_range")
    if not span:
        return None
    value, rate = float(span["duration"]["value"]), float(span["duration"]["rate"])
    if not (math.isfinite(value) and value >= 0 and 0 < rate < 1e6):
        raise ValueError("a clip has no possible length")
    return value, rate


def _media(item: _Record) -> _Record:
    """What a clip shows; several versions of the schema name it differently."""
    several = item.get("media_references")
    found: _Record | None = (
        several.get(item.get("active_media_reference_key"))
        if isinstance(several, Mapping)
        else item.get("media_reference")
    )
    return found or {}


def _clip(item: _Record, value: float, rate: float) -> CutClip | None:
    ours = (item.get("metadata") or {}).get("storyboard")
    key = ours.get("key", "") if isinstance(ours, Mapping) else ""
    url = str(_media(item).get("target_url") or "")
    grid, frames = nearest_rate(rate), round(value)
    if not is_length(frames, grid):
        return None
    return CutClip(str(item.get("name") or ""), str(key), file_name(url), frames, grid)
