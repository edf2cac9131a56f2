"""Real keys and a real mouse, where there is an X server to be had; with `make soak`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.soak.real_hands import NEEDED

_PIECES = [(what, n) for what in ("starts", "sequences") for n in range(0, 200, 50)]


@pytest.mark.soak
@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="needs Xvfb, openbox and xdotool")
@pytest.mark.parametrize(("what", "first"), _PIECES)
def test_nothing_is_lost_under_real_hands(what: str, first: int) -> None:
    words = [sys.executable, "-m", "tests.soak.real_hands", what, str(first), str(first + 50)]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    print(run.stdout)
    told = json.loads(run.stdout)
    assert told["tried"] >= 50
    assert told["flaws"] == []
