"""``board.yaml``: the record of a storyboard, readable and mendable by people.

The record names pictures by file name only; a name that could leave the project's folders is
refused on reading and on writing.
"""

from __future__ import annotations

import re
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from storyboard.errors import InputError, ProjectError
from storyboard.files.lora_yaml import loras_in, loras_out
from storyboard.files.yaml_text import to_yaml
from storyboard.files.yaml_tree import MAX_BYTES, MAX_EVENTS, YamlTree, parse_yaml
from storyboard.planning.passage_text import PASSAGE, passage_in, passage_out
from storyboard.planning.prompt_mark import prompt_origin, read_prompt
from storyboard.project.record_fields import file_of, list_of, named, seed_of, text_of
from storyboard.project.record_marker import markers_in, markers_out
from storyboard.project.record_plain import PlainTakes, plain_take
from storyboard.project.record_sound import sound_in, sound_out
from storyboard.project.record_take import take_in, take_out
from storyboard.values import bounds
from storyboard.values.aspect import aspect_ratio
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.character import Character
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize

if TYPE_CHECKING:
    from enum import StrEnum

__all__ = [
    "FORMAT",
    "MAX_NAME",
    "MAX_PANELS",
    "MAX_TAKES",
    "NO_PANELS",
    "PANELS",
    "NewerRecordError",
    "around_takes",
    "board_from_yaml",
    "board_to_yaml",
    "head_to_yaml",
    "panel_to_yaml",
    "take_to_yaml",
]

FORMAT = 2
"""Version of the record; raised whenever an older program could misread it."""

MAX_PANELS = bounds.PANELS
"""Panels that a record can have."""

MAX_NAME = bounds.NAME
"""Letters of a character's name."""

MAX_TAKES = bounds.TAKES
"""Takes that a panel can have in a record."""

PANELS, NO_PANELS = "panels:\n", "panels: []\n"
"""The line that begins the panels of a record, and the one that says that there are none."""

_HEAD = "# A storyboard. The words may be edited by hand; keep keys and file names as they are.\n"
_EMPTY = "{source} is empty: restore it from a snapshot"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)

_BOARD = (
    *("format", "title", "language", "aspect", "seed", "story", "characters"),
    *("soundtrack", "markers", "panels"),
)
_CHARACTER = ("name", "traits", "references", "loras")
_PANEL = (
    *("key", "scene", "scene_label", "shot", "size", "angle", "move", "setting", "time_of_day"),
    "characters",
    *("action", "prompt_action", "prompt_by_hand", "prompt_follows", "dialogue", "duration"),
    *("note", "loras", "seed", "seed_locked", "left_out", "sound", "takes", "pinned", *PASSAGE),
)
_Choice = TypeVar("_Choice", bound="StrEnum")


class NewerRecordError(ProjectError):
    """The record is whole, but a newer version of the program wrote it."""


def board_to_yaml(board: Storyboard) -> str:
    """Write a board as YAML, in the order in which a person reads it."""
    if not board.panels:
        return head_to_yaml(board) + NO_PANELS
    return head_to_yaml(board) + PANELS + "".join(map(panel_to_yaml, board.panels))


def head_to_yaml(board: Storyboard) -> str:
    """Write what comes before `PANELS` and the texts of the panels, or before `NO_PANELS`."""
    head = {
        "format": FORMAT,
        "title": board.title,
        "language": board.language,
        "aspect": board.aspect,
        "seed": board.seed,
        "story": board.story,
        "characters": [_character_out(each) for each in board.characters],
    }
    if board.soundtrack:
        head["soundtrack"] = sound_out(board.soundtrack)
    if board.markers:
        head["markers"] = markers_out(board.markers)
    return _HEAD + to_yaml(head)


def panel_to_yaml(panel: Panel) -> str:
    """Write a panel as the record has it, whatever stands before and after it."""
    return around_takes(panel, "".join(map(take_to_yaml, panel.takes)))


def around_takes(panel: Panel, takes: str) -> str:
    """Write a panel around the texts of its takes, each written by `take_to_yaml`."""
    last: dict[str, Any] = {"pinned": named(panel.pinned)} if panel.pinned else {}
    if not panel.seed_locked:
        last["seed_locked"] = False
    if panel.left_out:
        last["left_out"] = True
    if panel.sound:
        last["sound"] = sound_out(panel.sound)
    between = f"  takes:\n{takes}" if takes else "  takes: []\n"
    return to_yaml([_panel_out(panel)]) + between + (_indented(to_yaml(last)) if last else "")


def take_to_yaml(take: Take) -> str:
    """Write a take as the record has it, whatever stands before and after it."""
    plain = plain_take(take)
    return plain.text if plain else _indented(to_yaml([take_out(take)]))


def board_from_yaml(text: str, source: str = "board.yaml") -> Storyboard:
    """Read a board from YAML.

    Args:
        text: What the file holds.
        source: How messages call the file.

    Raises:
        ProjectError: Not a board, made by a newer version, or with a value that cannot be; the
            message names the file, the line and the key.
    """
    if len(text) <= MAX_BYTES:
        plain = PlainTakes(text)
        if plain:
            with suppress(ProjectError):  # which is raised again below, with the right line
                most = MAX_EVENTS - plain.events
                board = _board_in(parse_yaml(plain.rest, source, most, empty=_EMPTY), plain)
                if not plain:
                    return board
    return _board_in(parse_yaml(text, source, empty=_EMPTY), None)


def _board_in(tree: YamlTree, plain: PlainTakes | None) -> Storyboard:
    _check_format(tree)
    fields = tree.fields(_BOARD, required=("format", "panels"))
    aspect = text_of(fields, "aspect") or "16:9"
    try:
        aspect_ratio(aspect)
    except InputError as error:
        fields["aspect"].fail("is wrong: {error}", error=error)
    return Storyboard(
        title=text_of(fields, "title"),
        story=text_of(fields, "story"),
        language=text_of(fields, "language", 16) or "en",
        aspect=aspect,
        seed=seed_of(fields),
        characters=_characters_in(fields),
        panels=_panels_in(fields["panels"], plain),
        soundtrack=sound_in(fields["soundtrack"]) if "soundtrack" in fields else None,
        markers=markers_in(fields["markers"]) if "markers" in fields else (),
    )


def _check_format(tree: YamlTree) -> None:
    found = tree.mapping().get("format")
    if found is None:
        tree.fail("has no line 'format:'; is it a storyboard's record?")
    version = found.whole(0, 10**9)
    if version > FORMAT:
        raise NewerRecordError(
            "{source} has format {version}, made by a newer version of Storyboard; this one "
            "reads up to {format}: update Storyboard",
            source=tree.source,
            version=version,
            format=FORMAT,
        )
    if version < 1:
        found.fail("is {version}; the first format is 1", version=version)


# Writing


def _character_out(character: Character) -> dict[str, Any]:
    return {
        "name": character.name,
        "traits": [{trait: words} for trait, words in character.traits],
        "references": [named(name) for name in character.references],
        **({"loras": loras_out(character.loras)} if character.loras else {}),
    }


def _panel_out(panel: Panel) -> dict[str, Any]:
    shot = panel.shot
    return {
        "key": panel.key,
        "scene": shot.scene,
        **({"scene_label": shot.scene_label} if shot.scene_label else {}),
        "shot": shot.number,
        "size": shot.size.value,
        "angle": shot.angle.value,
        "move": shot.move.value,
        "setting": shot.setting,
        "time_of_day": shot.time_of_day,
        "characters": list(shot.characters),
        "action": shot.action,
        "prompt_action": shot.prompt_action,
        **prompt_origin(shot),
        "dialogue": [{"speaker": each.speaker, "text": each.text} for each in shot.dialogue],
        "duration": shot.duration,
        "note": shot.note,
        **({"loras": loras_out(shot.loras)} if shot.loras else {}),
        "seed": panel.seed,
        **passage_out(panel.passage),
    }


def _indented(text: str) -> str:
    return textwrap.indent(text, "  ")


# Reading


def _characters_in(fields: dict[str, YamlTree]) -> tuple[Character, ...]:
    characters: list[Character] = []
    for tree in list_of(fields, "characters", bounds.CAST):
        entries = tree.fields(_CHARACTER, required=("name",))
        name = text_of(entries, "name", MAX_NAME)
        if any(each.name == name for each in characters):
            entries["name"].fail(
                "{name} is there twice; a character has one name", name=repr(name[:40])
            )
        references = tuple(
            file_of(each) for each in list_of(entries, "references", bounds.REFERENCES)
        )
        loras = loras_in(entries["loras"]) if "loras" in entries else ()
        characters.append(Character(name, _traits_in(entries), references, loras))
    return tuple(characters)


def _traits_in(fields: dict[str, YamlTree]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (trait, words.text(2000))
        for tree in list_of(fields, "traits", bounds.TRAITS)
        for trait, words in tree.mapping().items()
    )


def _panels_in(tree: YamlTree, plain: PlainTakes | None) -> tuple[Panel, ...]:
    panels = tuple(_panel_in(each, plain) for each in tree.items(MAX_PANELS))
    keys: set[str] = set()
    files: set[str] = set()
    for each, panel in zip(tree.items(MAX_PANELS), panels, strict=True):
        if panel.key in keys:
            each.fail("has the key {key} of an earlier panel; keys are unique", key=repr(panel.key))
        keys.add(panel.key)
        for take in panel.takes:
            name = take.file.casefold()  # one file, where the disk knows no capital letters
            if name in files:
                each.fail("names {file} a second time; a take belongs to one panel", file=take.file)
            files.add(name)
    return panels


def _panel_in(tree: YamlTree, plain: PlainTakes | None) -> Panel:
    fields = tree.fields(_PANEL, required=("key", "size", "action"))
    key = fields["key"].text(64)
    if not _WORD.fullmatch(key):
        fields["key"].fail("must be letters, digits, '-' and '_'")
    pinned = fields.get("pinned")
    return Panel(
        key=key,
        shot=_shot_in(fields),
        seed=seed_of(fields),
        takes=tuple(
            (plain.take(each) if plain else None) or take_in(each)
            for each in list_of(fields, "takes", MAX_TAKES)
        ),
        pinned=file_of(pinned) if pinned and pinned.text() else "",
        seed_locked="seed_locked" not in fields or fields["seed_locked"].yes_or_no(),
        left_out="left_out" in fields and fields["left_out"].yes_or_no(),
        sound=sound_in(fields["sound"]) if "sound" in fields else None,
        passage=passage_in(fields),
    )


def _shot_in(fields: dict[str, YamlTree]) -> Shot:
    prompt, by_hand = read_prompt(fields, "prompt_action")
    return Shot(
        scene=fields["scene"].whole(1, 9999) if "scene" in fields else 1,
        number=fields["shot"].whole(1, 9999) if "shot" in fields else 1,
        size=_choice(ShotSize, fields["size"]),
        angle=_choice(CameraAngle, fields.get("angle"), CameraAngle.EYE_LEVEL),
        move=_choice(CameraMove, fields.get("move"), CameraMove.STATIC),
        action=text_of(fields, "action"),
        prompt_action=prompt,
        prompt_by_hand=by_hand,
        setting=text_of(fields, "setting"),
        time_of_day=text_of(fields, "time_of_day"),
        characters=tuple(
            each.text(MAX_NAME) for each in list_of(fields, "characters", bounds.CAST)
        ),
        dialogue=tuple(_line_in(each) for each in list_of(fields, "dialogue", bounds.LINES)),
        duration=fields["duration"].number(0.01, 3600.0) if "duration" in fields else 3.0,
        note=text_of(fields, "note"),
        scene_label=text_of(fields, "scene_label", bounds.SCENE_LABEL),
        loras=loras_in(fields["loras"]) if "loras" in fields else (),
    )


def _line_in(tree: YamlTree) -> DialogueLine:
    fields = tree.fields(("speaker", "text"), required=("text",))
    return DialogueLine(text_of(fields, "speaker", MAX_NAME), text_of(fields, "text"))


def _choice(kind: type[_Choice], tree: YamlTree | None, default: _Choice | None = None) -> _Choice:
    if tree is None:
        assert default is not None
        return default
    try:
        return kind(tree.text(80))
    except ValueError:
        tree.fail("must be one of: {keys}", keys=", ".join(each.value for each in kind))
