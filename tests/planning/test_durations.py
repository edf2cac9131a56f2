"""Durations that add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.planning.durations import check_target, fitted
from storyboard.planning.timing import speech_seconds
from storyboard.values.shot import DialogueLine
from tests.boards import a_board, shots

PLAIN = replace(a_board(4).panels[0].shot, dialogue=())


@given(st.lists(shots, min_size=1, max_size=30), st.integers(10, 6000))
def test_they_add_up_to_the_tenth_or_it_is_said(some: list, tenths: int) -> None:  # type: ignore[type-arg]
    made, reason = fitted(some, tenths / 10)
    total = sum(round(each.duration * 10) for each in made)
    assert (total == tenths) == (not reason)
    for shot in made:
        assert shot.duration >= max(0.5, speech_seconds(shot.dialogue)) - 1e-6
    assert [replace(each, duration=1.0) for each in made] == [
        replace(each, duration=1.0) for each in some
    ]


def test_the_proportions_stay_and_speech_is_not_cut() -> None:
    line = DialogueLine("Mira", "one two three four five six seven eight nine ten")  # 4.5 s
    some = [
        replace(PLAIN, duration=2.0),
        replace(PLAIN, duration=4.0),
        replace(PLAIN, duration=5.0, dialogue=(line,)),
    ]
    made, reason = fitted(some, 6.0)
    assert ([each.duration for each in made], reason) == ([0.5, 1.0, 4.5], "")
    made, reason = fitted(some, 22.0)
    assert [each.duration for each in made] == [4.0, 8.0, 10.0]
    made, reason = fitted(some, 3.0)
    assert sum(each.duration for each in made) == 5.5
    assert "5.5 s" in reason and "3 s" in reason


@pytest.mark.parametrize("text", ["", "0", "-3", "nan", "inf", "half a minute", "1e9"])
def test_a_wrong_length_is_told(text: str) -> None:
    with pytest.raises(InputError, match="from 1 to"):
        check_target(text)
    assert check_target("30") == check_target("30,0") == 30.0
