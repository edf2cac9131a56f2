"""Colours: the system's own, light or dark, and a few that are derived from them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

__all__ = ["Colours", "colours", "dark_palette"]

_LIGHT, _DARK = "#2f6fde", "#6ba1ff"


@dataclass(frozen=True, slots=True)
class Colours:
    """What the palette has no role for.

    Attributes:
        card: Ground of a panel on the board.
        edge: Hairlines.
        mat: Around pictures: neutral, so that it does not colour what one sees.
        text: Words.
        muted: Words of second rank; at least 4.5:1 on `card`.
        accent: What is selected or under way.
        good: Done.
        bad: Failed.
        stages: One for each stage of a render, told apart without red and green.
    """

    card: QColor
    edge: QColor
    mat: QColor
    text: QColor
    muted: QColor
    accent: QColor
    good: QColor
    bad: QColor
    stages: tuple[QColor, ...]


def colours(palette: QPalette) -> Colours:
    """The colours that go with a palette."""
    ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    dark = ground.lightness() < 128
    stages = (
        ("#8aa4c8", "#d6a24a", "#5b8def", "#9b7fd1", "#7f8c8d")
        if dark
        else ("#7b93b5", "#c98a1b", "#2f6fde", "#7d5fb8", "#8b9597")
    )
    return Colours(
        card=ground,
        edge=_mix(ground, text, 0.16),
        mat=QColor("#141518") if dark else QColor("#e4e5e8"),
        text=text,
        muted=_mix(ground, text, 0.66),
        accent=QColor(_DARK if dark else _LIGHT),
        good=QColor("#57b98a" if dark else "#1d7f52"),
        bad=QColor("#ff8a80" if dark else "#b3261e"),
        stages=tuple(QColor(each) for each in stages),
    )


def dark_palette() -> QPalette:
    """A dark palette for where no system gives one: pictures of the window without a screen."""
    roles, groups = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor("#2b2d31"))
    for role, name in (
        (roles.Window, "#26282c"),
        (roles.Base, "#1d1f22"),
        (roles.AlternateBase, "#232529"),
        (roles.Button, "#34373c"),
        (roles.Text, "#e6e7ea"),
        (roles.WindowText, "#e6e7ea"),
        (roles.ButtonText, "#e6e7ea"),
        (roles.ToolTipBase, "#34373c"),
        (roles.ToolTipText, "#e6e7ea"),
        (roles.PlaceholderText, "#8d9096"),
        (roles.Highlight, "#3f73d8"),
        (roles.HighlightedText, "#ffffff"),
    ):
        palette.setColor(role, QColor(name))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(groups.Disabled, role, QColor("#7c7f85"))
    return palette


def _mix(ground: QColor, text: QColor, share: float) -> QColor:
    def of(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        of(ground.red(), text.red()),
        of(ground.green(), text.green()),
        of(ground.blue(), text.blue()),
    )
