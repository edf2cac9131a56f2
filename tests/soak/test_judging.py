"""Whether guard and judging hold what docs/reliability.md says, with the present weights."""

from __future__ import annotations

import pytest

from tests.one_model import OneModel
from tests.soak import judging


@pytest.mark.soak
def test_false_alarms_are_rarer_than_one_in_a_thousand_painted_panels() -> None:
    tally = judging.painted(3000)
    tally.tell()
    assert (tally.tried, tally.flaws) == (3000, [])


@pytest.mark.soak
def test_faults_are_seen_panels_are_not_and_a_copy_does_not_agree() -> None:
    with OneModel("starter") as generator:
        seen = judging.faults(generator, 100)
        drawn = judging.drawn(generator, 200)
        judging.wake(generator)
        alike = judging.likeness(generator, 40)
        agreed = judging.prompts(generator, 60)
        chosen = judging.choices(generator, 12)
    for tally in (seen, drawn, alike, agreed, chosen):
        tally.tell()
    assert seen.flaws == drawn.flaws == []
    assert agreed.notes["a copy of the reference"] > 0.9
    assert agreed.notes["another place"] > 0.7
