"""A model on its way from the network, which can be paused; the window draws meanwhile."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ModelDownload"]

_PROGRAM = "storyboard.diffusion.families.downloading"
_LONGEST = 8192  # bytes of a line


class ModelDownload(QObject):
    """Fetches a model in a process of its own.

    `progressed` has what is being done and the share that is done, 0..1; `paused` comes when it has
    stopped because it was told to, `done` when all is there, `failed` with a sentence that says why
    it is not. What has arrived is kept in each case.

    Args:
        model: Hub id.
        adapter: Of what goes with it; empty for none.
        program: Fetches; the program's own part if None.
        parent: As everywhere.
    """

    progressed = Signal(str, float)
    paused = Signal()
    done = Signal()
    failed = Signal(str)

    def __init__(
        self,
        model: str,
        adapter: str = "",
        program: Sequence[str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        usual = [
            sys.executable,
            "-m",
            _PROGRAM,
            model,
            *(["--adapter", adapter] if adapter else []),
        ]
        self._program = list(program or usual)
        self._process: QProcess | None = None
        self._is_pausing = False
        self._problem = ""

    @property
    def is_running(self) -> bool:
        """Whether something is on its way."""
        return self._process is not None

    def start(self) -> None:
        """Begin, or go on."""
        if self._process is not None:
            return
        self._is_pausing, self._problem = False, ""
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._stumble)
        process.start(self._program[0], self._program[1:])

    def pause(self) -> None:
        """Stop at once; `start` goes on where it was."""
        if self._process is not None:
            self._is_pausing = True
            self._process.kill()

    def close(self) -> None:
        """Stop, and wait for the process: nobody listens any more."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._end)
            process.errorOccurred.disconnect(self._stumble)
            process.kill()
            process.waitForFinished()

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine(_LONGEST).data())
            try:
                said = json.loads(line)
                if "problem" in said:
                    self._problem = str(said["problem"])
                else:
                    self.progressed.emit(str(said["what"]), float(said["share"]))
            except (ValueError, KeyError, TypeError):
                continue  # a library that prints something

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if code == 0 and status == QProcess.ExitStatus.NormalExit:
            self.done.emit()
        elif self._is_pausing:
            self.paused.emit()
        else:
            self.failed.emit(self._problem or self.tr("The download broke off: try it again."))

    def _stumble(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # then `finished` never comes
            self._end(1, QProcess.ExitStatus.CrashExit)
