"""The words below a frame: framing, action, dialogue, note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.export.typesetting import Paragraph, Run, Style
from storyboard.values.shot import CameraAngle, CameraMove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.values.shot import Shot

__all__ = ["DETAIL", "caption", "duration_text"]

DETAIL = Style("", 7.5, 3.5, 95)
_FRAMING = Style("B", 7.2, 3.4, 95)
_ACTION = Style("", 8.6, 3.9)
_SPEAKER = Style("B", 8.6, 3.9)
_SPEECH = Style("I", 8.6, 3.9)
_GAP = 1.1


def caption(shot: Shot, clean: Callable[[str], str]) -> tuple[Paragraph, ...]:
    """The paragraphs of a panel's text.

    Args:
        shot: What the panel shows.
        clean: Returns what the font can print of a text, in one line.
    """
    framing = [shot.size.value]
    if shot.angle is not CameraAngle.EYE_LEVEL:
        framing.append(shot.angle.value)
    if shot.move is not CameraMove.STATIC:
        framing.append(shot.move.value)
    return (
        Paragraph((Run(" · ".join(framing), _FRAMING),)),
        *_paragraphs(shot.action, _ACTION, clean),
        *(
            paragraph
            for line in shot.dialogue
            for paragraph in _speech(clean(line.speaker), clean(line.text))
        ),
        *_paragraphs(shot.note, DETAIL, clean),
    )


def duration_text(seconds: float) -> str:
    """A duration as people read it: "2.5 s", "1:05 min"."""
    if seconds < 60:
        tenths = f"{seconds:.1f}"
        return f"{tenths.removesuffix('.0')} s" if seconds >= 0.05 else f"{seconds:.2f} s"
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02} min"


def _paragraphs(text: str, style: Style, clean: Callable[[str], str]) -> Iterator[Paragraph]:
    for part in text.splitlines():
        if line := clean(part):
            yield Paragraph((Run(line, style),), _GAP)


def _speech(speaker: str, text: str) -> Iterator[Paragraph]:
    runs = ((speaker and f"{speaker}:", _SPEAKER), (text, _SPEECH))
    shown = tuple(Run(part, style) for part, style in runs if part)
    if shown:
        yield Paragraph(shown, _GAP)
