"""Numbers as people who speak the window's language write them: 3.7, or 3,7."""

from __future__ import annotations

from PySide6.QtCore import QLocale

__all__ = ["decimal", "significant"]


def decimal(value: float, digits: int) -> str:
    """A number with so many digits behind its point."""
    return QLocale().toString(float(value), "f", digits)


def significant(value: float, digits: int) -> str:
    """A number with so many digits at most, zeros behind them left out."""
    return QLocale().toString(float(value), "g", digits)
