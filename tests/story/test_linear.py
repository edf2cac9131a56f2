"""Texts that no author writes cost no more than their length."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from storyboard.export.typesetting import Paragraph, Run, Style, set_lines
from storyboard.planning.planner import plan

if TYPE_CHECKING:
    from types import FrameType

STYLE = Style("", 8.0, 3.5)


def calls_of(text: str) -> int:
    """Calls, of Python and of C, that planning a text takes; the same on every machine."""
    count = 0

    def tell(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tell)
    try:
        plan(text, panels=8)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", ["a\n", "a.b.", '"a" ', "„a” ", "a, ", "'a ", "Anna.\n\n"])
def test_planning_takes_twice_as_long_for_twice_the_text(piece: str) -> None:
    calls_of(piece * 50)  # what is read once is read
    once, twice = (calls_of(piece * (length // len(piece))) for length in (6_000, 12_000))
    assert twice < 2.6 * once


def test_a_letter_of_an_endless_word_is_measured_twice_at_most() -> None:
    measured = 0

    def measure(text: str, style: Style) -> float:
        nonlocal measured
        measured += len(text)
        return float(len(text))

    word = "abcdefghij" * 4_000
    lines = set_lines((Paragraph((Run(word, STYLE),)),), 30.0, measure)
    assert "".join(run.text for line in lines for run in line.runs) == word
    assert measured <= 3 * len(word)
