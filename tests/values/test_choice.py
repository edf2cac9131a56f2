"""Scenes as people name them."""

from __future__ import annotations

import pytest

from storyboard.values.choice import named_scenes, scenes_text

NAMES = ("A1", "1", "2", "2A", "3", "18", "18A", "1-A", "Prologue")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2", "2"),
        ("2a, prologue", "2A Prologue"),
        ("2-18", "2 2A 3 18"),
        ("1-A", "1-A"),
        ("A1-2", "A1 1 2"),
        ("3-99", "3 18 18A"),
        ("3-2", ""),
        ("2,x", ""),
        ("4-9", ""),
        ("0", ""),
    ],
)
def test_labels_and_ranges(text: str, named: str) -> None:
    assert named_scenes(text, NAMES) == frozenset(named.split())


def test_scenes_are_said_in_ranges_with_their_labels_behind() -> None:
    assert scenes_text(["3", "2A", "1", "2", "A1", "2"]) == "1-3,A1,2A"
    assert scenes_text([]) == ""
