"""A render room on this machine: a scheduler and workers in processes of their own.

As a program it is the command line with a scripted generator:

    python -m tests.rendering.cluster.room slow worker --scheduler tls://127.0.0.1:8786
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from storyboard.rendering.cluster.certificates import make_certificates, security_from
from tests import scripted_worker
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from distributed.security import Security

__all__ = ["Room"]


class Room:
    """Ends whatever it has started, all at once, and sees that nobody complains.

    Args:
        home: Where the certificates and what the machines say are kept.
        generator: Name of what the workers draw with, in `tests.scripted_worker`; empty draws with
            the real one.
    """

    def __init__(self, home: Path, generator: str = "slow") -> None:
        self._home, self._generator = home, generator
        self.certificates = home / "certificates"
        make_certificates(self.certificates)
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.address = self._line(self.scheduler).split(";")[0].removeprefix("scheduler at ")
        self.workers: dict[str, subprocess.Popen[str]] = {}

    def __enter__(self) -> Room:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        every = [*self.workers.values(), self.scheduler]
        for process in every:
            process.terminate()
        for process in every:
            assert process.wait(timeout=60) == 0
            assert process.stdout is not None
            process.stdout.close()
        assert (self._home / "said").read_text() == ""

    @property
    def security(self) -> Security | None:
        """What the room lets in."""
        return security_from(self.certificates)

    def add(self, *names: str) -> None:
        """Start workers, and wait until they are let in."""
        for name in names:
            words = ("worker", "--scheduler", self.address, "--name", name)
            self.workers[name] = self._start(*words)
        for name in names:
            assert self._line(self.workers[name]) == f"{name} draws for {self.address}"

    def kill(self, name: str) -> None:
        """Kill -9, as when a Mac loses its power; its render process sees that it is gone."""
        process = self.workers.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()

    def replace_scheduler(self) -> None:
        """Kill -9 the scheduler, and start another at its address."""
        os.kill(self.scheduler.pid, signal.SIGKILL)
        self.scheduler.wait(timeout=60)
        assert self.scheduler.stdout is not None
        self.scheduler.stdout.close()
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port)
        assert self.address in self._line(self.scheduler)

    def _start(self, command: str, *words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "tests.rendering.cluster.room", self._generator or "-"]
        with (self._home / "said").open("a") as said:
            return subprocess.Popen(
                [*program, command, *words, "--certificates", str(self.certificates)],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    @staticmethod
    def _line(process: subprocess.Popen[str]) -> str:
        out: IO[str] | None = process.stdout
        assert out is not None
        return out.readline().strip()


if __name__ == "__main__":
    from storyboard.cli import main

    generator = getattr(scripted_worker, sys.argv[1], None)
    sys.exit(main(sys.argv[2:], make_generator=generator))
