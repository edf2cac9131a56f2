"""From a shot to the text that the text encoders read.

The character's traits come first, always: what stands first weighs most, and what does not fit
falls off the end. A text encoder reads so many tokens and no more; what is too much is left out
here, by whole words and in a known order, rather than cut in the middle of a word.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.techniques.lora import parse_loras
from storyboard.values.character import Character
from storyboard.values.panel_loras import loras_of_panel, loras_of_sheet
from storyboard.values.prompt import Prompt
from storyboard.values.shot import CameraAngle, Shot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config import Settings
    from storyboard.techniques.lora import LoraWish
    from storyboard.values.card import ModelCard
    from storyboard.values.tokens import TokenCounter

__all__ = ["PromptEnhancer", "prompt_writer"]

_SHEET_VIEW = "front view, head and shoulders"
_FACE_VIEW = "close-up"
_SHEET_PLACE = "plain background"
# To write "no hat" makes a text encoder think of a hat: what is absent stays unsaid.
_ABSENT = frozenset({"no", "none", "-"})
_EDGES = " ,.;:"
_BEFORE_DETAIL = re.compile(
    r"\s+(?=(?:above|among|at|behind|below|beside|between|by|full|in|near|next|on|over|under|with)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """The smallest unit that is kept or dropped; equal words are still different pieces.

    Attributes:
        part: What the words are, for the list of what was dropped.
        text: The words.
        glue: What joins them to the piece before.
    """

    part: str
    text: str
    glue: str = ", "


def prompt_writer(card: ModelCard, settings: Settings) -> PromptEnhancer:
    """What writes the prompts for a model, in the style of the settings."""
    return PromptEnhancer(
        card.tokens,
        style=_joined(settings.style, settings.style_phrases),
        negative_prompt=_joined(settings.negative_prompt, settings.negative_phrases),
        loras=parse_loras(settings.loras),
    )


class PromptEnhancer:
    """Writes prompts that begin with the characters' traits and fit the encoders' window.

    Reading order: traits (before them what LoRAs call a character by), action, shot size, angle,
    setting, time of day, style. Where that is too long, the style goes first (from its end), then
    the setting's details, the angle, the shot size, the time of day, the setting, and last of all
    the end of the action. A character's traits are touched only where they alone exceed the window:
    then the last traits go, from the character with the most.
    """

    def __init__(
        self,
        counter: TokenCounter,
        *,
        style: str,
        negative_prompt: str,
        loras: tuple[LoraWish, ...] = (),
    ) -> None:
        """Write prompts for the pipeline whose tokens `counter` counts.

        Args:
            counter: Counts tokens; its window is the budget of each prompt.
            style: Phrases with commas between them, the most important first.
            negative_prompt: Likewise.
            loras: Of every panel; their words join those of who is in it.
        """
        self._counter = counter
        self._style = style
        self._negative_prompt = negative_prompt
        self._loras = loras

    def enhance(self, shot: Shot, characters: Sequence[Character]) -> Prompt:
        """Write the prompt of a panel.

        Args:
            shot: What the panel shows; ``shot.characters`` says who is in it, the main one first.
            characters: Where the looks of those are found; one that is missing is just named.

        Raises:
            ModelError: The tokenizer cannot be read.
        """
        # 1. The parts, each in the order of reading.
        loras = loras_of_panel(self._loras, characters, shot)
        people = _people(_cast(shot, characters), loras)
        action = _words("action", shot.prompt_action)
        size = _phrases("shot size", shot.size)
        angle = _phrases("angle", "" if shot.angle is CameraAngle.EYE_LEVEL else shot.angle)
        place, details = _setting(shot.setting)
        time = _phrases("time of day", shot.time_of_day)
        style = _phrases("style", self._style)

        # 2. What goes first when there is too much.
        expendable = [style, details, angle, size, time, place, action]
        scene = [*action, *size, *angle, *place, *details, *time, *style]
        return self._fit(people, scene, expendable)

    def sheet(self, character: Character) -> Prompt:
        """Write the prompt of a character sheet: the character alone, from the front.

        Raises:
            ModelError: The tokenizer cannot be read.
        """
        view, place = _phrases("view", _SHEET_VIEW), _phrases("setting", _SHEET_PLACE)
        style = _phrases("style", self._style)
        people = _people([character], loras_of_sheet(self._loras, character))
        return self._fit(people, [*view, *place, *style], [style, place, view])

    def faces(self, shot: Shot, characters: Sequence[Character]) -> tuple[tuple[str, str], ...]:
        """Name and prompt of a picture of each face alone, from left to right.

        Raises:
            ModelError: The tokenizer cannot be read.
        """
        loras = loras_of_panel(self._loras, characters, shot)
        found = []
        for character in _cast(shot, characters):
            view, style = _phrases("view", _FACE_VIEW), _phrases("style", self._style)
            people = _people([character], loras)
            prompt = self._fit(people, [*view, *style], [style, view])
            found.append((character.name.replace(":", " ").strip() or "?", prompt.positive))
        return tuple(found)

    def _fit(
        self,
        people: Sequence[Sequence[_Piece]],
        scene: Sequence[_Piece],
        expendable: Sequence[Sequence[_Piece]],
    ) -> Prompt:
        """Join the pieces, people first, and drop as few of `expendable` as the window asks for."""
        traits = [piece for person in people for piece in person]
        order = [piece for part in expendable for piece in reversed(part)]
        order += _least_identifying_first(people)
        pieces = [*traits, *scene]
        gone = self._dropped(pieces, order)
        positive = _text(pieces, gone)
        negative, negative_gone = self._negative
        return Prompt(
            positive=positive,
            negative=negative,
            traits=_text(traits, gone),
            tokens=self._counter.count(positive),
            negative_tokens=self._counter.count(negative),
            window=self._counter.window,
            dropped=(*_remarks(pieces, gone), *negative_gone),
        )

    @functools.cached_property
    def _negative(self) -> tuple[str, tuple[str, ...]]:
        """The negative prompt within the window, and what was dropped of it."""
        pieces = _phrases("negative", self._negative_prompt)
        gone = self._dropped(pieces, [*reversed(pieces)])
        return _text(pieces, gone), _remarks(pieces, gone)

    def _dropped(self, pieces: Sequence[_Piece], order: Sequence[_Piece]) -> Sequence[_Piece]:
        """The shortest beginning of `order` without which the rest fits the window."""
        least, most = 0, len(order)
        if self._fits(pieces, ()):
            return ()
        # A text does not get longer when a word goes, so halving finds the place; whatever the
        # counter says, the result is one that was seen to fit (or nothing at all).
        while least < most:
            middle = (least + most) // 2
            if self._fits(pieces, order[:middle]):
                most = middle
            else:
                least = middle + 1
        return order[:most]

    def _fits(self, pieces: Sequence[_Piece], gone: Sequence[_Piece]) -> bool:
        return self._counter.count(_text(pieces, gone)) <= self._counter.window


def _joined(*texts: str) -> str:
    return ", ".join(filter(None, texts))


def _cast(shot: Shot, characters: Sequence[Character]) -> list[Character]:
    """The characters of the shot, each once, with their looks where they are known."""
    looks = {each.name.casefold(): each for each in reversed(characters)}
    names = {name.casefold(): name for name in reversed(shot.characters)}
    in_order = dict.fromkeys(name.casefold() for name in shot.characters)
    return [looks.get(key) or Character(names[key]) for key in in_order]


def _people(cast: Sequence[Character], loras: Sequence[LoraWish]) -> list[list[_Piece]]:
    """The characters, and last what LoRAs are called by that are nobody's own."""
    words = {each.source: each.words for each in loras}
    people: list[list[_Piece]] = []
    for character in cast:
        own = [words.pop(each.source) for each in character.loras if each.source in words]
        people.append(_person(character, own, first=not people))
    others = [piece for each in words.values() for piece in _phrases("words of a LoRA", each)]
    return [*people, others] if others else people


def _person(character: Character, called: Sequence[str], *, first: bool) -> list[_Piece]:
    """A character as "Mira, young woman, long red hair"; a later one is joined by "and".

    What LoRAs call somebody by comes before any trait, because it stands for all of them.
    """
    name = _clean(character.name)
    traits = [phrase for each in called for phrase in _split(each)]
    traits += [words for each in character.traits if (words := _trait(*each))]
    return [
        _Piece(f"identity of {name}", text, ", " if n or first else " and ")
        for n, text in enumerate([name, *traits] if name else traits)
    ]


def _trait(trait: str, words: str) -> str:
    """The words of a trait; empty where the character lacks it."""
    words = _clean(words)
    if words.casefold() in _ABSENT:
        return ""
    return f"{words} years old" if trait == "age" and words.isdecimal() else words


def _least_identifying_first(people: Sequence[Sequence[_Piece]]) -> list[_Piece]:
    """Traits from the end of whoever has most left, then names, the main character's last."""
    left = [list(person) for person in people]
    order: list[_Piece] = []
    while any(left):
        # Among equals the later character yields; a name counts less than any trait.
        richest = max(range(len(left)), key=lambda index: (len(left[index]), index))
        order.append(left[richest].pop())
    return order


def _setting(setting: str) -> tuple[list[_Piece], list[_Piece]]:
    """The place itself, and its details: "small village" and "near a river", "old houses"."""
    pieces: list[_Piece] = []
    for phrase in _split(setting):
        first, *others = _BEFORE_DETAIL.split(phrase)
        pieces.append(_Piece("setting detail", first))
        pieces += [_Piece("setting detail", other, " ") for other in others]
    place = [_Piece("setting", piece.text) for piece in pieces[:1]]
    return place, pieces[1:]


def _phrases(part: str, text: str) -> list[_Piece]:
    return [_Piece(part, phrase) for phrase in _split(text)]


def _words(part: str, text: str) -> list[_Piece]:
    words = _clean(text).split()
    return [_Piece(part, word, " " if n else ", ") for n, word in enumerate(words)]


def _split(text: str) -> list[str]:
    return [phrase for each in re.split(r"[,;\n]", text) if (phrase := _clean(each))]


def _clean(text: str) -> str:
    """Single blanks, nothing unprintable, no punctuation at the edges."""
    visible = "".join(
        each if each.isprintable() else " " if each.isspace() else "" for each in text
    )
    return " ".join(visible.split()).strip(_EDGES)


def _text(pieces: Iterable[_Piece], gone: Iterable[_Piece]) -> str:
    left_out = frozenset(gone)
    text = ""
    for piece in pieces:
        if piece not in left_out:
            text += piece.glue + piece.text if text else piece.text
    return text.rstrip(_EDGES)  # a trimmed action may end in a comma


def _remarks(pieces: Sequence[_Piece], gone: Sequence[_Piece]) -> tuple[str, ...]:
    """What was dropped, a line for each part, in the order in which the parts were reached."""
    left_out = frozenset(gone)
    lines: list[str] = []
    for part in dict.fromkeys(piece.part for piece in gone):
        words = _text([each for each in pieces if each in left_out and each.part == part], ())
        lines.append(f"{part}: {words}")
    return tuple(lines)
