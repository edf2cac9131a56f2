"""What went wrong, in the user's language and for somebody who sits before a window.

The program's sentences are English, and some name an option of the command line. A sentence is
known by its template, never by its finished words: those that people meet most are translated from
`error_sentences.py` and `error_instead.py`, others stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from storyboard.message import Message

__all__ = ["error_words"]


def error_words(said: Exception | Message | str) -> str:
    """An error, or what there is to tell, as the window says it."""
    from storyboard.errors import printable  # a window opens without errors

    return printable(_words(said))


def _words(said: object) -> str:
    from gui.words.error_instead import INSTEAD
    from storyboard.errors import StoryboardError
    from storyboard.message import Message

    if isinstance(said, StoryboardError):
        said = said.message
    if not isinstance(said, Message):
        return QCoreApplication.translate("error", str(said))
    template = QCoreApplication.translate("error", INSTEAD.get(said.template, said.template))
    if not said.fields:
        return template
    # A translation that has lost a place of its sentence says less; one with a place too many
    # would end in a traceback, so `tests/gui/words/test_error_words.py` compares them.
    return template.format_map({name: _words(value) for name, value in said.fields.items()})
