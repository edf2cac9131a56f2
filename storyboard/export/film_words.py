"""What is written into the frames of an animatic."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.export.film_look import Burn
from storyboard.export.page_words import page_words
from storyboard.files.assets import asset
from storyboard.terminal import plain

if TYPE_CHECKING:
    from storyboard.values.cut import Clip, Cut

__all__ = ["FilmWords"]

_CAPTION, _SMALL = 0.042, 0.032  # heights of letters, in heights of the frame
_MARGIN = 0.03
_MOST_LINES = 3
_GROUND = (0, 0, 0, 150)  # behind the words, so that they can be read on any picture


class FilmWords:
    """Writes what is asked for into frames.

    Args:
        cut: The cut; its lines are the captions.
        size: Of the frames.
        burns: What is asked for.
        language: Of the story, in which scenes and shots are named.
    """

    def __init__(
        self, cut: Cut, size: tuple[int, int], burns: frozenset[Burn], language: str
    ) -> None:
        self._cut, self._size, self._burns = cut, size, burns
        self._words = page_words(language)
        self._lines = list(cut.lines())
        self._layer = lru_cache(maxsize=2)(self._drawn)

    def at(self, frame: int, clip: Clip) -> tuple[str, str, str]:
        """The words of a frame: caption, those at the upper left, those at the upper right."""
        caption, left, right = "", [], ""
        if Burn.CAPTION in self._burns:
            caption = self._caption(frame, clip)
        if Burn.SCENE in self._burns:
            left.append(self._words.scene_name(clip.panel.shot.scene_name))
        if Burn.SHOT in self._burns:
            left.append(self._words.shot_name(clip.panel.shot.number))
        if Burn.TIMECODE in self._burns:
            right = self._cut.rate.timecode(frame)
        return caption, "  ".join(left), right

    def on(self, picture: Image.Image, words: tuple[str, str, str]) -> Image.Image:
        """The picture with the words on it."""
        if not any(words):
            return picture
        *still, clock = words
        picture = picture.copy()
        layer = self._layer(*still)
        picture.paste(layer, mask=layer)
        if clock:  # another one in every frame
            self._put(ImageDraw.Draw(picture, "RGBA"), [clock], _SMALL, "right")
        return picture

    def _caption(self, frame: int, clip: Clip) -> str:
        for line in self._lines:
            if line.start <= frame < line.end:
                spoken = line.spoken
                return f"{spoken.speaker}: {spoken.text}" if spoken.speaker else spoken.text
        return clip.panel.shot.action

    def _drawn(self, caption: str, left: str) -> Image.Image:
        layer = Image.new("RGBA", self._size)
        draw = ImageDraw.Draw(layer)
        if left:
            self._put(draw, [left], _SMALL, "left")
        if caption.strip():
            self._put(draw, self._broken(caption), _CAPTION, "below")
        return layer

    def _broken(self, text: str) -> list[str]:
        """The text in lines that fit; what does not fit into three ends with an ellipsis."""
        font, room = self._font(_CAPTION), self._size[0] * (1 - 4 * _MARGIN)
        lines: list[str] = []
        for word in plain(text).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and font.getlength(longer) <= room:
                lines[-1] = longer
            elif len(lines) == _MOST_LINES:
                lines[-1] += " …"
                break
            else:
                lines.append(self._shortened(word, font, room))
        return lines

    @staticmethod
    def _shortened(word: str, font: ImageFont.FreeTypeFont, room: float) -> str:
        while word and font.getlength(word) > room:
            word = word[: len(word) * 3 // 4]
        return word

    def _font(self, height: float) -> ImageFont.FreeTypeFont:
        return _font(max(8, round(height * self._size[1])))

    def _put(self, draw: ImageDraw.ImageDraw, lines: list[str], height: float, where: str) -> None:
        font = self._font(height)
        width, margin = self._size[0], round(_MARGIN * self._size[1])
        step = round(1.35 * font.size)
        top = self._size[1] - margin - step * len(lines) if where == "below" else margin
        for number, line in enumerate(lines):
            long = font.getlength(line)
            across = {"left": margin, "right": width - margin - long}.get(where, (width - long) / 2)
            down = top + number * step
            pad = font.size // 4
            draw.rectangle((across - pad, down, across + long + pad, down + step), fill=_GROUND)
            draw.text((across, down + step - 0.35 * font.size), line, "white", font, anchor="ls")


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(asset("fonts", "NotoSans-Bold.ttf"), size)
