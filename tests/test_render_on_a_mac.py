"""The whole command, from the story to the PDF, under a Mac's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.testing.rehearsal import Rehearsal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.terminal import Terminal

STORY = "Mira walks along the beach at sunset. She sees a light in the old lighthouse."


def test_a_story_becomes_a_storyboard(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # where nobody has examined this machine
    with Rehearsal() as rehearsal:
        terminal.render(STORY, "--panels", "1", "--acceleration", "balanced")
    assert len(terminal.generators[-1].finished) == 2  # the character's sheet comes first
    assert list(tmp_path.glob("**/*.pdf"))
    assert rehearsal.emptied >= 2
    assert rehearsal.faults == []
    assert rehearsal.operators["_scaled_dot_product_attention_math_for_mps"] > 0
