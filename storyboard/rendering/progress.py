"""What a run says while it goes: a bar with the time left, plain lines, or JSON for machines."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Protocol, TextIO

from storyboard.rendering.events import (
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)
from storyboard.terminal import plain, unguarded

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress

    from storyboard.rendering.events import Event
    from storyboard.rendering.forecast import Forecast
    from storyboard.values.judgement import Agreement

__all__ = [
    "JsonReport",
    "LineReport",
    "Report",
    "TerminalReport",
    "bar_on",
    "duration",
    "report_on",
]


class Report(Protocol):
    """Says what happens. Closed when the run is over, however it ends."""

    def note(self, text: str) -> None:
        """Say something that concerns no single event."""
        ...

    def watch(self, event: Event, forecast: Forecast) -> None:
        """Say what an event means; `forecast` has seen it already."""
        ...

    def done(self, **written: Path) -> None:
        """Say what was written; the names tell a machine what each path is."""
        ...

    def close(self) -> None:
        """Clear up the terminal; a second call does nothing."""
        ...


def report_on(pictures: int, *, as_json: bool, stream: TextIO | None = None) -> Report:
    """Choose the report: JSON lines on standard output, else words on standard error.

    Args:
        pictures: Number of pictures of this run.
        as_json: Whether a machine reads.
        stream: Where words go; standard error if None.
    """
    stream = stream or sys.stderr
    if as_json:
        return JsonReport(sys.stdout)
    if stream.isatty():
        return TerminalReport(pictures, stream)
    return LineReport(pictures, stream)


def duration(seconds: float) -> str:
    """Write a time as people say it: "4.2 s", "1 min 05 s", "2 h 03 min"."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


class LineReport:
    """One plain line for each picture, for logs and pipes."""

    def __init__(self, pictures: int, stream: TextIO) -> None:
        self._pictures, self._stream = pictures, stream
        self._seconds: list[float] = []

    def note(self, text: str) -> None:
        """Print a line."""
        print(text, file=self._stream, flush=True)

    def watch(self, event: Event, forecast: Forecast) -> None:
        """Print a line for each picture that is finished or failed, and one for the run."""
        match event:
            case PanelFinished(job, result, seconds):
                self._seconds.append(seconds)
                agreement = _words(result.agreement) if result.agreement else ""
                where = f" on {result.machine}" if result.machine else ""
                left = self._time_left(forecast)
                self.note(f"{job.title}: {duration(seconds)}{where}{agreement}{left}")
                for remark in result.remarks:
                    self.note(f"  {remark}")
            case PanelFailed(job, reason):
                self.note(f"{job.title} failed: {reason}")
            case PanelProgressed(job, progress) if progress.said:
                self.note(f"{job.title}: {progress.said}")
            case RunFinished() if self._seconds:
                self.note(self._summary(event.seconds))
            case _:
                pass

    def done(self, **written: Path) -> None:
        """Print what was written, on standard output: the answer to the command."""
        self.close()
        for path in written.values():
            print(path)

    def close(self) -> None:
        """Nothing is open."""

    def _time_left(self, forecast: Forecast) -> str:
        left = forecast.seconds_left
        return f", about {duration(left)} left" if left else ""

    def _summary(self, seconds: float) -> str:
        first, *others = self._seconds
        count = len(self._seconds)
        line = f"{count} {'picture' if count == 1 else 'pictures'} in {duration(seconds)}"
        if others:
            line += (
                f": the first {duration(first)}, then {duration(sum(others) / len(others))} each"
            )
        return line


def bar_on(stream: TextIO) -> Progress:
    """A bar that is gone once it is stopped; its tasks have a field ``left`` at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        # Names may hold square brackets, which are markup to rich.
        TextColumn("{task.description:<32}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
        # The bar moves the cursor itself; what others wrote goes through `plain` before.
        console=Console(file=unguarded(stream)),
        transient=True,
    )


class TerminalReport(LineReport):
    """The same lines, and below them a bar with the step and the measured time left."""

    def __init__(self, pictures: int, stream: TextIO) -> None:
        super().__init__(pictures, stream)
        self._progress = bar_on(stream)
        self._task = self._progress.add_task("Loading the model", total=pictures, left="")
        self._progress.start()

    def note(self, text: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def watch(self, event: Event, forecast: Forecast) -> None:
        """Move the bar, and print what `LineReport` prints."""
        match event:
            case ModelLoading(what, share):
                self._show(_sentence(what), f"{share:.0%}")
            case PanelProgressed(job, progress) if not progress.said:
                step = f"{_sentence(job.title)}, step {progress.step} of {progress.steps}"
                left = forecast.seconds_left
                self._show(step, "" if left is None else f"about {duration(left)} left")
            case PanelFinished() | PanelFailed():
                self._progress.advance(self._task)
            case _:
                pass
        super().watch(event, forecast)

    def close(self) -> None:
        """Remove the bar."""
        self._progress.stop()

    def _show(self, what: str, left: str) -> None:
        self._progress.update(self._task, description=plain(what), left=left)

    def _time_left(self, forecast: Forecast) -> str:
        return ""  # the bar says it


class JsonReport:
    """One JSON object a line; docs/command-line.md lists them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, text: str) -> None:
        """Write {"event": "note", "text": ...}."""
        self.write("note", text=text)

    def write(self, event: str, **values: object) -> None:
        """Write one object and flush, so that a reader sees it now."""
        print(json.dumps({"event": event, **values}), file=self._stream, flush=True)

    def watch(self, event: Event, forecast: Forecast) -> None:
        """Write the event's object."""
        match event:
            case ModelLoading(what, share):
                self.write("loading", what=what, share=round(share, 4))
            case PanelStarted(job):
                steps = job.request.steps_in_all
                self.write("panel_started", panel=job.request.panel, steps=steps)
            case PanelProgressed(job, progress) if progress.said:
                self.write("panel_said", panel=job.request.panel, text=str(progress.said))
            case PanelProgressed(job, progress):
                self.write(
                    "step",
                    panel=job.request.panel,
                    step=progress.step,
                    steps=progress.steps,
                    seconds=round(progress.seconds, 4),
                    seconds_left=_rounded(forecast.seconds_left),
                    **_machine(progress.machine),
                )
            case PanelFinished(job, result, seconds):
                self.write(
                    "panel_finished",
                    panel=job.request.panel,
                    seed=job.request.sampling.seed,
                    width=result.width,
                    height=result.height,
                    seconds=round(seconds, 3),
                    device=result.device,
                    remarks=list(result.remarks),
                    rescue=asdict(result.rescue) if result.rescue else None,
                    agreement=_plain(result.agreement) if result.agreement else None,
                    **_machine(result.machine),
                )
            case PanelFailed(job, reason, smaller):
                self.write(
                    "panel_failed",
                    panel=job.request.panel,
                    reason=str(reason),
                    smaller=list(smaller) if smaller else None,
                )
            case RunFinished(finished, failed, left, seconds):
                self.write(
                    "run_finished",
                    finished=finished,
                    failed=failed,
                    left=left,
                    seconds=round(seconds, 3),
                )

    def done(self, **written: Path) -> None:
        """Write {"event": "done", ...} with the paths."""
        self.write("done", **{name: str(path) for name, path in written.items()})

    def close(self) -> None:
        """Nothing is open."""


def _words(agreement: Agreement) -> str:
    parts = [f"like {name} {cosine:.2f}" for name, cosine in agreement.identities]
    if agreement.prompt is not None:
        parts.append(f"agrees with the prompt {agreement.prompt:.2f}")
    return "".join(f", {each}" for each in parts)


def _machine(name: str) -> dict[str, str]:
    """Which machine of several; nothing where there is one."""
    return {"machine": name} if name else {}


def _plain(agreement: Agreement) -> dict[str, object]:
    return {"identities": dict(agreement.identities), "prompt": agreement.prompt}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]  # capitalize() would make names small


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
