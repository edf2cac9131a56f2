"""Arrows, strokes and notes in a PDF: lines and letters, sharp at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.values.annotations import (
    LEADING,
    PADDING,
    Arrow,
    Note,
    Point,
    Stroke,
    arrow_head,
    is_light,
    note_box,
    note_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fpdf import FPDF

    from storyboard.values.annotations import Mark

__all__ = ["FAMILY", "draw_mark"]

FAMILY = "noto"
"""The font of the document."""

_POINTS_A_MM = 72 / 25.4
_BASELINE = 0.95  # letter sizes from the top of a line to its baseline


def draw_mark(
    pdf: FPDF, mark: Mark, box: tuple[float, float, float, float], clean: Callable[[str], str]
) -> None:
    """Draw a mark on the page.

    Args:
        pdf: The document, whose unit is the millimetre.
        mark: What to draw.
        box: Left, top, width and height of the picture.
        clean: Leaves out of a text what the font cannot show.
    """
    from fpdf.enums import StrokeCapStyle, StrokeJoinStyle

    x, y, width, height = box

    def place(point: Point) -> Point:
        return x + point[0] * width, y + point[1] * height

    with pdf.local_context(
        stroke_cap_style=StrokeCapStyle.ROUND, stroke_join_style=StrokeJoinStyle.ROUND
    ):
        match mark:
            case Arrow():
                broad = mark.width * height
                start, end = place(mark.start), place(mark.end)
                parts = arrow_head(start, end, broad)
                if parts is None:
                    _draw_line(pdf, (start,), mark.colour, broad)
                    return
                _draw_line(pdf, (start, parts[0]), mark.colour, broad)
                pdf.polygon(parts[1], style="F")
            case Stroke():
                points = [place(each) for each in mark.points]
                _draw_line(pdf, points, mark.colour, mark.width * height)
            case Note():
                _draw_note(pdf, mark, box, clean)


def _draw_line(pdf: FPDF, points: Sequence[Point], colour: str, width: float) -> None:
    pdf.set_draw_color(colour)
    pdf.set_fill_color(colour)
    if len(points) == 1:
        (across, down) = points[0]
        pdf.circle(across, down, width / 2, style="F")
        return
    pdf.set_line_width(width)
    pdf.polyline(points)


def _draw_note(
    pdf: FPDF, note: Note, box: tuple[float, float, float, float], clean: Callable[[str], str]
) -> None:
    size = note.size * box[3]
    pdf.set_font(FAMILY, "B", size * _POINTS_A_MM)
    lines = [clean(each) for each in note_lines(note.text)]
    longest = max((pdf.get_string_width(each) for each in lines), default=0.0)
    left, top, wide, high = note_box(note, box[2], box[3], longest)
    left, top = left + box[0], top + box[1]
    pdf.set_fill_color(note.colour)
    pdf.rect(left, top, wide, high, style="F", round_corners=True, corner_radius=size / 4)
    pdf.set_text_color(0 if is_light(note.colour) else 255)
    for number, line in enumerate(lines):
        baseline = top + (PADDING + number * LEADING + _BASELINE) * size
        pdf.text(left + PADDING * size, baseline, line)
