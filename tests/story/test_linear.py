"""Texts that no author writes cost no more than their length."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError
from storyboard.export.typesetting import Paragraph, Run, Shown, Style, printable, set_lines
from storyboard.planning.planner import plan
from storyboard.story.scripts.final_draft import fountain_from_fdx

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


@pytest.mark.parametrize(
    "piece", ["a\n", "a.b.", '"a" ', "„a” ", "a, ", "'a ", "Anna.\n\n", "TOM RUNS "]
)
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


@pytest.mark.parametrize(
    ("piece", "said"),
    [("Anna.\n\n", "paragraphs"), ("INT. A - DAY\n\n", "paragraphs"), ("Anna ran. ", "sentences")],
)
def test_a_text_in_more_pieces_than_any_story_is_refused(piece: str, said: str) -> None:
    with pytest.raises(InputError, match=rf"{said} and at most 4,000 can be planned"):
        plan(piece * 5_000)


def test_a_final_draft_of_more_elements_than_any_script_is_refused() -> None:
    for inside in (b"<b/>" * 300_000, b'<Paragraph Type="Action"/>' * 30_000):
        data = b"<FinalDraft><Content>" + inside + b"</Content></FinalDraft>"
        with pytest.raises(InputError, match=r"a\.fdx is longer than any script"):
            fountain_from_fdx(data, "a.fdx")


def test_what_is_printed_for_a_letter_is_looked_up_once() -> None:
    asked: list[object] = []

    class Glyphs(frozenset[int]):
        def __contains__(self, code: object) -> bool:
            asked.append(code)
            return super().__contains__(code)

    shown = Shown(Glyphs(map(ord, "ab")))
    assert printable("ab" * 1_000, shown) == "ab" * 1_000
    assert asked == [ord("a"), ord("b")]
