"""What a board asks a picture to show, and the panels whose picture shows something else by now.

A request also says how a picture is drawn: the model, the mode, the steps. A board that goes on
with another mode is not a changed board, and the words that a model's window has room for are a
matter of the model. So what is compared is what people write: the shot, the looks and references of
those in it, the shape of the frame, the style. Neither a model nor a tokenizer is needed for that.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from storyboard.production.best_of import MOST_TAKES, take_seeds
from storyboard.values.aspect import parse_aspect
from storyboard.values.board import OWN
from storyboard.values.change import Change, Changed
from storyboard.values.headcount import seeds_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from storyboard.project.recipe import Recipe
    from storyboard.values.board import Panel, Storyboard, Take
    from storyboard.values.character import Character
    from storyboard.values.shot import Shot

__all__ = ["changed_panels", "subject_of"]


def subject_of(
    shot: Shot, characters: Iterable[Character], aspect: str, style: str, negative_prompt: str
) -> str:
    """SHA-256 over what a panel is to show, hexadecimal.

    What is printed and never prompted (action, dialogue, notes, numbers) is no part of it.

    Args:
        shot: Of the panel.
        characters: Of the board.
        aspect: Of the board.
        style: How it is drawn, from the settings.
        negative_prompt: What it must not show, from the settings.

    Raises:
        InputError: The aspect is none.
    """
    looks = {each.name.casefold(): each for each in characters}
    return _digest(shot, looks, str(parse_aspect(aspect)), _plain(style), _plain(negative_prompt))


def changed_panels(
    board: Storyboard,
    style: str,
    negative_prompt: str,
    recipe_of: Callable[[Take], Recipe | None] | None = None,
) -> tuple[Change, ...]:
    """The panels of a board that ask for something else than their shown take shows.

    A board of 500 panels takes about 15 ms of one core without `recipe_of`.

    Args:
        board: With its takes; panels without any are not listed, nor are those that show a picture
            of the user's own, which no words have made.
        style: As in `subject_of`.
        negative_prompt: As in `subject_of`.
        recipe_of: Reads the recipe of a take. It is asked about takes of older versions, of which
            nothing is known otherwise, and with it `Changed.WORDS` is found too.

    Raises:
        InputError: The board's aspect is none.
    """
    looks = {each.name.casefold(): each for each in board.characters}
    shape, style, negative = str(parse_aspect(board.aspect)), _plain(style), _plain(negative_prompt)

    def wanted(panel: Panel) -> str:
        return _digest(panel.shot, looks, shape, style, negative)

    def drawn(take: Take) -> str:
        return take.subject or _subject_of_old(take, recipe_of, style, negative)

    found: list[Change] = []
    for number, panel in enumerate(board.panels, 1):
        take = panel.shown
        was = drawn(take) if take and take.mode != OWN else ""
        if take is None or not was:
            continue
        now = wanted(panel)
        if was == now and _has_its_seed(panel, take):
            if recipe_of is not None and _is_reworded(panel, recipe_of(take)):
                found.append(Change(number, panel.key, Changed.WORDS))
            continue
        is_chosen = panel.pinned and any(drawn(each) == now for each in panel.takes)
        what = Changed.PINNED if is_chosen else Changed.PICTURE
        found.append(Change(number, panel.key, what))
    return tuple(found)


def _digest(
    shot: Shot, looks: Mapping[str, Character], shape: str, style: str, negative_prompt: str
) -> str:
    cast = [looks.get(name.casefold()) or name for name in shot.characters]
    meaning = [
        _plain(shot.prompt_action),
        shot.size,
        shot.angle,
        _plain(shot.setting),
        _plain(shot.time_of_day),
        [
            _plain(each)
            if isinstance(each, str)
            else [each.name, each.traits, each.references, *(lora.text for lora in each.loras)]
            for each in cast
        ],
        shape,
        style,
        negative_prompt,
        *(lora.text for lora in shot.loras),  # pictures of before there were any keep their digest
    ]
    text = json.dumps(meaning, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _subject_of_old(
    take: Take, recipe_of: Callable[[Take], Recipe | None] | None, style: str, negative: str
) -> str:
    """The subject of a take that does not say it, with today's style; empty where nobody knows."""
    recipe = recipe_of(take) if recipe_of is not None else None
    if recipe is None or recipe.board is None:
        return ""
    then = recipe.board
    return subject_of(then.shot, then.characters, then.aspect, style, negative)


def _has_its_seed(panel: Panel, take: Take) -> bool:
    """Whether the take has the panel's seed, or one that follows from it.

    A take that somebody chose has the seed it has, and so has one of a panel whose seed is free.
    """
    if panel.pinned or not panel.seed_locked or take.seed == panel.seed:
        return True
    seeds = take_seeds(panel.seed, len(panel.takes) + MOST_TAKES)
    return any(take.seed in seeds_after(seed) for seed in seeds)


def _is_reworded(panel: Panel, recipe: Recipe | None) -> bool:
    if recipe is None or recipe.board is None:
        return False
    return _plain(recipe.board.shot.action) != _plain(panel.shot.action)


def _plain(text: str) -> str:
    return " ".join(text.split())
