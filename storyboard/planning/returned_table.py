"""A shot list that was edited in a spreadsheet, read back cell by cell."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.planning.derived import followed_all
from storyboard.planning.returning import Returned
from storyboard.planning.shot_table import COLUMNS, table_of
from storyboard.planning.spoken_lines import spoken_lines
from storyboard.terminal import one_line
from storyboard.values.bounds import CAST, LINES, NAME
from storyboard.values.editing import MAX_PANELS
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.values.board import Panel, Storyboard

__all__ = ["returned_rows"]

_LONGEST_TEXT = 200_000
_SHORT = 24  # letters of a cell that is told whole, before and after
_SHORTEST, _LONGEST = 0.01, 3600.0  # seconds, as in board.yaml
_YES, _NO = ("yes", "true", "x", "1"), ("", "no", "false", "0")
_READ_ONLY = ("panel", "shot", "picture")  # who it is, and what follows from the order


def returned_rows(
    rows: Sequence[Sequence[str]], board: Storyboard, name: str
) -> tuple[Returned, ...]:
    """What the rows say of the board's panels. Only cells that differ from the board are read.

    Args:
        rows: As text; the first has the names of the columns, in any order, some may lack.
        board: The board.
        name: What messages call the file.

    Raises:
        InputError: No such table, or a cell that cannot be; names its row and column.
    """
    names = [each.strip().casefold() for each in rows[0]] if rows else []
    if "panel" not in names or len(set(names) & {each.name for each in COLUMNS}) < 2:
        raise InputError(
            "{name} is no shot list: its first row must have the columns that "
            "`storyboard export --as csv` writes, panel and another one at least",
            name=name,
        )
    if len(rows) > 4 * MAX_PANELS:
        raise InputError(
            "{name} has {count} rows: a board has at most {max_panels} panels",
            name=name,
            count=len(rows),
            max_panels=MAX_PANELS,
        )
    now = {each.key: each for each in board.panels}
    found: list[Returned] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {key: cell for key, cell in zip(names, row, strict=False) if key}
        if any(cell.strip() for cell in cells.values()):
            panel = now.get(cells["panel"].strip())
            found.append(_returned(cells, panel, board, f"{name}, row {number}"))
    return _with_prompts(found, now, board)


def _with_prompts(
    found: list[Returned], now: dict[str, Panel], board: Storyboard
) -> tuple[Returned, ...]:
    """The same with prompts that follow the actions that have changed."""
    places, shots = [], []
    for place, each in enumerate(found):
        panel = now.get(each.key)
        if each.shot and each.shot.action != (panel.shot if panel else _EMPTY).action:
            places.append(place)
            shots.append(each.shot)
    made = followed_all(shots, board.characters, board.language)
    for place, shot in zip(places, made, strict=True):
        found[place] = replace(found[place], shot=shot)
    return tuple(found)


def _returned(
    cells: dict[str, str], panel: Panel | None, board: Storyboard, where: str
) -> Returned:
    shot = panel.shot if panel else _EMPTY
    written = _cells_of(panel) if panel else dict.fromkeys((each.name for each in COLUMNS), "")
    values: dict[str, Any] = {}
    words: list[Message] = []
    seed = left_out = None
    for column in COLUMNS:
        name = column.name
        text = cells.get(name, written[name])
        if name in _READ_ONLY or _same(text, written[name]):
            continue
        if name == "scene":
            values |= _scene(text.strip(), board, f"{where}, column scene")
        elif name == "seed":
            seed = _whole(text, 0, 2**32 - 1, f"{where}, column seed")
        elif name == "left out":
            left_out = _yes_or_no(text.strip(), f"{where}, column left out")
        else:
            field, read = _FIELDS[name]
            values[field] = read(text.strip(), f"{where}, column {name}")
        words.append(_changed(name, written[name], text))
    if "prompt_action" in values:
        values["prompt_by_hand"] = True
    if not values and panel is not None:
        return Returned(panel.key, None, seed, tuple(words), left_out=left_out)
    edited = replace(shot, **values)
    return Returned(
        panel.key if panel else "",
        edited,
        seed,
        tuple(words),
        name=one_line(edited.action, 60),
        left_out=left_out,
    )


def _changed(name: str, before: str, after: str) -> Message:
    """What is changed of a cell, for people."""
    fields: dict[str, object] = {"field": Message(name)}
    if before and max(len(before), len(after)) <= _SHORT:
        fields |= {"before": before, "after": after.strip() or Message("empty")}
        return Message("{field} {before} -> {after}", fields)
    return Message("new {field}: {text}", fields | {"text": one_line(after, 60)})


def _cells_of(panel: Panel) -> dict[str, str]:
    (_, row) = table_of([panel])
    return {column.name: str(cell) for column, cell in zip(COLUMNS, row, strict=True)}


def _same(one: str, other: str) -> bool:
    """Whether a cell says the same; spreadsheets write 2.50 or 2,5 of their own accord."""
    lines = ([" ".join(line.split()) for line in text.split("\n")] for text in (one, other))
    if next(lines) == next(lines):
        return True
    try:
        return float(one.replace(",", ".")) == float(other)
    except ValueError:
        return False


def _fail(where: str, text: str, must: str) -> NoReturn:
    raise InputError(
        "{where}: {one_line} {must}", where=where, one_line=repr(one_line(text, 40)), must=must
    )


def _text(text: str, where: str) -> str:
    if len(text) > _LONGEST_TEXT:
        _fail(where, text, f"is longer than {_LONGEST_TEXT} letters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str, least: int, most: int, where: str) -> int:
    try:
        number = float(text)  # spreadsheets may write 3.0
    except ValueError:
        number = -1.0
    if not least <= number <= most or number != int(number):
        _fail(where, text, f"must be a whole number from {least} to {most}")
    return int(number)


def _yes_or_no(text: str, where: str) -> bool:
    word = text.casefold()
    if word not in (*_YES, *_NO):
        _fail(where, text, "must be yes, or empty")
    return word in _YES


def _scene(text: str, board: Storyboard, where: str) -> dict[str, Any]:
    """A scene by the name that it has on the board, else by its number."""
    for each in board.panels:
        if each.shot.scene_name == text:
            return {"scene": each.shot.scene, "scene_label": each.shot.scene_label}
    return {"scene": _whole(text, 1, 9999, where), "scene_label": ""}


def _seconds(text: str, where: str) -> float:
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not _SHORTEST <= seconds <= _LONGEST:
        _fail(where, text, f"must be seconds from {_SHORTEST} to {_LONGEST:g}")
    return seconds


def _choice(
    kind: type[ShotSize] | type[CameraAngle] | type[CameraMove],
) -> Callable[[str, str], object]:
    def read(text: str, where: str) -> object:
        if text.casefold() not in [*kind]:
            _fail(where, text, f"must be one of: {', '.join(kind)}")
        return kind(text.casefold())

    return read


def _names(text: str, where: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part for each in text.split(",") if (part := each.strip())))
    if len(names) > CAST or any(len(each) > NAME for each in names):
        _fail(where, text, f"has more than {CAST} names, or one of more than {NAME} letters")
    return names


def _dialogue(text: str, where: str) -> tuple[DialogueLine, ...]:
    lines = spoken_lines(_text(text, where))
    if len(lines) > LINES:
        _fail(where, text, f"has more than {LINES} lines")
    return lines


_FIELDS: dict[str, tuple[str, Callable[[str, str], object]]] = {
    "size": ("size", _choice(ShotSize)),
    "angle": ("angle", _choice(CameraAngle)),
    "move": ("move", _choice(CameraMove)),
    "setting": ("setting", _text),
    "time": ("time_of_day", _text),
    "characters": ("characters", _names),
    "action": ("action", _text),
    "dialogue": ("dialogue", _dialogue),
    "note": ("note", _text),
    "seconds": ("duration", _seconds),
    "prompt": ("prompt_action", _text),
}
_EMPTY = Shot(
    scene=1, number=1, size=ShotSize.MEDIUM, action="", prompt_action="", prompt_by_hand=False
)
