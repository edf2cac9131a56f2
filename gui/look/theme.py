"""Colours: the system's own, light or dark, and a few that are derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QScrollBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

__all__ = [
    "Colours",
    "colours",
    "dark_palette",
    "hug_words",
    "make_primary",
    "mark_selection",
    "slim_scroll_bars",
]

_LIGHT, _DARK = "#2f6fde", "#6ba1ff"
_PRIMARY = "#1b4ba8"  # Fusion brightens what buttons are given; white stays readable on this

# Grey that is half transparent shows on light and on dark.
_SLIM = """
    QScrollBar { background: transparent; border: 0 }
    QScrollBar:vertical { width: 12px }
    QScrollBar:horizontal { height: 12px }
    QScrollBar::handle { background: rgba(128, 130, 136, 130); border-radius: 4px; margin: 2px }
    QScrollBar::handle:hover { background: rgba(128, 130, 136, 200) }
    QScrollBar::handle:vertical { min-height: 36px }
    QScrollBar::handle:horizontal { min-width: 36px }
    QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
    QScrollBar::add-page, QScrollBar::sub-page { background: transparent }
"""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours that the palette has no role for.

    Attributes:
        board: Ground of the board.
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

    board: QColor
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
        board=QColor("#17181b") if dark else QColor("#e9eaed"),
        card=QColor("#25272b") if dark else ground,
        edge=_mix(ground, text, 0.16),
        mat=QColor("#101113") if dark else QColor("#d9dbdf"),
        text=text,
        muted=_mix(ground, text, 0.66),
        accent=QColor(_DARK if dark else _LIGHT),
        good=QColor("#57b98a" if dark else "#1d7f52"),
        bad=QColor("#ff8a80" if dark else "#b3261e"),
        stages=tuple(QColor(each) for each in stages),
    )


def slim_scroll_bars(window: QWidget) -> None:
    """Give a style with heavy scroll bars slim ones; other styles have their own ideas.

    Each bar gets its own sheet: one for all of the window would cut its palettes off.
    """
    if window.style().name() != "fusion":
        return
    for bar in window.findChildren(QScrollBar):
        bar.setStyleSheet(_SLIM)


def mark_selection(window: QWidget) -> None:
    """Mark what is selected in the accent's colour, as the board does."""
    palette = QPalette()  # of no widget, so that all other colours follow light and dark
    palette.setColor(QPalette.ColorRole.Highlight, QColor(_LIGHT))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("white"))
    window.setPalette(palette)


def make_primary(button: QWidget) -> None:
    """Give the primary button the accent colour, readable in light and dark."""
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, QPalette.ColorRole.Button, QColor(_PRIMARY))
        palette.setColor(group, QPalette.ColorRole.ButtonText, QColor("white"))
    button.setPalette(palette)


def hug_words(button: QPushButton) -> None:
    """Let a button be as narrow as its text; styles ask for more room than narrow docks have."""
    words = button.fontMetrics().horizontalAdvance(button.text())
    button.setMinimumWidth(words + 2 * button.fontMetrics().averageCharWidth())


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
