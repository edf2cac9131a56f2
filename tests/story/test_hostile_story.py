"""Stories that nobody would write, found by fuzzing."""

from __future__ import annotations

import time

import pytest

from storyboard.planning.planner import plan


@pytest.mark.parametrize(
    "digits", ["9" * 300, "12, 34-56, " * 30, "1 2-3 " * 50, "9" * 39], ids=range(4)
)
def test_digits_in_a_bracket_do_not_keep_the_planner_busy(digits: str) -> None:
    started = time.process_time()
    shots = plan(f"Mira climbs. She asks.[{digits}T goes on. He laughs.", panels=3, seed=1).shots
    assert len(shots) == 3
    assert time.process_time() - started < 20  # no measurement: it would take years


def test_a_first_sentence_that_is_longer_than_a_caption() -> None:
    story = "Mira climbs the old stairs " + "of stone " * 60 + ". She runs. Tom waves. " * 3
    endless = f"{'Mira runs. ' * 40}{'x' * 900} Tom waves at the sea. {'He laughs. ' * 40}"
    for text in (story, endless, "Mira waves. " + "No sea. " * 90 + "y" * 500 + " runs."):
        for panels in (1, 2):
            assert all(shot.action for shot in plan(text, panels=panels, seed=1).shots)
