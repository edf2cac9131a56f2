"""What a board would lose by becoming another: before that, a snapshot is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.project.project_view import takes_of

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard

__all__ = ["loses", "rewords"]


def loses(before: Storyboard, after: Storyboard) -> bool:
    """Whether something of `before` would be gone: a panel, a take, a character, the text."""
    keys = {panel.key for panel in after.panels}
    references = {each.name: set(each.references) for each in after.characters}
    return (
        before.story != after.story
        or any(panel.key not in keys for panel in before.panels)
        or any(
            each.name not in references or not references[each.name] >= set(each.references)
            for each in before.characters
        )
        or not takes_of(before) <= takes_of(after)
    )


def rewords(before: Storyboard, after: Storyboard) -> bool:
    """Whether words that a person wrote are replaced: of a shot, or of a character's looks."""
    shots = {panel.key: panel.shot for panel in after.panels}
    looks = {each.name: each.traits for each in after.characters}
    return any(shots.get(panel.key, panel.shot) != panel.shot for panel in before.panels) or any(
        looks.get(each.name, each.traits) != each.traits for each in before.characters
    )
