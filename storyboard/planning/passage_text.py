"""Passages in files of YAML: in the record, and in shot lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.values import bounds
from storyboard.values.passage import Passage

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = ["PASSAGE", "passage_in", "passage_out"]

PASSAGE = ("story_place", "story_heading", "story_text", "planned")
"""The keys of a panel that say where in the story it comes from."""

_LETTERS = 100


def passage_out(passage: Passage | None) -> dict[str, Any]:
    """What a file says of a passage; nothing where a panel has none."""
    if passage is None:
        return {}
    heading = {"story_heading": passage.heading} if passage.heading else {}
    return {
        "story_place": passage.place,
        **heading,
        "story_text": list(passage.texts),
        "planned": passage.mark,
    }


def passage_in(fields: dict[str, YamlTree]) -> Passage | None:
    """The passage that a panel's keys tell of; None where they do not.

    Raises:
        ProjectError: A value that cannot be.
    """
    if "story_place" not in fields or "story_text" not in fields:
        return None
    heading, mark = fields.get("story_heading"), fields.get("planned")
    return Passage(
        place=fields["story_place"].whole(0, bounds.LETTERS),
        texts=tuple(
            each.text(bounds.LETTERS) for each in fields["story_text"].items(bounds.YAML_MEMBERS)
        ),
        heading=heading.text(bounds.LETTERS) if heading else "",
        mark=mark.text(_LETTERS) if mark else "",
    )
