"""How a board is changed by hand: functions from one board to the next.

None of them loses a picture: the takes of panels that are merged go along, and a panel that leaves
the board takes its own with it, from where `with_pictures` brings them back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from storyboard.errors import InputError
from storyboard.values import bounds
from storyboard.values.board import Panel
from storyboard.values.seeds import derived_seed
from storyboard.values.shot import Shot, ShotSize

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from storyboard.values.board import Storyboard, Take
    from storyboard.values.character import Character
    from storyboard.values.passage import Passage
    from storyboard.values.sound import Sound

__all__ = [
    "MAX_PANELS",
    "added",
    "changed",
    "deleted",
    "duplicated",
    "free_key",
    "merged",
    "moved",
    "renumbered",
    "split",
    "with_character",
    "with_pictures",
    "with_shots",
    "with_sound",
    "with_value",
]

MAX_PANELS = bounds.PANELS_BY_HAND
"""As many panels as a board made by hand may have."""

_Record = TypeVar("_Record", Panel, Shot)
_ENDS = (". ", "! ", "? ", "; ", "。")


def changed(board: Storyboard, panel: Panel) -> Storyboard:
    """Put a panel in the place of the one with its key."""
    panels = tuple(panel if each.key == panel.key else each for each in board.panels)
    return replace(board, panels=panels)


def with_shots(board: Storyboard, shots: Mapping[str, Shot]) -> Storyboard:
    """Put shots in the place of those of the panels with these keys."""
    panels = tuple(
        replace(each, shot=shots[each.key]) if each.key in shots else each for each in board.panels
    )
    return replace(board, panels=panels)


def with_sound(board: Storyboard, key: str, sound: Sound | None) -> Storyboard:
    """Give a panel a sound, or the board a soundtrack where no key is given; None takes it away."""
    if not key:
        return replace(board, soundtrack=sound)
    return with_value(board, [key], "sound", sound)


def with_value(board: Storyboard, keys: Collection[str], name: str, value: object) -> Storyboard:
    """Give one value to several panels.

    Args:
        board: The board.
        keys: Of the panels.
        name: Of a field of `Panel`, else of `Shot`.
        value: As the field holds it.
    """
    of_panel = name in Panel.__dataclass_fields__
    if name == "scene":  # its label goes with it
        labels = {each.shot.scene: each.shot.scene_label for each in board.panels}
        board = with_value(board, keys, "scene_label", labels.get(cast("int", value), ""))
    panels = tuple(
        each
        if each.key not in keys
        else _with(each, name, value)
        if of_panel
        else replace(each, shot=_with(each.shot, name, value))
        for each in board.panels
    )
    board = replace(board, panels=panels)
    return renumbered(board) if name == "scene" else board


def moved(board: Storyboard, keys: Collection[str], to: int) -> Storyboard:
    """Move panels, in their present order, before what is now at index `to` (0 to the count)."""
    going = [each for each in board.panels if each.key in keys]
    before = [each for each in board.panels[:to] if each.key not in keys]
    after = [each for each in board.panels[to:] if each.key not in keys]
    return renumbered(replace(board, panels=(*before, *going, *after)))


def deleted(board: Storyboard, keys: Collection[str]) -> Storyboard:
    """Take panels off the board."""
    panels = tuple(each for each in board.panels if each.key not in keys)
    return renumbered(replace(board, panels=panels))


def added(board: Storyboard, after: str, key: str) -> Storyboard:
    """Put an empty panel behind the one with the key `after`, or at the end.

    Raises:
        InputError: The board is full.
    """
    _check_room(board, 1)
    place = _index(board, after, default=len(board.panels) - 1)
    before = board.panels[place].shot if board.panels else None
    shot = Shot(
        scene=before.scene if before else 1,
        number=1,
        size=ShotSize.MEDIUM,
        action="",
        prompt_action="",
        setting=before.setting if before else "",
        time_of_day=before.time_of_day if before else "",
        characters=before.characters[:1] if before else (),
        prompt_by_hand=False,
    )
    return _inserted(board, place + 1, [Panel(key, shot, _seed(board, key))])


def duplicated(board: Storyboard, keys: Sequence[str], new_keys: Sequence[str]) -> Storyboard:
    """Put a copy behind the last of the panels, for each of them: the same shot and seed.

    Takes belong to one panel, so the copies have none yet; `Project.copy_take`
    makes theirs.

    Raises:
        InputError: The board is full.
    """
    _check_room(board, len(keys))
    originals = [each for each in board.panels if each.key in keys]
    copies = [
        replace(each, key=key, takes=(), pinned="")
        for each, key in zip(originals, new_keys, strict=True)
    ]
    place = max(_index(board, each.key) for each in originals)
    return _inserted(board, place + 1, copies)


def split(board: Storyboard, key: str, new_key: str) -> Storyboard:
    """Divide a panel in two: the first keeps pictures and the first half of what happens.

    Raises:
        InputError: The board is full, or the panel has only one thing in it.
    """
    _check_room(board, 1)
    place = _index(board, key)
    panel = board.panels[place]
    shot = panel.shot
    # A prompt that follows its action is left empty here: each half gets its own.
    follows = shot.prompt_by_hand is False
    actions, prompts = _halves(shot.action), _halves("" if follows else shot.prompt_action)
    if not actions[1] and len(shot.dialogue) < 2:
        raise InputError("this panel cannot be split: its action is a single word or empty")
    middle = (len(shot.dialogue) + 1) // 2
    first = replace(
        shot,
        action=actions[0],
        prompt_action=prompts[0],
        dialogue=shot.dialogue[:middle],
        duration=shot.duration / 2,
    )
    second = replace(
        shot,
        action=actions[1] or actions[0],
        prompt_action=prompts[1] or prompts[0],
        dialogue=shot.dialogue[middle:],
        duration=shot.duration / 2,
    )
    board = changed(board, replace(panel, shot=first))
    new = Panel(new_key, second, _seed(board, new_key), passage=panel.passage)
    return _inserted(board, place + 1, [new])


def merged(board: Storyboard, keys: Collection[str]) -> Storyboard:
    """Join panels into the first of them, which gets the takes of all and shows its own.

    Raises:
        InputError: Fewer than two panels.
    """
    together = [each for each in board.panels if each.key in keys]
    if len(together) < 2:
        raise InputError("select two or more panels to merge them")
    first, *others = together
    shots = [each.shot for each in together]
    hands = [each.prompt_by_hand for each in shots]
    shot = replace(
        first.shot,
        action=" ".join(each.action.strip() for each in shots if each.action.strip()),
        prompt_action=", ".join(
            dict.fromkeys(each.prompt_action for each in shots if each.prompt_action)
        ),
        characters=tuple(dict.fromkeys(name for each in shots for name in each.characters)),
        dialogue=tuple(line for each in shots for line in each.dialogue),
        duration=sum(each.duration for each in shots),
        note="\n".join(each.note for each in shots if each.note),
        prompt_by_hand=next((each for each in (True, None) if each in hands), False),
    )
    shown = next((each.shown for each in together if each.shown), None)
    panel = replace(
        first,
        shot=shot,
        takes=tuple(take for each in together for take in each.takes),
        pinned=shown.file if shown else "",
        passage=_joined([each.passage for each in together]),
    )
    return deleted(changed(board, panel), {each.key for each in others})


def with_character(board: Storyboard, name: str, character: Character | None) -> Storyboard:
    """Put a character in the place of the one called `name`; None removes, a new name adds.

    Whoever gets another name has it in the shots and the dialogue too.

    Raises:
        InputError: The new name is empty or taken.
    """
    others = {each.name.casefold() for each in board.characters if each.name != name}
    if character is None:
        kept = tuple(each for each in board.characters if each.name != name)
        board = replace(board, characters=kept)
        return _recast(board, name, "")
    if not character.name.strip():
        raise InputError("a character needs a name")
    if character.name.casefold() in others:
        raise InputError("there is already a character called {name}", name=character.name)
    if board.character(name) is None:
        return replace(board, characters=(*board.characters, character))
    cast = tuple(character if each.name == name else each for each in board.characters)
    board = replace(board, characters=cast)
    return board if character.name == name else _recast(board, name, character.name)


def with_pictures(board: Storyboard, known: Mapping[str, Sequence[Take]]) -> Storyboard:
    """Give every panel the takes that were ever made for its key and lie on no other panel.

    Undo goes back to a board from before a picture was drawn; this keeps the picture.

    Args:
        board: The board to go to.
        known: All takes so far by the key of the panel they were drawn for.
    """
    placed = {take.file for panel in board.panels for take in panel.takes}
    panels: list[Panel] = []
    for panel in board.panels:
        more = [take for take in known.get(panel.key, ()) if take.file not in placed]
        placed.update(take.file for take in more)
        panels.append(replace(panel, takes=(*panel.takes, *more)) if more else panel)
    return replace(board, panels=tuple(panels))


def renumbered(board: Storyboard) -> Storyboard:
    """Number the shots of each scene from 1, in the order of the board."""
    counts: dict[int, int] = {}
    panels: list[Panel] = []
    for panel in board.panels:
        counts[panel.shot.scene] = number = counts.get(panel.shot.scene, 0) + 1
        if panel.shot.number != number:  # else it is the same panel, and is known by being that
            panel = replace(panel, shot=replace(panel.shot, number=number))
        panels.append(panel)
    return replace(board, panels=tuple(panels))


def free_key(taken: Collection[str]) -> str:
    """A key that no panel has or had."""
    number = len(taken) + 1
    while f"p{number:02}" in taken:
        number += 1
    return f"p{number:02}"


def _joined(passages: Sequence[Passage | None]) -> Passage | None:
    """One passage of all the words, each once, in the order of the story."""
    known = sorted(filter(None, passages), key=lambda each: each.place)
    words = {(each.place, each.texts): each.texts for each in known}
    texts = tuple(text for each in words.values() for text in each)
    return replace(known[0], texts=texts) if known else None


def _with(record: _Record, name: str, value: object) -> _Record:
    return replace(record, **{name: value})  # type: ignore[arg-type]  # the field is named at run time


def _recast(board: Storyboard, name: str, other: str) -> Storyboard:
    def named(each: str) -> str:
        return other if each == name else each

    panels = tuple(
        replace(
            panel,
            shot=replace(
                panel.shot,
                characters=tuple(new for each in panel.shot.characters if (new := named(each))),
                dialogue=tuple(
                    replace(line, speaker=named(line.speaker)) for line in panel.shot.dialogue
                )
                if other
                else panel.shot.dialogue,
            ),
        )
        for panel in board.panels
    )
    return replace(board, panels=panels)


def _inserted(board: Storyboard, place: int, panels: Sequence[Panel]) -> Storyboard:
    return renumbered(
        replace(board, panels=(*board.panels[:place], *panels, *board.panels[place:]))
    )


def _index(board: Storyboard, key: str, default: int = -1) -> int:
    return next((n for n, each in enumerate(board.panels) if each.key == key), default)


def _check_room(board: Storyboard, more: int) -> None:
    if len(board.panels) + more > MAX_PANELS:
        raise InputError(
            "a board has at most {max_panels} panels: begin another board", max_panels=MAX_PANELS
        )


def _seed(board: Storyboard, key: str) -> int:
    return derived_seed(board.seed, key)


def _halves(text: str) -> tuple[str, str]:
    """Two parts of a text, at the sentence's end or the blank that is nearest to the middle."""
    text = text.strip()
    ends = [n + len(end) for end in _ENDS for n in range(len(text)) if text.startswith(end, n)]
    places = ends or [n + 1 for n, each in enumerate(text) if each == " "]
    if not places:
        return text, ""
    place = min(places, key=lambda each: (abs(each - len(text) / 2), each))
    return text[:place].strip(), text[place:].strip()
