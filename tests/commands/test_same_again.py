"""The command for the panels that are left: whatever else was typed stays."""

from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from storyboard.commands.same_again import same_again

options = st.lists(
    st.sampled_from(
        ["--steps", "90", "--frame-width", "256", "--to-next", "make it night", "a b's"]
    )
)


@given(options, options)
def test_only_the_panels_are_others(before: list[str], after: list[str]) -> None:
    for panel in (["--panel", "1-9"], ["--panel=1-9"], []):
        typed = ["animate", *before, *panel, *after]
        said = shlex.split(same_again(typed, "3,5"))
        assert said == ["storyboard", "animate", "--panel", "3,5", *before, *after]
