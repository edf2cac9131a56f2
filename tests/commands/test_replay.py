"""A picture may be a stranger's: what its recipe asks for is asked about before it is drawn."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storyboard.errors import ModelError
from storyboard.project.recipe_file import embed
from tests import boards

if TYPE_CHECKING:
    from tests.terminal import Terminal


class Person(io.TextIOWrapper):
    """Somebody at a keyboard, who types one answer."""

    def __init__(self, answer: str) -> None:
        super().__init__(io.BytesIO(answer.encode()))

    def isatty(self) -> bool:
        """A keyboard it is."""
        return True


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"width": 4096, "height": 4096}, "4096x4096 pixels"),
        ({"steps": 1000}, "1000 steps"),
        ({"model": "sdxl-random"}, "sdxl-random, which takes 9.5 GB of memory"),
    ],
)
def test_a_picture_that_asks_for_much_is_asked_about(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], said: str
) -> None:
    recipe = replace(boards.a_recipe(), identities=(), **change)
    Path("panel.png").write_bytes(embed(boards.a_picture(), recipe))
    # 1. Nobody to ask: refused.
    terminal("replay", "panel.png", code=2)
    assert f"asks for {said}: add --yes to draw it all the same" in terminal.err
    # 2. A person, who says no, or nothing.
    for answer in ("n\n", "", "yes please\n"):
        monkeypatch.setattr(sys, "stdin", Person(answer))
        terminal("replay", "panel.png", code=2)
        assert "Draw it? [y/N]" in terminal.err
        assert "nothing was drawn" in terminal.err
    # 3. Who only wants JSON is not asked.
    terminal("replay", "panel.png", "--json", code=2)
    assert terminal.generators == []


def test_a_person_may_draw_what_a_picture_asks_for(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(boards.a_recipe(), identities=(), width=64, height=64, steps=151)
    Path("panel.png").write_bytes(embed(boards.a_picture(), recipe))
    monkeypatch.setattr(sys, "stdin", Person("y\n"))
    terminal.at_load = lambda: (_ for _ in ()).throw(ModelError("it would be drawn now"))
    terminal("replay", "panel.png", "--model", str(tiny_model), code=3)
    assert "it would be drawn now" in terminal.err
    terminal("replay", "panel.png", "--model", str(tiny_model), "--yes", code=3)
    assert "Draw it?" not in terminal.err


def test_a_prompt_that_nobody_would_write_is_refused(terminal: Terminal) -> None:
    recipe = replace(boards.a_recipe(), identities=(), prompt="a " * 500_000)
    Path("panel.png").write_bytes(embed(boards.a_picture(), recipe))
    terminal("replay", "panel.png", "--yes", code=2)
    assert "a prompt of 1000000 characters, at most 20000 are drawn" in terminal.err
