"""A board that a plan has just been laid out on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.values.board import Panel, Storyboard

if TYPE_CHECKING:
    from config import Settings
    from storyboard.planning.planner import Plan
from storyboard.values.seeds import derived_seed

__all__ = ["new_board"]


def new_board(plan: Plan, story: str, settings: Settings, *, title: str = "") -> Storyboard:
    """Lay a plan out as a board without pictures; every panel gets a seed of its own.

    Seeds that the plan says are kept, and so is what it says of locking them and of leaving panels
    out.

    Args:
        plan: The shots and characters.
        story: The text as the author gave it.
        settings: Shape of the frame and seed.
        title: The board's title; the plan's own if empty.
    """
    seeds = plan.seeds or (None,) * len(plan.shots)
    locked = plan.seeds_locked or (True,) * len(plan.shots)
    left_out = plan.left_out or (False,) * len(plan.shots)
    passages = plan.passages or (None,) * len(plan.shots)
    return Storyboard(
        title=title or plan.title,
        story=story,
        language=plan.language,
        aspect=settings.aspect,
        seed=settings.seed,
        characters=plan.characters,
        panels=tuple(
            Panel(
                key=f"p{number:02}",
                shot=shot,
                seed=derived_seed(settings.seed, f"panel {number}") if seed is None else seed,
                seed_locked=is_locked,
                left_out=is_left_out,
                passage=passage,
            )
            for number, (shot, seed, is_locked, is_left_out, passage) in enumerate(
                zip(plan.shots, seeds, locked, left_out, passages, strict=True), 1
            )
        ),
    )
