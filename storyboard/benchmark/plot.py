"""Bars as a PNG, drawn with Pillow: a plotting library would weigh more than all else we need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.benchmark.result import stage_names
from storyboard.files.assets import asset
from storyboard.files.output_file import png_of_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.benchmark.result import BenchmarkResult

__all__ = ["Bar", "Chart", "draw_charts", "mode_charts", "stage_chart"]

WIDTH = 1200
_ROW, _GAP, _MARGIN, _LABEL = 44, 14, 32, 220
_INK, _PAPER, _GREY = (34, 34, 34), (255, 255, 255), (150, 150, 150)
# Okabe and Ito's palette: told apart by people who see fewer colours.
_COLOURS = ((0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (86, 180, 233))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: To its left.
        parts: Lengths of its pieces, 0 or more, in the unit of the chart.
        low: Shortest of the runs behind it, or None.
        high: Longest, or None.
    """

    label: str
    parts: tuple[float, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit.

    Attributes:
        title: Above the bars, the unit included.
        parts: Names of the pieces; one name needs no legend.
    """

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


def stage_chart(result: BenchmarkResult) -> Chart:
    """Seconds a panel by stage, with the spread of the runs."""
    lines = [each for each in result.lines if each.runs]
    names = stage_names(lines)
    bars = tuple(
        Bar(line.name, tuple(line.stages.get(name, 0.0) for name in names), *line.spread)
        for line in lines
    )
    partial = ", partial" if result.partial else ""
    title = f"{result.model}, {result.mode}{partial}: seconds a panel"
    return Chart(title, tuple(name.replace("_", " ") for name in names), bars)


def mode_charts(results: Sequence[BenchmarkResult]) -> list[Chart]:
    """Seconds, TFLOP and, where it was measured, what the pictures show, mode by mode."""
    measured = [(each.mode, each.lines[-1]) for each in results if each.lines]
    seconds = [Bar(mode, (line.seconds,), *line.spread) for mode, line in measured if line.runs]
    compute = [Bar(mode, (line.tflop,)) for mode, line in measured if line.tflop]
    charts = [
        Chart("seconds a panel, measured", ("seconds",), tuple(seconds)),
        Chart("TFLOP a panel, counted", ("TFLOP",), tuple(compute)),
    ]
    read = [(each.mode, each.quality) for each in results if each.quality is not None]
    for title, name, count in (
        ("attribute accuracy of {} captions", "accuracy", "captions"),
        ("identity in {} panels with a reference picture", "identity", "panels"),
    ):
        bars = [Bar(mode, (getattr(each, name),)) for mode, each in read if getattr(each, count)]
        panels = max((getattr(each, count) for _, each in read), default=0)
        charts.append(Chart(title.format(panels), ("share",), tuple(bars)))
    return [each for each in charts if each.bars]


def draw_charts(charts: Sequence[Chart], note: str) -> bytes:
    """Draw charts below each other; the note, about the machine, comes last. PNG bytes."""
    height = _MARGIN * 2 + sum(_height(each) for each in charts) + _ROW
    image = Image.new("RGB", (WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(image)
    top = _MARGIN
    for chart in charts:
        _draw_chart(draw, chart, top)
        top += _height(chart)
    draw.text((_MARGIN, top), note, _GREY, _font(16))
    return png_of_chart(image)


def _height(chart: Chart) -> int:
    legend = _ROW if len(chart.parts) > 1 else 0
    return _ROW + legend + len(chart.bars) * (_ROW + _GAP) + _MARGIN


def _draw_chart(draw: ImageDraw.ImageDraw, chart: Chart, top: int) -> None:
    draw.text((_MARGIN, top), chart.title, _INK, _font(24, bold=True))
    top += _ROW
    if len(chart.parts) > 1:
        _draw_legend(draw, chart.parts, top)
        top += _ROW
    longest = max((max(sum(bar.parts), bar.high or 0.0) for bar in chart.bars), default=0.0)
    scale = (WIDTH - 2 * _MARGIN - _LABEL - 130) / longest if longest else 0.0
    for bar in chart.bars:
        _draw_bar(draw, bar, top, scale)
        top += _ROW + _GAP


def _draw_bar(draw: ImageDraw.ImageDraw, bar: Bar, top: int, scale: float) -> None:
    left = float(_MARGIN + _LABEL)
    draw.text((_MARGIN, top + 8), bar.label, _INK, _font(20))
    for part, colour in zip(bar.parts, _COLOURS, strict=False):
        draw.rectangle((left, top, left + part * scale, top + _ROW), colour)
        left += part * scale
    end = left
    if bar.low is not None and bar.high is not None:
        origin, middle = _MARGIN + _LABEL, top + _ROW / 2
        low, high = origin + bar.low * scale, origin + bar.high * scale
        draw.line((low, middle, high, middle), _INK, 2)
        for place in (low, high):
            draw.line((place, middle - 8, place, middle + 8), _INK, 2)
        end = max(end, high)
    draw.text((end + 10, top + 8), f"{sum(bar.parts):.3g}", _INK, _font(20))


def _draw_legend(draw: ImageDraw.ImageDraw, parts: Sequence[str], top: int) -> None:
    left = float(_MARGIN + _LABEL)
    for name, colour in zip(parts, _COLOURS, strict=False):
        draw.rectangle((left, top + 6, left + 18, top + 24), colour)
        draw.text((left + 26, top + 3), name, _INK, _font(18))
        left += 26 + draw.textlength(name, _font(18)) + 24


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(asset("fonts", f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"), size)
