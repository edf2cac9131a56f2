"""What a panel shows once its words have changed in the story: a person's own words stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from storyboard.message import Message
from storyboard.planning.passages import changed_fields, mark, marked_anew
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from storyboard.story.moments import Beat
    from storyboard.values.passage import Passage
    from storyboard.values.shot import Shot

__all__ = ["FIELD_NAMES", "Reworded", "changes", "reworded"]

FIELD_NAMES = {
    "action": "action",
    "dialogue": "dialogue",
    "setting": "setting",
    "time_of_day": "time",
    "characters": "characters",
    "note": "note",
    "duration": "seconds",
    "size": "size",
    "angle": "angle",
    "move": "move",
    "prompt_action": "prompt",
    "scene_label": "scene",
}
"""What people call the fields of a shot that a story fills."""

_WHERE = ("setting", "time_of_day")
_TOLD = ("action", "dialogue", *_WHERE, "characters", "note", "duration")
_FRAMED = (("size", "sizes"), ("angle", "angles"), ("move", "moves"))
_LETTERS = 120


class Reworded(NamedTuple):
    """A panel by the story as it is now.

    Attributes:
        shot: What it shows.
        passage: Where it comes from.
        words: What is changed, for people.
        own: What is not, because somebody wrote it by hand.
    """

    shot: Shot
    passage: Passage
    words: tuple[Message, ...]
    own: tuple[Message, ...]


def reworded(
    shot: Shot, passage: Passage | None, planned: Shot, now: Passage, beat: Beat
) -> Reworded:
    """Take over what has changed in the story, but for what a person has written.

    Args:
        shot: As it is on the board.
        passage: Where it comes from, as far as that is known.
        planned: What the planner makes of its words now.
        now: Where these are.
        beat: The words.
    """
    own = changed_fields(shot, passage)
    fields = _concerned(passage, planned, now, beat)
    words: list[Message] = []
    kept: list[Message] = []
    taken: dict[str, Any] = {}
    for name in fields:
        if getattr(planned, name) == getattr(shot, name):
            continue
        if name in own:
            kept.append(_said("your own {field} stays; the story has: {text}", planned, name))
        else:
            taken[name] = getattr(planned, name)
            words.append(_said("new {field}: {text}", planned, name))
    # The prompt goes with its action, unless somebody wrote it.
    if "action" in taken and shot.prompt_by_hand is False:
        taken["prompt_action"] = planned.prompt_action
    elif "action" in taken:
        kept.append(Message("your own prompt stays"))
    if planned.scene_label and planned.scene_label != shot.scene_label:
        taken["scene_label"] = planned.scene_label
        words.append(_said("new {field}: {text}", planned, "scene_label"))
    if passage is None or not passage.mark:
        known = mark(planned)
    else:
        known = marked_anew(passage.mark, planned, fields)
    return Reworded(replace(shot, **taken), replace(now, mark=known), tuple(words), tuple(kept))


def changes(before: Shot, after: Shot) -> tuple[Message, ...]:
    """What of a shot is changed, for people."""
    return tuple(
        _said("new {field}: {text}", after, name)
        for name in FIELD_NAMES
        if getattr(before, name) != getattr(after, name)
    )


def _concerned(passage: Passage | None, planned: Shot, now: Passage, beat: Beat) -> tuple[str, ...]:
    """The fields that the story may have changed."""
    if passage is None or not _same_words(passage, now):
        said = [m.reading for m in beat.moments]
        framed = [name for name, kind in _FRAMED if any(each.of(kind) for each in said)]
        return (*_TOLD, *framed)
    if not now.heading and not passage.heading:
        return ()  # in prose, what is told elsewhere may mean another place or not
    then = changed_fields(planned, passage)
    return _WHERE if passage.heading != now.heading else tuple(x for x in _WHERE if x in then)


def _same_words(passage: Passage, now: Passage) -> bool:
    if passage.mark:
        return passage.texts == now.texts
    # Of an older board only the words are known, not in which order they were told and said.
    return sorted(passage.texts) == sorted(now.texts)


def _said(template: str, shot: Shot, name: str) -> Message:
    value = getattr(shot, name)
    if name == "dialogue":
        value = " / ".join(f"{x.speaker}: {x.text}" if x.speaker else x.text for x in value)
    elif name == "characters":
        value = ", ".join(value)
    elif name == "duration":
        value = f"{value:g}"
    text = one_line(str(value), _LETTERS) or "-"
    return Message(template, {"field": Message(FIELD_NAMES[name]), "text": text})
