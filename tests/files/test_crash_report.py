"""A crash leaves a report on this machine; a proper end leaves none."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from storyboard.files.crash_report import reports

if TYPE_CHECKING:
    from pathlib import Path

_BEGIN = (
    "import ctypes, sys, threading; from pathlib import Path\n"
    "from storyboard.files.crash_report import CrashReport\n"
    "report = CrashReport(Path(sys.argv[1]), '1.2.3')\n"
)


def _run(folder: Path, code: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + code, str(folder)], capture_output=True, check=False
    )
    return done.returncode


def test_only_what_went_wrong_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    assert reports(folder) == []
    assert _run(folder, "report.end()") == 0 and not list(folder.iterdir())
    # Ended from outside: there is nothing to say of it.
    assert _run(folder, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)") < 0
    assert len(list(folder.iterdir())) == 1
    assert reports(folder) == [] and not list(folder.iterdir())
    # Ended by a library, as Metal does it, and by a defect.
    assert _run(folder, "def draws(): ctypes.string_at(0)\ndraws()") < 0
    assert _run(folder, "raise KeyError('a defect')") == 1
    defect, crash = (path.read_text("utf-8") for path in reports(folder))
    assert "1.2.3" in crash and "Segmentation fault" in crash and "in draws" in crash
    assert "KeyError: 'a defect'" in defect


def test_a_disk_that_refuses_costs_the_report_alone(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    assert _run(tmp_path / "logs", "report.end()") == 0


def test_what_others_put_there_is_left_alone_and_ten_are_kept(tmp_path: Path) -> None:
    (tmp_path / "crash-notes.txt").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    for number in range(12):
        # No process has a number this high.
        (tmp_path / f"crash-{2**22 + number}.txt").write_text("head\n" + "-" * 40 + "\nFatal\n")
    assert len(reports(tmp_path)) == 10
    assert {"crash-notes.txt", "notes.txt"} <= {path.name for path in tmp_path.iterdir()}
    assert len(list(tmp_path.iterdir())) == 12
