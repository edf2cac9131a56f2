"""Charts of a sweep: difference and time over steps, and time against likeness."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image

from storyboard.files.assets import asset
from storyboard.files.output_file import SEAL, png_of_chart, sealed
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.explorer.verdict import Point, Verdict

__all__ = ["charts"]

# Okabe and Ito's palette: told apart by people who see fewer colours. A colour is a sampler, a mark
# and a line are a schedule.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8b7500", "#000000")
_MARKS, _LINES = "os^DvP*X", ("-", "--", "-.", ":")
_INK, _GREY = "#222222", "#969696"
_DOTS = 110


def charts(verdict: Verdict) -> tuple[bytes, bytes]:
    """The charts as a PNG that `is_chart` knows, and as a sealed PDF."""
    from matplotlib import font_manager, rc_context  # here: it takes half a second
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for name in ("Regular", "Bold"):
        font_manager.fontManager.addfont(asset("fonts", f"NotoSans-{name}.ttf"))
    look: Any = {
        "font.family": "Noto Sans",
        "font.size": 9,
        "text.color": _INK,
        "axes.edgecolor": _GREY,
        "axes.labelcolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.color": "#e6e6e6",
        "text.parse_math": False,  # names are anybody's, and a dollar is a dollar
    }
    with rc_context(look):
        figure = Figure(figsize=(13, 8.6), layout="constrained")
        FigureCanvasAgg(figure)
        (first, second), (third, fourth) = figure.subplots(2, 2)
        handles = _lines(first, verdict, lambda each: each.difference)
        first.axhline(verdict.within, color=_INK, linewidth=1, linestyle=(0, (1, 2)))
        first.set_title("Difference to the reference (1 - SSIM); ringed: the fewest steps near it")
        first.set_ylim(bottom=0)
        _ring(first, verdict)
        _lines(second, verdict, lambda each: each.seconds)
        second.set_title("Seconds a picture")
        second.set_ylim(bottom=0)
        if any(each.attributes is not None for each in verdict.points):
            _lines(third, verdict, lambda each: each.attributes)
            third.set_title("Share of attributes that are read as in the reference")
        else:
            third.set_axis_off()
        _front(fourth, verdict)
        for axes in (first, second, third):
            axes.set_xlabel("steps")
            axes.xaxis.get_major_locator().set_params(integer=True)
        figure.legend(
            handles=handles,
            loc="outside lower center",
            ncols=min(len(handles), 6),
            frameon=False,
            fontsize=8,
        )
        reference = verdict.reference
        told = f"{' / '.join(map(_short, reference.pair))}, {reference.steps} steps"
        figure.suptitle(f"Reference: {told}", fontweight="bold")
        png, pdf = io.BytesIO(), io.BytesIO()
        figure.savefig(png, format="png", dpi=_DOTS)
        figure.set_layout_engine("none")  # it is laid out
        metadata = {"Keywords": SEAL, "Creator": "Storyboard"}
        figure.savefig(pdf, format="pdf", metadata=metadata)
    with Image.open(png) as image:
        return png_of_chart(image.convert("RGB")), sealed(pdf.getvalue())


def _looks(verdict: Verdict, pair: tuple[str, str]) -> dict[str, Any]:
    sampler = list(dict.fromkeys(each[0] for each in verdict.pairs)).index(pair[0])
    schedule = list(dict.fromkeys(each[1] for each in verdict.pairs)).index(pair[1])
    return {
        "color": _COLOURS[sampler % len(_COLOURS)],
        "linestyle": _LINES[schedule % len(_LINES)],
        "marker": _MARKS[schedule % len(_MARKS)],
        "markersize": 4.5,
        "linewidth": 1.3,
    }


def _lines(axes: Any, verdict: Verdict, number: Callable[[Point], float | None]) -> list[Any]:
    drawn = []
    for pair in verdict.pairs:
        told = [(each.steps, number(each)) for each in verdict.of(pair)]
        known = [(steps, value) for steps, value in told if value is not None]
        x, y = zip(*known, strict=True) if known else ((), ())
        drawn += axes.plot(
            x, y, label=" / ".join(_short(each) for each in pair), **_looks(verdict, pair)
        )
    return drawn


def _ring(axes: Any, verdict: Verdict) -> None:
    """Around the fewest steps that are near enough, of every pair."""
    for pair in verdict.pairs:
        point = verdict.fewest(pair)
        if point is not None:
            colour = _looks(verdict, pair)["color"]
            axes.plot(
                point.steps, point.difference, "o", markersize=11, fillstyle="none", color=colour
            )


def _front(axes: Any, verdict: Verdict) -> None:
    """Time against likeness, and the front that no picture beats in both."""
    for point in verdict.points:
        look = {**_looks(verdict, point.pair), "linestyle": "none"}
        axes.plot(point.seconds, point.difference, alpha=0.55, **look)
    front = verdict.front
    x, y = [each.seconds for each in front], [each.difference for each in front]
    axes.plot(x, y, color=_INK, linewidth=1.2, drawstyle="steps-post")
    key = []
    for number, each in enumerate(front, 1):
        place = (each.seconds, each.difference)
        axes.annotate(str(number), place, (4, 4), fontsize=9, textcoords="offset points")
        key.append(
            f"{number}  {' / '.join(_short(name) for name in each.pair)}, {each.steps} steps"
        )
    axes.text(1, 1, "\n".join(key), fontsize=8, ha="right", va="top", transform=axes.transAxes)
    axes.set_title("Time against difference; the line is the front that nothing beats in both")
    axes.set_xlabel("seconds a picture")
    axes.set_ylim(bottom=0)


def _short(name: str) -> str:
    return one_line(name, 24)
