"""The call sheet: what is shot at each place, and where everybody is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.export.page_design import Field
from storyboard.export.page_words import page_words
from storyboard.export.workbook import Table, workbook
from storyboard.terminal import plain
from storyboard.values.choice import numbers_text, scenes_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.export.page_words import PageWords
    from storyboard.values.board import Panel, Storyboard

__all__ = ["call_sheet_of"]

_Numbered = tuple[int, "Panel"]


def call_sheet_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """A workbook with a sheet by place and one by cast, in the language of the story.

    Places and names come in the order of the board; seconds are what is on screen.

    Raises:
        InputError: There are no panels.
    """
    panels = options.numbered(board)
    if not panels:
        raise InputError("there is nothing to list: the board has no panels")
    words = page_words(board.language)
    names = words.fields
    heads = {name: names[name] for name in (Field.PLACE, Field.TIME, Field.CAST, Field.SCENE)}
    unit = words.seconds.format("").strip()
    sums = (heads[Field.SCENE], names[Field.PANEL], words.panels.format("").strip(" :"), unit)
    places = Table(
        heads[Field.PLACE],
        [
            (heads[Field.PLACE], heads[Field.TIME], heads[Field.CAST], *sums),
            *_by_place(panels, words),
        ],
        (24, 16, 32, 12, 20, 9, 9),
    )
    cast = Table(
        heads[Field.CAST],
        [(heads[Field.CAST], heads[Field.PLACE], *sums), *_by_cast(panels, words)],
        (20, 40, 12, 20, 9, 9),
    )
    return workbook([places, cast], board.title, options.created)


def _by_place(panels: Sequence[_Numbered], words: PageWords) -> list[tuple[str | int | float, ...]]:
    groups: dict[tuple[str, str], list[_Numbered]] = {}
    for number, panel in panels:
        at = (panel.shot.setting.strip(), panel.shot.time_of_day.strip())
        groups.setdefault(at, []).append((number, panel))
    together: dict[str, list[tuple[str, str]]] = {}  # each place with all its times
    for place, time in groups:
        together.setdefault(place, []).append((place, time))
    return [
        (
            plain(words.setting(place)) or "–",
            plain(words.setting(time)),
            plain(", ".join(dict.fromkeys(_cast(each for _, each in groups[place, time])))),
            *_sums(groups[place, time]),
        )
        for times in together.values()
        for place, time in times
    ]


def _by_cast(panels: Sequence[_Numbered], words: PageWords) -> list[tuple[str | int | float, ...]]:
    groups: dict[str, list[_Numbered]] = {}
    for number, panel in panels:
        for name in dict.fromkeys(panel.shot.characters):
            groups.setdefault(name, []).append((number, panel))
    return [
        (
            plain(name),
            plain(", ".join(dict.fromkeys(filter(None, _places(group, words))))),
            *_sums(group),
        )
        for name, group in groups.items()
    ]


def _sums(group: Sequence[_Numbered]) -> tuple[str, str, int, float]:
    """Scenes, panels, how many panels, and their seconds."""
    return (
        scenes_text(panel.shot.scene_name for _, panel in group),
        numbers_text(number for number, _ in group),
        len(group),
        round(sum(panel.shot.duration for _, panel in group), 2),
    )


def _cast(panels: Iterable[Panel]) -> list[str]:
    return [name for panel in panels for name in panel.shot.characters]


def _places(group: Sequence[_Numbered], words: PageWords) -> list[str]:
    return [words.setting(panel.shot.setting) for _, panel in group]
