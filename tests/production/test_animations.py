"""From which picture a clip is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError
from storyboard.production.animations import _take
from storyboard.values.media import Clip
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Panel, Take


def _panel(*takes: Take) -> Panel:
    return replace(boards.a_board(1).panels[0], takes=takes)


def test_a_clip_begins_with_the_picture_that_the_last_was_made_from() -> None:
    picture = replace(boards.a_take(boards.a_recipe()), file="a.png")
    clip = replace(picture, file="b.png", parent="a.png", clip=Clip(9, "12"))
    assert _take(_panel(picture, clip), 1, "") == picture
    assert _take(_panel(picture, clip), 1, "b.png") == picture
    assert _take(_panel(clip), 1, "") == clip  # its picture is gone
    with pytest.raises(InputError, match="has no picture to animate"):
        _take(_panel(), 1, "")


def test_clips_that_are_one_anothers_parents_come_to_an_end() -> None:
    one = replace(boards.a_take(boards.a_recipe()), file="a.png", clip=Clip(9, "12"))
    ring = replace(one, parent="b.png"), replace(one, file="b.png", parent="a.png")
    assert _take(_panel(*ring), 1, "") in ring
