"""Five minutes of bred inputs, where atheris is installed; only with `make soak`."""

from __future__ import annotations

import pytest

from tests.soak.test_kill import check, tallies


@pytest.mark.soak
def test_inputs_bred_by_what_they_reach() -> None:
    pytest.importorskip("atheris")
    told = tallies("coverage_guided", "--seconds", "100", "--seed", "1")
    check(told, 10_000)
    for each in told:  # else nothing was bred, only repeated
        reached = each["notes"]
        begun = reached["places reached by the good inputs"]
        assert reached["places reached in the end"] > begun > 0
