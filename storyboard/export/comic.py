"""The board as a comic: pages of panels with captions and balloons."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError
from storyboard.export.balloons import SPEECH, Balloon, Speech, place_balloons
from storyboard.export.comic_rows import GUTTER, ComicPanel, comic_pages, row_share
from storyboard.export.frames import Frames
from storyboard.export.layout import height_of, split_lines
from storyboard.export.page_words import page_words
from storyboard.export.sheet import paper_size
from storyboard.export.typesetting import Line, Paragraph, Run, Style, set_lines
from storyboard.values import bounds
from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.export.pdf_pen import Pen
    from storyboard.values.board import Panel, Storyboard

__all__ = ["comic_of"]

_MARGIN, _FOOT = 12.0, 9.0
_CAPTION = Style("I", 7.5, 3.3)
_TITLE = Style("B", 15, 7.0)
_FOLIO = Style("", 7, 3.2, 95)
_LONGEST_TITLE = 300  # letters
_TAIL = 2.6  # millimetres, half of its root
_OUTLINE = 0.35
_LONGEST_CAPTION = 0.34  # of a panel's height
_CAPTION_GREY = (255, 251, 235)
_UPPER = 0.35  # where a panel is cut out of a taller picture: faces are above the middle
_QUALITY = 90
_SHARES = (1.0, 0.9, 0.8, 0.7)  # of a page that panels keep where words need the rest
_REST_GAP = 3.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """A panel as the page shows it, and the words that had no room in it.

    Attributes:
        frame: Left, top, width and height.
        picture: What is seen of it; None where there is none.
        caption: The action.
        balloons: The dialogue.
        rest: What stands at the end of the page.
    """

    frame: tuple[float, float, float, float]
    picture: Image.Image | None
    caption: tuple[Line, ...]
    balloons: tuple[Balloon, ...]
    rest: tuple[Line, ...]


def comic_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The comic as a PDF, upright.

    Actions are captions, dialogue is in balloons. What has no room in its panel stands at the end
    of the page, under the panel's number: nothing is lost.

    Raises:
        InputError: There are no panels, or too many words.
    """
    from storyboard.export.pdf_pen import Pen  # half a second, for pages only

    numbers = [number for number, _ in options.numbered(board)]
    board = options.chosen(board)
    if not board.panels:
        raise InputError("there is nothing to show: the board has no panels")
    letters = sum(len(each.shot.action) + _spoken(each) for each in board.panels)
    if letters > bounds.PRINTED:
        raise InputError(
            "these panels have {letters} letters, at most {printed} are printed in one "
            "comic: export some scenes at a time",
            letters=f"{letters:,}",
            printed=f"{bounds.PRINTED:,}",
        )
    paper = paper_size(options.design.paper or options.page, portrait=True)
    with closing(Pen(paper, options.created, board.language, options.go_on)) as pen:
        pen.name(pen.clean(board.title) or page_words(board.language).untitled)
        pictures = Frames(board, picture_of, options.marks_if(False))
        return _Comic(pen, board, pictures, numbers, paper).drawn(options.progress)


class _Comic:
    def __init__(
        self,
        pen: Pen,
        board: Storyboard,
        pictures: Frames,
        numbers: Sequence[int],
        paper: tuple[float, float],
    ) -> None:
        self._pen, self._board, self._pictures, self._numbers = pen, board, pictures, numbers
        self._words = page_words(board.language)
        self._width, self._height = paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN - _FOOT
        self._bottom = paper[1] - _MARGIN
        self._page = 0

    def drawn(self, progress: Callable[[int, int], None]) -> bytes:
        """Draw page after page, and tell how many of how many panels are done."""
        ratio = aspect_ratio(self._board.aspect)
        shares = [row_share(each.shot) for each in self._board.panels]
        head = height_of(self._title()) + 2.0
        placed = comic_pages(shares, ratio, self._width, self._height, head)
        done = 0
        for page, group in groupby(placed, lambda each: each.page):
            panels = tuple(group)
            self._turn()
            if page == 0:
                self._pen.lines(_MARGIN, _MARGIN, self._title())
            self._draw_page(panels, _MARGIN + (head if page == 0 else 0.0))
            done += len(panels)
            progress(done, len(placed))
        return self._pen.output()

    def _draw_page(self, panels: tuple[ComicPanel, ...], top: float) -> None:
        """Draw the panels of a page, less high where words without room in them need it."""
        bottom = self._bottom - _FOOT
        for share in _SHARES:
            shown = [self._shown(each, top, share) for each in panels]
            rest = tuple(line for each in shown for line in each.rest)
            end = max(each.frame[1] + each.frame[3] for each in shown)
            if not rest or end + _REST_GAP + height_of(rest) <= bottom:
                break
        for each, panel in zip(shown, panels, strict=True):
            self._pen.mark_panel(self._board.panels[panel.panel].key, each.frame)
            self._draw_panel(each)
        self._draw_rest(rest, end + _REST_GAP)

    def _turn(self) -> None:
        self._page += 1
        self._pen.pdf.add_page()
        self._pen.right(
            _MARGIN + self._width, self._bottom - _FOLIO.leading, str(self._page), _FOLIO
        )

    def _title(self) -> tuple[Line, ...]:
        title = self._pen.clean(self._board.title) or self._words.untitled
        shown = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]} …"
        return self._pen.set(shown, _TITLE, self._width)

    def _shown(self, placed: ComicPanel, top: float, share: float) -> _Shown:
        """A panel whose page keeps `share` of its height."""
        frame = (
            _MARGIN + placed.left,
            top + placed.top * share,
            placed.width,
            (placed.height + GUTTER) * share - GUTTER,
        )
        picture = self._pictures.picture(placed.panel)
        if picture is not None:
            picture = _cut(picture, frame[2] / frame[3])
        panel, number = self._board.panels[placed.panel], self._numbers[placed.panel]
        return self._with_words(panel, picture, frame, number)

    def _draw_panel(self, shown: _Shown) -> None:
        pdf, frame = self._pen.pdf, shown.frame
        pdf.set_fill_color(246)
        pdf.rect(*frame, style="F")
        if shown.picture is not None:
            out = io.BytesIO()
            shown.picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
            pdf.image(out, *frame)
        pdf.set_draw_color(20)
        pdf.set_line_width(0.5)
        pdf.rect(*frame, style="D")
        if shown.caption:
            self._draw_caption(frame[0], frame[1], shown.caption)
        for balloon in shown.balloons:
            self._draw_balloon(balloon)

    def _with_words(
        self,
        panel: Panel,
        picture: Image.Image | None,
        frame: tuple[float, float, float, float],
        number: int,
    ) -> _Shown:
        from storyboard.export.quiet_places import QuietPlaces

        pen, shot = self._pen, panel.shot
        x, y, width, height = frame
        action = pen.clean(shot.action)
        caption = pen.set(action, _CAPTION, 0.8 * width) if action else ()
        rest: list[Line] = []
        if height_of(caption) + 2.0 > _LONGEST_CAPTION * height:
            rest += self._named(number, ((action, _CAPTION),))
            caption = ()
        taken = [(x, y, *self._caption_size(caption))] if caption else []
        speeches = [
            Speech(pen.clean(each.speaker), text)
            for each in shot.dialogue
            if (text := pen.clean(each.text))
        ]
        quiet = QuietPlaces.of(picture, width / height, shot.size)
        balloons, over = place_balloons(speeches, frame, taken, quiet, pen.measure)
        for each in over:
            speaker = Style("B", SPEECH.size, SPEECH.leading)
            said = ((each.speaker and f"{each.speaker}:", speaker), (each.text, SPEECH))
            rest += self._named(number, said)
        return _Shown(frame, picture, caption, balloons, tuple(rest))

    def _named(self, number: int, said: Sequence[tuple[str, Style]]) -> tuple[Line, ...]:
        """Words under the number of their panel."""
        runs = (
            Run(str(number), Style("B", SPEECH.size, SPEECH.leading)),
            *(Run(text, style) for text, style in said if text),
        )
        return set_lines((Paragraph(runs, 1.0),), self._width, self._pen.measure)

    def _draw_rest(self, lines: tuple[Line, ...], y: float) -> None:
        """Write what had no room in the panels, over as many pages as it takes."""
        bottom = self._bottom - _FOOT
        while lines:
            fitting, lines = split_lines(lines, max(0.0, bottom - y))
            self._pen.lines(_MARGIN, y, fitting)
            if lines:
                self._turn()
                y = _MARGIN

    def _caption_size(self, lines: tuple[Line, ...]) -> tuple[float, float]:
        measure = self._pen.measure
        wide = max(sum(measure(each.text, each.style) for each in line.runs) for line in lines)
        return wide + 3.0, height_of(lines) + 2.0

    def _draw_caption(self, x: float, y: float, lines: tuple[Line, ...]) -> None:
        pdf = self._pen.pdf
        pdf.set_fill_color(*_CAPTION_GREY)
        pdf.set_line_width(_OUTLINE)
        pdf.rect(x, y, *self._caption_size(lines), style="DF")
        self._pen.lines(x + 1.5, y + 1.0, lines)

    def _draw_balloon(self, balloon: Balloon) -> None:
        """A balloon with its tail: both outlines first, then both grounds, so that they join."""
        pen, pdf = self._pen, self._pen.pdf
        box = (balloon.left, balloon.top, balloon.width, balloon.height)
        radius = min(balloon.width, balloon.height) / 2.2
        tail = _tail(balloon)
        pdf.set_draw_color(20)
        pdf.set_fill_color(255)
        pdf.set_line_width(2 * _OUTLINE)
        for style in ("D", "F"):
            pdf.rect(*box, style=style, round_corners=True, corner_radius=radius)
            if tail:
                pdf.polygon(tail, style=style)
        y = balloon.top + (balloon.height - height_of(balloon.lines)) / 2
        for line in balloon.lines:
            text = line.runs[0].text
            middle = balloon.left + (balloon.width - pen.measure(text, SPEECH)) / 2
            pen.text(middle, y, text, SPEECH)
            y += line.leading


def _tail(balloon: Balloon) -> list[tuple[float, float]]:
    """From within the balloon a third of the way to the speaker, 9 mm at most."""
    if balloon.points_at is None:
        return []
    x, y = balloon.left + balloon.width / 2, balloon.top + balloon.height / 2
    across, down = balloon.points_at[0] - x, balloon.points_at[1] - y
    length = (across**2 + down**2) ** 0.5
    if length < 1.0:
        return []
    across, down = across / length, down / length
    # Where the way to the speaker leaves the balloon.
    edge = min(
        balloon.width / 2 / abs(across) if across else length,
        balloon.height / 2 / abs(down) if down else length,
    )
    if edge >= length:
        return []
    tip = edge + min(9.0, (length - edge) * 0.6)
    root = max(0.0, edge - _TAIL)
    wide = min(_TAIL, balloon.height / 4)
    return [
        (x + across * root - down * wide, y + down * root + across * wide),
        (x + across * root + down * wide, y + down * root - across * wide),
        (x + across * tip, y + down * tip),
    ]


def _cut(picture: Image.Image, ratio: float) -> Image.Image:
    """The part of a picture that a panel of that width over height shows."""
    width, height = picture.size
    if width / height > ratio:
        wide = max(1, round(height * ratio))
        left = (width - wide) // 2
        return picture.crop((left, 0, left + wide, height))
    high = max(1, round(width / ratio))
    top = round((height - high) * _UPPER)
    return picture.crop((0, top, width, top + high))


def _spoken(panel: Panel) -> int:
    return sum(len(each.speaker) + len(each.text) for each in panel.shot.dialogue)
