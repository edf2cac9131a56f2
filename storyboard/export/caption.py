"""The words of a panel: those above its frame, and those below or beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.export.page_design import USUAL_DESIGN, Field, PageDesign
from storyboard.export.page_words import PageWords
from storyboard.export.typesetting import Paragraph, Run, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.export.page_design import FieldPlace
    from storyboard.values.board import Panel

__all__ = ["DETAIL", "CaptionWriter", "letters_of"]

DETAIL = Style("", 7.5, 3.5, 95)
_NUMBER = Style("B", 10, 4.0)
_SMALL = Style("", 7, 3.2, 95)
_FRAMING = Style("B", 7.2, 3.4, 95)
_ACTION = Style("", 8.6, 3.9)
_SPEAKER = Style("B", 8.6, 3.9)
_SPEECH = Style("I", 8.6, 3.9)
_LABEL = Style("B", 7, 3.4, 120)
_GAP = 1.1
_LINES = 1000
"""Of one text; those after it are set as one, because each costs as much as thirty words."""


@dataclass(frozen=True, slots=True)
class CaptionWriter:
    """Writes what a design asks for.

    Attributes:
        design: Which fields, and how.
        words: Of the page's language.
        clean: Returns what the font can print of a text, in one line.
    """

    design: PageDesign
    words: PageWords
    clean: Callable[[str], str]

    def detail(self) -> Style:
        """The style of what is said beside the action."""
        return self._scaled(DETAIL)

    def heading(self, panel: Panel, number: int) -> tuple[Run, ...]:
        """The line above a frame: the panel's number, and whatever else is wanted.

        Args:
            panel: The panel.
            number: Its place on the whole board, from 1.

        Returns:
            The panel's number in a run of its own; then the other fields but a duration that
            stands last; then that one. Empty runs are left out.
        """
        wanted = self.design.heading
        apart = wanted[-1:] if len(wanted) > 1 and wanted[-1] is Field.DURATION else ()

        def said(field: Field) -> str:
            if field is Field.SCENE:
                return self.words.scene_name(panel.shot.scene_name)
            if field is Field.SHOT:
                return self.words.shot_name(panel.shot.number)
            return self.value(field, panel, number)

        first = [str(number)] if Field.PANEL in wanted else []
        middle = [said(each) for each in wanted if each is not Field.PANEL and each not in apart]
        runs = [
            *(Run(each, self._scaled(_NUMBER)) for each in first),
            Run(" · ".join(each for each in middle if each), self._scaled(_SMALL)),
            *(Run(said(each), self._scaled(_SMALL)) for each in apart),
        ]
        return tuple(each for each in runs if each.text)

    def paragraphs(self, place: FieldPlace, panel: Panel, number: int) -> tuple[Paragraph, ...]:
        """The paragraphs of one field; none where the panel says nothing there.

        Args:
            place: The field, and what is asked of it.
            panel: The panel.
            number: Its place on the whole board, from 1.
        """
        found = [
            Paragraph(tuple(Run(each.text, self._scaled(each.style)) for each in runs), _GAP)
            for runs in self._runs(place, panel, number)
        ]
        label = self._label(place)
        if not label or not (found or place.width < 100 or place.field is Field.OWN):
            return tuple(found)
        named = Run(f"{label}:" if found else label, self._scaled(_LABEL))
        if not found:
            return (Paragraph((named,), _GAP),)
        return (Paragraph((named, *found[0].runs), _GAP), *found[1:])

    def value(self, field: Field, panel: Panel, number: int) -> str:
        """A short field as text."""
        shot, words, shown = panel.shot, self.words, panel.shown
        match field:
            case Field.PANEL:
                said = str(number)
            case Field.SCENE:
                said = shot.scene_name
            case Field.SHOT:
                said = str(shot.number)
            case Field.DURATION:
                said = words.duration(shot.duration)
            case Field.FRAMING:
                said = words.framing_of(shot)
            case Field.SIZE:
                said = words.framed(shot.size)
            case Field.ANGLE:
                said = words.framed(shot.angle)
            case Field.MOVE:
                said = words.framed(shot.move)
            case Field.PLACE:
                said = words.setting(shot.setting)
            case Field.TIME:
                said = words.setting(shot.time_of_day)
            case Field.CAST:
                said = ", ".join(shot.characters)
            case Field.SEED:
                said = str(shown.seed if shown else panel.seed)
            case Field.FILE:
                said = shown.file if shown else ""
            case _:
                raise ValueError(f"{field} is not short")
        return self.clean(said)

    def _runs(self, place: FieldPlace, panel: Panel, number: int) -> Iterator[tuple[Run, ...]]:
        shot = panel.shot
        match place.field:
            case Field.ACTION:
                yield from self._lines(shot.action, _ACTION)
            case Field.DIALOGUE:
                for line in shot.dialogue:
                    speaker, text = self.clean(line.speaker), self.clean(line.text)
                    runs = (Run(speaker and f"{speaker}:", _SPEAKER), Run(text, _SPEECH))
                    if shown := tuple(each for each in runs if each.text):
                        yield shown
            case Field.NOTES:
                yield from self._lines(shot.note, DETAIL)
            case Field.PROMPT:
                yield from self._lines(shot.prompt_action, DETAIL)
            case Field.OWN:
                yield from self._lines(place.text, DETAIL)
            case field:
                if said := self.value(field, panel, number):
                    yield (Run(said, _FRAMING if field is Field.FRAMING else DETAIL),)

    def _lines(self, text: str, style: Style) -> Iterator[tuple[Run, ...]]:
        lines = text.splitlines()
        for part in (*lines[:_LINES], " ".join(lines[_LINES:])):
            if line := self.clean(part):
                yield (Run(line, style),)

    def _label(self, place: FieldPlace) -> str:
        if place.label is not None:
            return self.clean(place.label)
        return self.words.fields.get(place.field, "") if self.design.labels else ""

    def _scaled(self, style: Style) -> Style:
        return style.scaled(self.design.letters / USUAL_DESIGN.letters)


def letters_of(panel: Panel, design: PageDesign) -> int:
    """Letters of what is printed of a panel, about."""
    shot = panel.shot
    long = {
        Field.ACTION: len(shot.action),
        Field.DIALOGUE: sum(len(each.speaker) + len(each.text) for each in shot.dialogue),
        Field.NOTES: len(shot.note),
        Field.PROMPT: len(shot.prompt_action),
        Field.PLACE: len(shot.setting),
        Field.TIME: len(shot.time_of_day),
        Field.CAST: sum(map(len, shot.characters)),
    }
    own = sum(len(each.text) + len(each.label or "") for each in design.fields)
    wanted = (*(each.field for each in design.fields), *design.heading)
    return own + sum(long.get(each, 0) for each in wanted)
