"""What a training says while it goes: a bar with the time left, plain lines, or JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

from storyboard.rendering.progress import bar_on, duration
from storyboard.terminal import plain

if TYPE_CHECKING:
    from storyboard.training.step_taken import StepTaken

__all__ = ["JsonReport", "LineReport", "TerminalReport", "report_on"]

_LINES = 20
"""Lines of a whole training, where no bar moves."""
_MIB = 2**20


def report_on(steps: int, *, as_json: bool, stream: TextIO | None = None) -> Any:
    """Choose the report: JSON lines on standard output, else words on standard error."""
    stream = stream or sys.stderr
    if as_json:
        return JsonReport(sys.stdout)
    return TerminalReport(steps, stream) if stream.isatty() else LineReport(stream)


def _words(taken: StepTaken) -> str:
    held_out = f", held out {taken.eval_loss:.4f}" if taken.eval_loss is not None else ""
    return f"loss {taken.smoothed:.4f}{held_out}"


class LineReport:
    """A plain line now and then, for logs and pipes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, text: str) -> None:
        """Print a line."""
        print(plain(text), file=self._stream, flush=True)

    def step(self, taken: StepTaken) -> None:
        """Print a twentieth of the steps, and those at which something was measured."""
        every = max(1, taken.steps // _LINES)
        if taken.step % every and taken.eval_loss is None and taken.step > 1:
            return
        left = f", about {duration(taken.seconds_left)} left" if taken.seconds_left else ""
        memory = f", {taken.memory / _MIB:.0f} MB"
        self.note(f"step {taken.step} of {taken.steps}: {_words(taken)}{memory}{left}")

    def close(self) -> None:
        """Nothing is open."""


class TerminalReport(LineReport):
    """A bar with the loss and the time left; lines for what concerns no single step."""

    def __init__(self, steps: int, stream: TextIO) -> None:
        super().__init__(stream)
        self._bar = bar_on(stream)
        self._task = self._bar.add_task("Reading the model", total=steps, left="")
        self._bar.start()

    def note(self, text: str) -> None:
        """Print a line above the bar."""
        self._bar.console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def step(self, taken: StepTaken) -> None:
        """Move the bar."""
        self._bar.update(
            self._task,
            completed=taken.step,
            description=_words(taken).capitalize(),
            left=f"about {duration(taken.seconds_left)} left, {taken.memory / _MIB:.0f} MB",
        )

    def close(self) -> None:
        """Remove the bar."""
        self._bar.stop()


class JsonReport:
    """One JSON object a line; docs/training.md lists them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, event: str, **values: object) -> None:
        """Write one object and flush, so that a reader sees it now."""
        print(json.dumps({"event": event, **values}), file=self._stream, flush=True)

    def note(self, text: str) -> None:
        """Write {"event": "note", "text": ...}."""
        self.write("note", text=text)

    def step(self, taken: StepTaken) -> None:
        """Write {"event": "train_step", ...}."""
        rounded = {
            name: round(value, 6) if isinstance(value, float) else value
            for name, value in asdict(taken).items()
        }
        self.write("train_step", **rounded)

    def close(self) -> None:
        """Nothing is open."""
