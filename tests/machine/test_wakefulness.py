"""The machine stays awake while it draws, and no longer: rehearsed with a program of our own."""

from __future__ import annotations

import subprocess
import sys
import time
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import psutil

from storyboard.machine import wakefulness
from storyboard.machine.wakefulness import Wakefulness

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_HELD = (
    "import sys, pathlib; mark = pathlib.Path(sys.argv[1]); mark.touch(); sys.stdin.read(); "
    "mark.unlink()"
)


def _program(mark: Path) -> tuple[str, ...]:
    """As systemd-inhibit with cat: it holds, and a file is there, until its input ends."""
    return (sys.executable, "-c", _HELD, str(mark))


def _until(done: object, mark: Path) -> None:
    until = time.monotonic() + 10
    while mark.exists() is not done and time.monotonic() < until:
        time.sleep(0.01)
    assert mark.exists() is done


def test_it_is_held_once_and_let_go(tmp_path: Path) -> None:
    mark = tmp_path / "held"
    here = psutil.Process()
    others = set(here.children())
    held = Wakefulness(_program(mark))
    held.hold()
    held.hold()
    _until(True, mark)
    assert held.is_held and len(set(here.children()) - others) == 1
    held.release()
    held.release()
    assert not held.is_held and not set(here.children()) - others


def test_a_killed_program_keeps_nobody_awake(tmp_path: Path) -> None:
    mark = tmp_path / "held"
    code = (
        "import sys, time; from storyboard.machine.wakefulness import Wakefulness\n"
        f"Wakefulness({_program(mark)!r}).hold(); print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        _until(True, mark)
        child.kill()
    _until(False, mark)


def test_a_system_without_such_a_program_draws_all_the_same() -> None:
    held = Wakefulness(("storyboard-has-no-such-program",))
    held.hold()
    held.release()


def test_a_mac_is_told_through_foundation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rehearsed: Foundation is not on this machine."""
    said: list[tuple[object, ...]] = []

    def begin(options: int, why: str) -> str:
        said.append((options, why))
        return "it"

    process = SimpleNamespace(
        beginActivityWithOptions_reason_=begin,
        endActivity_=lambda activity: said.append((activity,)),
    )
    foundation = ModuleType("Foundation")
    foundation.NSProcessInfo = SimpleNamespace(processInfo=lambda: process)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "Foundation", foundation)
    monkeypatch.setattr(sys, "platform", "darwin")
    with wakefulness.awake():
        assert said == [(0xFFFFFF, "drawing panels")]
    assert said[-1] == ("it",)
