"""A download has a share, can be paused and goes on; what it says when it cannot."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gui.drawing.model_download import ModelDownload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# As the program's own part: it keeps how far it is on the disk, and goes on from there.
_FETCHES = """\
import json, pathlib, sys, time
kept = pathlib.Path(sys.argv[1])
print("a library says something")
while (done := len(kept.read_bytes()) if kept.exists() else 0) < 40:
    kept.write_bytes(bytes(done + 1))
    print(json.dumps({"what": "downloading a/b", "share": (done + 1) / 40}), flush=True)
    time.sleep(0.02)
"""


@pytest.fixture
def download(tmp_path: Path) -> Iterator[ModelDownload]:
    """Of forty steps."""
    program = [sys.executable, "-c", _FETCHES, str(tmp_path / "kept")]
    download = ModelDownload("a/b", program=program)
    yield download
    download.close()


def test_it_is_paused_and_goes_on_where_it_was(download: ModelDownload, qtbot: QtBot) -> None:
    shares: list[float] = []
    download.progressed.connect(lambda what, share: shares.append(share))
    with qtbot.waitSignal(download.paused, timeout=20_000):
        download.start()
        qtbot.waitUntil(lambda: len(shares) > 2, timeout=20_000)
        download.pause()
    assert not download.is_running and shares[-1] < 1.0
    before = shares[-1]
    with qtbot.waitSignal(download.done, timeout=20_000):
        download.start()
    assert shares[-1] == 1.0 and min(shares[shares.index(before) + 1 :]) > before


def test_what_cannot_be_fetched_says_why(qtbot: QtBot) -> None:
    told = 'import json, sys; print(json.dumps({"problem": "no such model"})); sys.exit(3)'
    for program, words in (
        ([sys.executable, "-c", told], "no such model"),
        ([sys.executable, "-c", "import os; os.abort()"], "broke off"),
        (["/storyboard/has/no/such/program"], "broke off"),
    ):
        download = ModelDownload("a/b", program=program)
        with qtbot.waitSignal(download.failed, timeout=20_000) as said:
            download.start()
        assert words in said.args[0] and not download.is_running
