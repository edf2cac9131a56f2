"""The frames of an animatic: every panel as long as it stays, moved as its camera moves."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from storyboard.errors import StoryboardError
from storyboard.export.film_words import FilmWords
from storyboard.export.parallax import relief_of
from storyboard.film.clip_file import frames_of
from storyboard.values.aspect import parse_aspect
from storyboard.values.camera_path import seen, travelled
from storyboard.values.shot import CameraMove

if TYPE_CHECKING:
    from collections.abc import Hashable

    from storyboard.export.film_look import FilmLook
    from storyboard.export.frames import Frames
    from storyboard.export.parallax import Relief
    from storyboard.values.cut import Clip, Cut

__all__ = ["FilmFrames", "film_size"]

_EMPTY = (40, 40, 44)
_MOST_BYTES = 2**29
"""Of a clip's frames in memory, which are as large as the film's: 194 of 720p."""
_EVEN = 1e-6
"""Of a frame: what floating point may lose where a clip and the film have one rate."""


def film_size(aspect: str, height: int) -> tuple[int, int]:
    """Width and height of the frames, both even, as encoders of video need them."""
    return max(2, round(height * parse_aspect(aspect) / 2) * 2), height // 2 * 2


class FilmFrames:
    """Any frame of the animatic.

    Args:
        cut: The cut.
        pictures: Those of the panels of the whole board.
        size: Width and height of the frames, even.
        look: How it looks.
    """

    def __init__(self, cut: Cut, pictures: Frames, size: tuple[int, int], look: FilmLook) -> None:
        self._cut, self._pictures, self._size, self._look = cut, pictures, size, look
        self._starts = [each.start for each in cut.clips]
        self._words = FilmWords(cut, size, look.burns, pictures.language)
        # Two clips dissolve into each other; no more pictures are kept.
        self._whole = lru_cache(maxsize=2)(self._read)
        self._near = lru_cache(maxsize=2)(self._relief)
        self._moving = lru_cache(maxsize=2)(self._played)

    def key(self, frame: int) -> Hashable:
        """Equal for frames that look the same."""
        return self._parts(frame), self._words.at(frame, self._clip(frame))

    def picture(self, frame: int) -> Image.Image:
        """A frame (from 0), as RGB."""
        (first, at), *more = self._parts(frame)
        picture = self._seen(first, at)
        for place, at, share in more:
            picture = Image.blend(picture, self._seen(place, at), share)
        return self._words.on(picture, self._words.at(frame, self._clip(frame)))

    def _clip(self, frame: int) -> Clip:
        return self._cut.clips[bisect_right(self._starts, frame) - 1]

    def _parts(self, frame: int) -> tuple[tuple[int, float], *tuple[tuple[int, float, float], ...]]:
        """Which clips are seen, how far each has moved (0 to 1), and how much of the second."""
        clips = self._cut.clips
        place = bisect_right(self._starts, frame) - 1
        clip = clips[place]
        for first in (place - 1, place):
            if 0 <= first < len(clips) - 1:
                middle = clips[first].end
                half = self._half(clips[first], clips[first + 1])
                if middle - half <= frame < middle + half:
                    share = (frame - (middle - half) + 1) / (2 * half + 1)
                    one = (first, self._moved(clips[first], frame))
                    return (one, (first + 1, self._moved(clips[first + 1], frame), share))
        return ((place, self._moved(clip, frame)),)

    def _half(self, one: Clip, other: Clip) -> int:
        """Half a dissolve in frames: at most half of either clip."""
        wanted = self._cut.rate.frames(self._look.dissolve) // 2
        return min(wanted, one.frames // 2, other.frames // 2)

    def _moved(self, clip: Clip, frame: int) -> float:
        """How far the camera has come; in a still it does not matter, so it is always 0.

        Where the panel is a clip, the number of its frame: the last one stays.
        """
        take = clip.panel.shown
        if take is not None and take.clip and self._moving(clip.number - 1):
            seconds = float(self._cut.rate.seconds(max(0, frame - clip.start)))
            return min(take.clip.frames - 1, int(seconds * float(take.clip.rate.exact) + _EVEN))
        move = clip.panel.shot.move
        if not self._look.moves or move is CameraMove.STATIC or clip.frames < 2:
            return 0.0
        # A dissolve shows a clip a little before and after its own time.
        return travelled(move, (frame - clip.start) / (clip.frames - 1))

    def _seen(self, place: int, at: float) -> Image.Image:
        """What the camera sees of a panel."""
        clip = self._cut.clips[place]
        if moving := self._moving(clip.number - 1):
            return moving[min(int(at), len(moving) - 1)]
        whole, move = self._whole(place), clip.panel.shot.move
        if not self._look.moves or move is CameraMove.STATIC:
            return whole
        relief = self._near(place)
        if relief is not None:
            return relief.seen(whole, move, at)
        width, height = self._size
        part = seen(move, at)
        left, top = part.left * width, part.top * height
        wide, high = part.size * width, part.size * height
        # With fractions of pixels, so that slow moves do not tremble.
        box = (left, top, left + wide, top + high)
        return whole.resize(self._size, Image.Resampling.BICUBIC, box)

    def _relief(self, place: int) -> Relief | None:
        """What of a panel stands in front; None where that is not sure, or not wanted."""
        panel = self._cut.clips[place]
        if not self._look.parallax or self._pictures.picture(panel.number - 1) is None:
            return None
        return relief_of(self._whole(place))

    def _read(self, place: int) -> Image.Image:
        """The picture of a panel on a frame of the film's size."""
        clip = self._cut.clips[place]
        picture = self._pictures.picture(clip.number - 1)
        if picture is None:
            canvas = Image.new("RGB", self._size, _EMPTY)
            shot = clip.panel.shot
            ImageDraw.Draw(canvas).text(
                (self._size[0] / 2, self._size[1] / 2),
                f"{shot.scene_name}.{shot.number}",
                (150, 150, 155),
                anchor="mm",
                font_size=self._size[1] // 6,
            )
            return canvas
        return self._on_canvas(picture)

    def _on_canvas(self, picture: Image.Image) -> Image.Image:
        """A picture on a frame of the film's size."""
        left, top, wide, high = self._pictures.place(picture, self._size)
        canvas = Image.new("RGB", self._size)
        scaled = picture.resize((round(wide), round(high)), Image.Resampling.LANCZOS)
        canvas.paste(scaled, (round(left), round(top)))
        return canvas

    def _played(self, panel: int) -> tuple[Image.Image, ...]:
        """The frames of a panel (index from 0) that is a clip; none where it cannot be played."""
        found = self._pictures.film(panel)
        if found is None:
            return ()
        film, take = found
        assert take.clip is not None
        size = self._size
        clip = replace(take.clip, frames=min(take.clip.frames, _MOST_BYTES // (3 * prod(size))))
        try:
            frames = frames_of(film, clip, (take.width, take.height))
            return tuple(self._on_canvas(each) for each in frames)
        except StoryboardError:
            return ()
