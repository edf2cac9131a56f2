"""The words below a frame: framing, action, dialogue, note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.export.typesetting import Paragraph, Run, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.export.page_words import PageWords
    from storyboard.values.shot import Shot

__all__ = ["DETAIL", "caption", "letters_of"]

DETAIL = Style("", 7.5, 3.5, 95)
_FRAMING = Style("B", 7.2, 3.4, 95)
_ACTION = Style("", 8.6, 3.9)
_SPEAKER = Style("B", 8.6, 3.9)
_SPEECH = Style("I", 8.6, 3.9)
_GAP = 1.1
_LINES = 1000
"""Of one text; those after it are set as one, because each costs as much as thirty words."""


def caption(shot: Shot, words: PageWords, clean: Callable[[str], str]) -> tuple[Paragraph, ...]:
    """The paragraphs of a panel's text.

    Args:
        shot: What the panel shows.
        words: The names of sizes, angles and moves.
        clean: Returns what the font can print of a text, in one line.
    """
    return (
        Paragraph((Run(words.framing_of(shot), _FRAMING),)),
        *_paragraphs(shot.action, _ACTION, clean),
        *(
            paragraph
            for line in shot.dialogue
            for paragraph in _speech(clean(line.speaker), clean(line.text))
        ),
        *_paragraphs(shot.note, DETAIL, clean),
    )


def letters_of(shot: Shot) -> int:
    """Letters of what a caption says."""
    spoken = sum(len(line.speaker) + len(line.text) for line in shot.dialogue)
    return len(shot.action) + spoken + len(shot.note)


def _paragraphs(text: str, style: Style, clean: Callable[[str], str]) -> Iterator[Paragraph]:
    lines = text.splitlines()
    for part in (*lines[:_LINES], " ".join(lines[_LINES:])):
        if line := clean(part):
            yield Paragraph((Run(line, style),), _GAP)


def _speech(speaker: str, text: str) -> Iterator[Paragraph]:
    runs = ((speaker and f"{speaker}:", _SPEAKER), (text, _SPEECH))
    shown = tuple(Run(part, style) for part, style in runs if part)
    if shown:
        yield Paragraph(shown, _GAP)
