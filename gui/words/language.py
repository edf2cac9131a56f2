"""The language of the window: the system's, or one that was chosen in the preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

__all__ = ["Language"]

_KEY = "language"
_CODES = ("", "en", "ru", "kk")  # the first is the system's


class Language:
    """What was chosen, kept from start to start.

    A choice holds from the next start on: words that stand in hundreds of widgets are asked for
    once, when these are made.
    """

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def code(self) -> str:
        """The chosen language as ISO 639 has it; empty for the system's."""
        code = str(self._store.value(_KEY, ""))
        return code if code in _CODES else ""

    @code.setter
    def code(self, code: str) -> None:
        self._store.setValue(_KEY, code)

    @property
    def locale(self) -> QLocale:
        """For words, numbers and dates."""
        return QLocale(self.code) if self.code else QLocale.system()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Code and name of each; a language is called by its own name, in every language."""
        own = ["English", "Русский", "Қазақша"]
        return list(
            zip(_CODES, [QCoreApplication.translate("Language", "System"), *own], strict=True)
        )
