"""Which LoRAs draw a panel, and how strongly: from settings, characters and the panel itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from config import LORA_WEIGHTS
from storyboard.techniques.lora import MOST_WEIGHT
from storyboard.techniques.written_numbers import WrittenNumber, read_numbers
from storyboard.values.shot import ShotSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storyboard.techniques.lora import LoraWish
    from storyboard.values.character import Character
    from storyboard.values.shot import Shot

__all__ = ["framed_weight", "loras_of_panel", "loras_of_sheet", "parse_lora_weights"]


def loras_of_panel(
    everywhere: Iterable[LoraWish],
    characters: Iterable[Character],
    shot: Shot,
    weights: Mapping[str, float] = LORA_WEIGHTS,
) -> tuple[LoraWish, ...]:
    """The LoRAs of a panel, each with a weight; those that are left out are not among them.

    What is said nearer to the panel holds: of one file the panel's own wish goes before that of
    somebody in the frame, and that before the settings'. A weight that nobody has given is
    `framed_weight`.

    Args:
        everywhere: Of the settings.
        characters: Of the board; of those in the shot the LoRAs count.
        shot: Of the panel.
        weights: By framing, as in `config.LORA_WEIGHTS`.
    """
    people = {name.casefold() for name in shot.characters}
    theirs = [w for each in characters if each.name.casefold() in people for w in each.loras]
    return _weighed(
        (*everywhere, *theirs, *shot.loras), framed_weight(shot.size, len(people), weights)
    )


def loras_of_sheet(everywhere: Iterable[LoraWish], character: Character) -> tuple[LoraWish, ...]:
    """The same for a character sheet, which is a portrait."""
    return _weighed((*everywhere, *character.loras), framed_weight(ShotSize.CLOSE_UP, 1))


def framed_weight(
    size: ShotSize, people: int, weights: Mapping[str, float] = LORA_WEIGHTS
) -> float:
    """The weight of a LoRA that has none of its own, by what the frame shows.

    Args:
        size: How much of the figure is in the frame.
        people: How many are in it; several take the lower of the two weights.
        weights: By framing, as in `config.LORA_WEIGHTS`.
    """
    weight = weights[size.value]
    if people < 2:
        return weight
    return min(weight, weights["two people" if people == 2 else "group"])


def parse_lora_weights(text: str) -> Mapping[str, float]:
    """The weights by framing where some of them are others: ``close-up=0.85, group=0.5``.

    Raises:
        InputError: There is no such framing, or a weight is no number from 0 to 4.
    """
    known = {name: WrittenNumber(usual, 0.0, MOST_WEIGHT) for name, usual in LORA_WEIGHTS.items()}
    parts = (each for each in text.split(",") if each.strip())
    return read_numbers(parts, known, "weights of LoRAs")


def _weighed(wishes: Iterable[LoraWish], framed: float) -> tuple[LoraWish, ...]:
    nearest: dict[str, LoraWish] = {}
    for each in wishes:
        before = nearest.get(each.source, each)
        words, blocks = each.words or before.words, each.blocks or before.blocks
        nearest[each.source] = replace(each, words=words, blocks=blocks)
    weighed = (
        replace(each, weight=framed if each.weight is None else each.weight)
        for each in nearest.values()
    )
    return tuple(each for each in weighed if each.weight)
