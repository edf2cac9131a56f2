"""Which pictures tell how long a panel takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from storyboard.advisor.baseline import _is_drawn
from storyboard.values.request import Animate, Edit
from tests import boards

if TYPE_CHECKING:
    from storyboard.project.recipe import Recipe

REWORKED: dict[str, Any] = {
    "edit": Edit("0" * 64, "make it night"),
    "animate": Animate("0" * 64, 9, "12"),
    "finish": "0" * 64,
    "hires": "1.5",
    "faces": "find",
}


@pytest.mark.parametrize("name", REWORKED)
def test_what_was_made_of_a_picture_tells_nothing(name: str) -> None:
    drawn: Recipe = boards.a_recipe()
    assert _is_drawn(drawn)
    assert not _is_drawn(replace(drawn, **{name: REWORKED[name]}))
