"""The shot list: a plan as YAML that a person can edit and render.

A list looks like this; what is left out has a sensible default::

    title: The Letter from the Sea
    language: en
    characters:
      Mira:
        hair: long red hair
        clothing: yellow coat
    shots:
      - scene: 1
        size: wide shot
        setting: beach
        time: sunset
        characters: [Mira]
        action: At sunset Mira walks along the beach.
        prompt: walking along the beach
        dialogue:
          - Mira: Somebody is waiting.
        seconds: 3.0
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from storyboard.errors import InputError, ProjectError
from storyboard.files.lora_yaml import loras_beside, loras_in, loras_out
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.planning.derived import with_derived_prompts
from storyboard.planning.passage_text import PASSAGE, passage_in, passage_out
from storyboard.planning.planner import Plan
from storyboard.planning.prompt_mark import prompt_origin, read_prompt
from storyboard.planning.shot_list_style import Inline, Long, ShotListDumper
from storyboard.terminal import plain
from storyboard.values import bounds
from storyboard.values.aspect import parse_aspect
from storyboard.values.character import Character
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path

    from storyboard.values.board import Storyboard
    from storyboard.values.passage import Passage


__all__ = ["board_plan", "from_yaml", "to_yaml"]


_HEAD = (
    "# A shot list: edit it, then render it with: storyboard render THIS_FILE\n"
    f"# sizes: {', '.join(ShotSize)}\n"
    f"# angles: {', '.join(CameraAngle)}\n"
    f"# moves: {', '.join(CameraMove)}\n"
    "# Change an action and its prompt is made anew; change the prompt itself and it is kept.\n"
)


_TOP = ("title", "language", "aspect", "seed", "characters", "shots", "story")


_SHOT = (
    *("scene", "scene_label", "shot", "size", "angle", "move", "setting", "time", "characters"),
    *("action", "prompt", "prompt_by_hand", "prompt_follows", "dialogue", "seconds", "note"),
    *("loras", "seed", "seed_locked", "left_out", *PASSAGE),
)


_REFERENCES, _LORAS = "references", "loras"
"""Keys among a character's looks that are no traits."""


_SHORTEST, _LONGEST = 0.01, 3600.0  # seconds, as in board.yaml


_MAX_SEED = 2**32 - 1


_WORDS = 2000


_PATH = 4000


_Choice = TypeVar("_Choice", bound="StrEnum")


def board_plan(board: Storyboard, references: Path | None = None) -> Plan:
    """A board without its pictures as a plan, with its seeds: rendered, it is the same again.

    Args:
        board: The board.
        references: Where its reference pictures lie, so that they are found from anywhere, and so
            are LoRAs in the project's folder around it.
    """
    people, shots = board.characters, tuple(each.shot for each in board.panels)
    if references is not None:
        home = references.absolute()
        people = tuple(
            replace(
                each,
                references=tuple(str(home / name) for name in each.references),
                loras=loras_beside(home.parent, each.loras),
            )
            for each in people
        )
        shots = tuple(replace(each, loras=loras_beside(home.parent, each.loras)) for each in shots)
    return Plan(
        title=board.title,
        language=board.language,
        characters=people,
        shots=shots,
        seeds=tuple(each.seed for each in board.panels),
        seeds_locked=_unless_all(tuple(each.seed_locked for each in board.panels)),
        left_out=_unless_none(tuple(each.left_out for each in board.panels)),
        seed=board.seed,
        aspect=board.aspect,
        story=board.story,
        passages=_if_any(tuple(each.passage for each in board.panels)),
    )


def to_yaml(source: Plan) -> str:
    """Write a plan as YAML for people."""
    seeds = source.seeds or [None] * len(source.shots)
    locked = source.seeds_locked or [True] * len(source.shots)
    left_out = source.left_out or [False] * len(source.shots)
    passages = source.passages or [None] * len(source.shots)
    record: dict[str, object] = {
        "title": source.title,
        "language": source.language,
        **({"aspect": source.aspect} if source.aspect else {}),
        **({"seed": source.seed} if source.seed is not None else {}),
        "characters": {each.name: _looks_out(each) for each in source.characters},
        "shots": [
            _shot_out(*each)
            for each in zip(source.shots, seeds, locked, left_out, passages, strict=True)
        ],
    }
    if source.seeds:  # the list of a board: that of a story has the story beside it
        record["story"] = Long(source.story)
    text: str = yaml.dump(
        record, Dumper=ShotListDumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
    # A blank line before each shot, so that the eye finds it.
    return _HEAD + plain(re.sub(r"^(?=  - scene:)", "\n", text, flags=re.MULTILINE))


def from_yaml(text: str, source: str = "the shot list") -> Plan:
    """Read a shot list that a person may have edited.

    Args:
        text: What the file holds.
        source: How messages call the file.

    Raises:
        InputError: Not YAML, too large or deep, with aliases, an unknown key or a value that
            cannot be; one line that names the file, the line, the key and what is possible.
    """
    if not re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE).strip():
        raise InputError(
            "{source} is empty: it needs at least 'shots:' with one shot", source=source
        )
    try:
        return with_derived_prompts(_plan_in(parse_yaml(text, source, bounds.SHOT_LIST_EVENTS)))
    except ProjectError as error:
        raise InputError(error.message) from None


def _unless_all(locked: tuple[bool, ...]) -> tuple[bool, ...]:
    return () if all(locked) else locked


def _unless_none(left_out: tuple[bool, ...]) -> tuple[bool, ...]:
    return left_out if any(left_out) else ()


def _if_any(passages: tuple[Passage | None, ...]) -> tuple[Passage | None, ...]:
    return passages if any(passages) else ()


# Writing


def _looks_out(character: Character) -> dict[str, Any]:
    looks: dict[str, Any] = dict(character.traits)
    if character.references:
        looks[_REFERENCES] = list(character.references)
    if character.loras:
        looks[_LORAS] = loras_out(character.loras)
    return looks


def _shot_out(
    shot: Shot,
    seed: int | None,
    is_locked: bool,
    is_left_out: bool,
    passage: Passage | None,
) -> dict[str, Any]:
    out: dict[str, Any] = {
        "scene": shot.scene,
        "scene_label": shot.scene_label,
        "shot": shot.number,
        "size": shot.size.value,
        "angle": shot.angle.value,
        "move": shot.move.value,
        "setting": shot.setting,
        "time": shot.time_of_day,
        "characters": Inline(shot.characters),
        "action": shot.action,
        "prompt": shot.prompt_action,
        **prompt_origin(shot),
        "dialogue": [
            {each.speaker: each.text} if each.speaker else each.text for each in shot.dialogue
        ],
        "seconds": shot.duration,
        "note": shot.note,
        "loras": loras_out(shot.loras),
    }
    optional = ("scene_label", "setting", "time", "characters", "dialogue", "note", "loras")
    if seed is not None:
        out["seed"] = seed
    if not is_locked:
        out["seed_locked"] = False
    if is_left_out:
        out["left_out"] = True
    out |= passage_out(passage)
    return {key: value for key, value in out.items() if value or key not in optional}


# Reading


def _plan_in(tree: YamlTree) -> Plan:
    fields = tree.fields(_TOP, required=("shots",))
    language = _text(fields, "language", 16) or "en"
    if language not in ("en", "ru", "kk"):
        fields["language"].fail("is {language}; it must be en, ru or kk", language=repr(language))
    members = fields["shots"].items(bounds.PANELS_BY_HAND)
    if not members:
        fields["shots"].fail("is empty; a board needs at least one shot")
    shots: list[Shot] = []
    seeds: list[int | None] = []
    locked: list[bool] = []
    left_out: list[bool] = []
    passages: list[Passage | None] = []
    for member in members:
        entries = member.fields(_SHOT, required=("action",))
        shots.append(_shot_in(entries, shots[-1] if shots else None))
        seeds.append(_seed(entries))
        locked.append("seed_locked" not in entries or entries["seed_locked"].yes_or_no())
        left_out.append("left_out" in entries and entries["left_out"].yes_or_no())
        passages.append(passage_in(entries))
    return Plan(
        title=_text(fields, "title"),
        language=language,
        characters=_characters_in(fields),
        shots=tuple(shots),
        seeds=tuple(seeds) if any(each is not None for each in seeds) else (),
        seeds_locked=_unless_all(tuple(locked)),
        left_out=_unless_none(tuple(left_out)),
        seed=_seed(fields),
        aspect=_aspect(fields),
        story=_text(fields, "story"),
        passages=_if_any(tuple(passages)),
    )


def _seed(fields: dict[str, YamlTree]) -> int | None:
    return fields["seed"].whole(0, _MAX_SEED) if "seed" in fields else None


def _aspect(fields: dict[str, YamlTree]) -> str:
    aspect = _text(fields, "aspect", 40)
    try:
        return aspect if not aspect or parse_aspect(aspect) else ""
    except InputError as error:
        fields["aspect"].fail("is wrong: {error}", error=error)


def _characters_in(fields: dict[str, YamlTree]) -> tuple[Character, ...]:
    if "characters" not in fields or not _filled(fields["characters"]):
        return ()
    entries = fields["characters"].mapping()
    if len(entries) > bounds.CAST:
        fields["characters"].fail("has more than {cast} members", cast=bounds.CAST)
    characters: list[Character] = []
    for name, tree in entries.items():
        if not name.strip():
            tree.fail("needs a name before the colon")
        looks = tree.mapping() if _filled(tree) else {}
        traits = tuple(
            (key, each.text(_WORDS))
            for key, each in looks.items()
            if key not in (_REFERENCES, _LORAS)
        )
        given = looks[_REFERENCES].items(bounds.REFERENCES) if _REFERENCES in looks else ()
        references = tuple(each.text(_PATH) for each in given)
        loras = loras_in(looks[_LORAS]) if _LORAS in looks else ()
        characters.append(Character(name, traits, references, loras))
    return tuple(characters)


def _shot_in(fields: dict[str, YamlTree], before: Shot | None) -> Shot:
    action = _text(fields, "action")
    # A panel of a board may still be empty; then the list that was written of it says so twice.
    if not action.strip() and "prompt" not in fields:
        fields["action"].fail("is empty; say what happens in the shot")
    scene = before.scene if before else 1
    if "scene" in fields:
        scene = fields["scene"].whole(1, 9999)
    number = before.number + 1 if before and before.scene == scene else 1
    prompt, by_hand = read_prompt(fields, "prompt")
    return Shot(
        scene=scene,
        number=fields["shot"].whole(1, 9999) if "shot" in fields else number,
        size=_choice(ShotSize, fields.get("size"), ShotSize.MEDIUM),
        angle=_choice(CameraAngle, fields.get("angle"), CameraAngle.EYE_LEVEL),
        move=_choice(CameraMove, fields.get("move"), CameraMove.STATIC),
        action=action,
        prompt_action=prompt,
        prompt_by_hand=by_hand,
        setting=_text(fields, "setting"),
        time_of_day=_text(fields, "time"),
        characters=tuple(each.text(bounds.NAME) for each in _list(fields, "characters")),
        dialogue=tuple(line for each in _list(fields, "dialogue") for line in _line_in(each)),
        duration=fields["seconds"].number(_SHORTEST, _LONGEST) if "seconds" in fields else 3.0,
        note=_text(fields, "note"),
        scene_label=_text(fields, "scene_label", bounds.SCENE_LABEL),
        loras=loras_in(fields["loras"]) if "loras" in fields else (),
    )


def _line_in(tree: YamlTree) -> list[DialogueLine]:
    """A line as "Mira: words", or only words where nobody is named."""
    if isinstance(tree.node, yaml.ScalarNode):
        return [DialogueLine("", tree.text())]
    return [DialogueLine(speaker, words.text()) for speaker, words in tree.mapping().items()]


def _list(fields: dict[str, YamlTree], name: str) -> tuple[YamlTree, ...]:
    return fields[name].items(2000) if name in fields else ()


def _text(fields: dict[str, YamlTree], name: str, limit: int = 200_000) -> str:
    return fields[name].text(limit) if name in fields else ""


def _filled(tree: YamlTree) -> bool:
    return not isinstance(tree.node, yaml.ScalarNode) or bool(tree.text())


def _choice(kind: type[_Choice], tree: YamlTree | None, default: _Choice) -> _Choice:
    if tree is None:
        return default
    words = tree.text(80).strip().lower()
    if words in [*kind]:
        return kind(words)
    near = difflib.get_close_matches(words, list(kind), 1)
    options = f"did you mean {str(near[0])!r}?" if near else f"it must be one of: {', '.join(kind)}"
    tree.fail("is {words}; {options}", words=repr(words[:40]), options=options)
