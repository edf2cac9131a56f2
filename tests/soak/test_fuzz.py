"""Some damaged files for every reader in every run of the tests; 110,000 with `make soak`."""

from __future__ import annotations

import pytest

from tests.soak.test_kill import check, tallies


def test_damaged_files_are_read_or_refused_in_one_line() -> None:
    told = tallies("fuzz", "--inputs", "1000", "--seed", "2")
    check(told, 1000)
    assert all(each["notes"]["refused"] for each in told)  # else nothing was damaged


@pytest.mark.soak
def test_110_000_damaged_files() -> None:
    told = tallies("fuzz", "--inputs", "110000", "--seed", "1")
    check(told, 110_000)
    assert all(each["notes"]["longest seconds"] < 1 for each in told)
    assert all(each["notes"]["peak MB"] < 500 for each in told)
