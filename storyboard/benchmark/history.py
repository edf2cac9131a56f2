"""The history of benchmarks on this machine: one JSON object a line, never rewritten."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from storyboard.benchmark.result import BenchmarkReport, BenchmarkResult, report_from_json
from storyboard.errors import InputError, ProjectError
from storyboard.files.atomic import describe

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.machine.machine import Machine

__all__ = ["History", "append", "history_file", "read_history"]


@dataclass(frozen=True, slots=True)
class History:
    """Earlier results, oldest first.

    Attributes:
        unread: Lines that could not be read: cut off by a crash, or of a newer version.
    """

    results: tuple[BenchmarkResult, ...] = ()
    unread: int = 0

    def latest(
        self, model: str, machine: Machine, mode: str = "", acceleration: str = ""
    ) -> BenchmarkResult | None:
        """The latest whole result of a model on the same hardware, or None.

        Args:
            model: As the user names it; a family's name means any model of its architecture.
            machine: The hardware; versions of packages may differ.
            mode: Only of this mode; of any if empty.
            acceleration: Only with this acceleration; with any if empty.
        """
        fitting = (
            each
            for each in reversed(self.results)
            if not each.partial
            and model in (each.model, each.family)
            and _hardware(each.machine) == _hardware(machine)
            and mode in ("", each.mode)
            and acceleration in ("", each.acceleration)
        )
        return next(fitting, None)

    def sustained(self, model: str, machine: Machine) -> float | None:
        """TFLOPS that the machine has sustained with the model, or None if never measured."""
        found = self.latest(model, machine)
        return found.sustained_tflops or None if found else None


def history_file() -> Path:
    """Where the history is: the platform's folder for the data of programs."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "benchmarks.jsonl"


def read_history(file: Path | None = None) -> History:
    """Read the history; what cannot be read is counted and left where it is."""
    try:
        text = (file or history_file()).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return History()
    results: list[BenchmarkResult] = []
    unread = 0
    for line in filter(str.strip, text.splitlines()):
        try:
            results += report_from_json(line, "history").results
        except InputError:
            unread += 1
    return History(tuple(results), unread)


def append(result: BenchmarkResult, file: Path | None = None) -> Path:
    """Add a result to the end of the history.

    Raises:
        ProjectError: The history cannot be written; what it held stays.
    """
    file = file or history_file()
    line = " ".join(BenchmarkReport((result,)).to_json().split("\n"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            # A line that a crash cut off must not swallow this one.
            stream.write(f"{line}\n" if _ends_a_line(file) else f"\n{line}\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise ProjectError(
            "cannot write the history {file}: {reason}", file=file, reason=describe(error)
        ) from error
    return file


def _ends_a_line(file: Path) -> bool:
    return not file.stat().st_size or file.read_bytes()[-1:] == b"\n"


def _hardware(machine: Machine) -> tuple[object, ...]:
    return machine.chip, machine.cpu_cores, machine.gpu_cores
