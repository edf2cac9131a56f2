"""The clips of an XML of Final Cut Pro 7, which Premiere and Resolve write, too.

OpenTimelineIO's adapter makes metadata of all that a clip holds, and an hour's cut with its effects
takes it seven seconds. What is wanted of a stranger's cut is little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from storyboard.errors import InputError
from storyboard.planning.cut_clip import CutClip, file_name, is_length
from storyboard.values.editing import MAX_PANELS
from storyboard.values.frame_rate import nearest_rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

__all__ = ["fcp7_clips"]

_CLIPS = ("clipitem", "generatoritem")
_TRANSITION = "transitionitem"
_OPEN = -1  # for a start or an end that lies in a transition
_FASTEST = 1e6


def fcp7_clips(data: bytes) -> Iterator[CutClip]:
    """The clips of the picture tracks of the first sequence, in the order in which they are seen.

    Args:
        data: An XML with few enough elements; see `storyboard.files.plain_xml`.

    Raises:
        InputError: It has more clips than a board panels.
        ArithmeticError, AttributeError, SyntaxError, TypeError, ValueError: It is damaged.
    """
    root = ElementTree.fromstring(data)
    # What is used several times is written out once; the others have its number and nothing in it.
    whole: dict[tuple[str, str], Element] = {}
    for each in root.iter():
        number = each.get("id")
        if number is not None and len(each):
            whole.setdefault((each.tag, number), each)

    def written_out(each: Element) -> Element:
        return whole.get((each.tag, each.get("id", "")), each)

    sequence = root.find("sequence")
    if sequence is None:
        sequence = root.find(".//children/sequence")
    if sequence is None:
        return
    sequence = written_out(sequence)
    rate = _rate(sequence)
    placed: list[tuple[int, int, CutClip]] = []
    for layer, track in enumerate(sequence.iterfind("media/video/track")):
        here = 0  # on a track one clip follows the other, whatever they say
        items = [written_out(each) for each in track if each.tag in (*_CLIPS, _TRANSITION)]
        for place, item in enumerate(items):
            if item.tag == _TRANSITION:
                continue
            start, end = _frame(item, "start"), _frame(item, "end")
            if start == _OPEN:
                start = _cut_in(items[place - 1] if place else item)
            if end == _OPEN:
                end = _cut_in(items[place + 1] if place + 1 < len(items) else item)
            here = max(here, start)
            own = _rate(item, sequence)
            grid, frames = nearest_rate(own), round((end - start) * own / rate)
            if is_length(frames, grid):
                file = item.find("file")
                url = "" if file is None else written_out(file).findtext("pathurl", "")
                clip = CutClip(item.findtext("name", ""), "", file_name(url), frames, grid)
                placed.append((here, layer, clip))
                here += end - start
            if len(placed) > MAX_PANELS:
                raise InputError(
                    "has more clips than a board panels, {max_panels}", max_panels=MAX_PANELS
                )
    yield from (clip for _, _, clip in sorted(placed, key=lambda each: each[:2]))


def _rate(*inside_out: Element) -> float:
    """Frames a second of the first element, which may leave to those around it what it is."""
    timebase = next(_each(inside_out, "rate/timebase"), "")
    slowed = next(_each(inside_out, "rate/ntsc"), "").strip().upper() == "TRUE"
    rate = float(timebase) * (1000 / 1001 if slowed else 1)
    if not 0 < rate < _FASTEST:
        raise ValueError(f"{timebase[:20]!r} is no rate")
    return rate


def _each(elements: Iterable[Element], path: str) -> Iterator[str]:
    return (text for each in elements if (text := each.findtext(path)) is not None)


def _frame(element: Element, key: str) -> int:
    return int(element.findtext(key, ""))


def _cut_in(transition: Element) -> int:
    """Where in a transition one clip gives way to the next."""
    if transition.tag != _TRANSITION:
        raise ValueError("a clip ends in a transition that is not there")
    start, end = _frame(transition, "start"), _frame(transition, "end")
    alignment = transition.findtext("alignment", "")
    if alignment.startswith("start"):
        return start
    return end if alignment.startswith("end") else (start + end) // 2
