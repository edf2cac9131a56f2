"""Seconds as people read them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

__all__ = ["duration_text"]


def duration_text(seconds: float) -> str:
    """Seconds as "40 s", "3 min" or "1 h 20 min": no finer than an estimate can be."""
    whole = max(1, round(seconds))
    if whole < 90:
        return QCoreApplication.translate("duration", "{0} s").format(whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return QCoreApplication.translate("duration", "{0} min").format(minutes)
    text = QCoreApplication.translate("duration", "{0} h {1} min")
    return text.format(minutes // 60, minutes % 60)
