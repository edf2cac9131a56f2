"""What a benchmark found: values, and their JSON with its schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, TypeAdapter, ValidationError

from storyboard.errors import InputError
from storyboard.machine.machine import Condition, Machine  # the schema needs the classes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FORMAT",
    "BenchmarkReport",
    "BenchmarkResult",
    "BoardRun",
    "Expectation",
    "Line",
    "ModeEstimate",
    "Quality",
    "Run",
    "report_from_json",
    "schema",
    "stage_names",
]

FORMAT = 1
"""Version of the JSON; raised whenever an older program could misread it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measured panel; all times in seconds.

    Attributes:
        seconds: Wall time, the file on disk included.
        stages: By stage, named as in `StageTimes`.
        steps: Each denoising step.
        networks: Inside the networks' forward passes; 0 where it was not measured.
        memory: Most bytes in use; 0 where unknown.
        telling: Of telling about the steps, which is part of denoise; 0 where not measured.
    """

    seconds: float
    stages: dict[str, float]
    steps: tuple[float, ...]
    networks: float
    memory: int
    telling: float = 0.0

    @property
    def between(self) -> float:
        """Share of the wall time that belongs to no stage."""
        return 1 - sum(self.stages.values()) / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a time is judged by.

    Attributes:
        seconds: The expected time.
        source: Where it comes from, for people.
        verdict: "as expected", or by how much the measured time is off.
    """

    seconds: float
    source: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the benchmark: several runs of the same thing.

    Attributes:
        name: "no identity" or "identity".
        first_seconds: The panel before the measured ones, which warms up.
        runs: The measured panels.
        tflop: Counted compute of one such panel, as `PanelCost.further`; 0 where not counted.
        expectation: What to judge it by, or None.
    """

    name: str
    first_seconds: float
    runs: tuple[Run, ...]
    tflop: float = 0.0
    expectation: Expectation | None = None

    @property
    def seconds(self) -> float:
        """Median wall time of a panel; 0 without runs."""
        return median(each.seconds for each in self.runs) if self.runs else 0.0

    @property
    def spread(self) -> tuple[float, float]:
        """Shortest and longest wall time."""
        seconds = [each.seconds for each in self.runs] or [0.0]
        return min(seconds), max(seconds)

    @property
    def steps_per_second(self) -> float:
        """From the median step of all runs; 0 without steps."""
        steps = [step for run in self.runs for step in run.steps]
        middle = median(steps) if steps else 0.0
        return 1 / middle if middle else 0.0

    @property
    def overhead(self) -> float | None:
        """Median share of the wall time outside the networks; None where not measured."""
        shares = [1 - run.networks / run.seconds for run in self.runs if run.networks]
        return median(shares) if shares else None

    @property
    def between(self) -> float:
        """Largest share of a panel's wall time that belongs to no stage."""
        return max((abs(run.between) for run in self.runs), default=0.0)

    @property
    def telling(self) -> float | None:
        """Median share of the denoising that telling about it takes; None where not measured."""
        shares = [
            run.telling / run.stages["denoise"]
            for run in self.runs
            if run.telling and run.stages.get("denoise")
        ]
        return median(shares) if shares else None

    @property
    def memory(self) -> int:
        """Most bytes in use."""
        return max((run.memory for run in self.runs), default=0)

    @property
    def stages(self) -> dict[str, float]:
        """Median seconds by stage."""
        names = dict.fromkeys(name for run in self.runs for name in run.stages)
        return {name: median(run.stages.get(name, 0.0) for run in self.runs) for name in names}

    @property
    def sustained(self) -> float:
        """TFLOPS that the machine got out of it; 0 where the compute was not counted."""
        return self.tflop / self.seconds if self.seconds else 0.0


def stage_names(lines: Iterable[Line]) -> tuple[str, ...]:
    """Every stage that one of some lines has, in their order."""
    return tuple(dict.fromkeys(name for line in lines for name in line.stages))


@dataclass(frozen=True, slots=True)
class BoardRun:
    """A storyboard from the first panel to the last, saved as a project.

    Attributes:
        panels: Finished panels.
        seconds: Wall time.
        predicted: What was predicted for the whole after the first panel, or None.
    """

    panels: int
    seconds: float
    predicted: float | None

    @property
    def prediction_error(self) -> float | None:
        """How far the prediction was off, as a share of the real time; above 0 is too long."""
        if self.predicted is None or not self.seconds:
            return None
        return self.predicted / self.seconds - 1


@dataclass(frozen=True, slots=True)
class ModeEstimate:
    """A mode's panel with an identity: counted, and predicted from the measured TFLOPS."""

    mode: str
    tflop: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What a mode's pictures show of what was asked for, as the starter model's reader sees it.

    Attributes:
        accuracy: Share of the readable attributes of held-out captions that are right, 0..1.
        identity: Share of a character's attributes that are the reference picture's, in panels
            whose captions do not tell them, 0..1.
        together: Share of those panels in which hair colour, clothing colour and hat all are.
        captions: Panels behind the accuracy.
        panels: Panels behind identity.
    """

    accuracy: float | None
    identity: float | None
    together: float | None
    captions: int
    panels: int


_WAS_A_SWITCH = Field(validation_alias=AliasChoices("family", "sdxl"))
"""What older results in the history say, when there was one family."""


def _family(said: object) -> object:
    return ("", "sdxl")[said] if isinstance(said, bool) else said


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """Everything that was found, and everything it depends on.

    Attributes:
        created: When it began, ISO 8601 in UTC.
        partial: Whether it was stopped or a panel failed; what is there was measured.
        reason: Why it is partial, for people.
        family: The family whose published architecture the model has; empty where it has its own.
        load_seconds: Until the model was in memory; the file cache of the system decides much.
        sustained_tflops: Of the first line; 0 where the compute was not counted.
        acceleration: What was left out of the compute.
        timing_only: Whether the weights are random.
        quality: What the pictures show, where that was measured.
    """

    created: str
    partial: bool
    reason: str
    machine: Machine
    before: Condition
    after: Condition
    model: str
    model_hash: str
    family: Annotated[str, BeforeValidator(_family), _WAS_A_SWITCH]
    device: str
    dtype: str
    mode: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
    width: int
    height: int
    load_seconds: float
    lines: tuple[Line, ...]
    board: BoardRun | None
    modes: tuple[ModeEstimate, ...]
    sustained_tflops: float
    acceleration: str = "off"
    timing_only: bool = False
    quality: Quality | None = None

    def line(self, name: str) -> Line | None:
        """The line of that name, or None."""
        return next((each for each in self.lines if each.name == name), None)

    def expected_board(self, panels: int) -> float | None:
        """Seconds that a board of so many panels takes, from the median panel."""
        measured = [each for each in self.lines if each.runs]
        return panels * measured[-1].seconds if measured else None


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """What ``--json`` writes: one result, or one for each mode."""

    results: tuple[BenchmarkResult, ...]
    format: int = FORMAT

    def to_json(self) -> str:
        """As JSON; `schema` describes it."""
        text: str = _adapter().dump_json(self, indent=2).decode()
        return text + "\n"


def report_from_json(text: str, name: str) -> BenchmarkReport:
    """Read what `BenchmarkReport.to_json` wrote.

    Args:
        text: The JSON.
        name: What to call it in messages.

    Raises:
        InputError: It is no benchmark, or one of a newer version.
    """
    try:
        report: BenchmarkReport = _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(each) for each in first["loc"])
        raise InputError(
            "{name} is no benchmark ({place}: {first})", name=name, place=place, first=first["msg"]
        ) from None
    if report.format > FORMAT:
        raise InputError("{name} was made by a newer version of the program: update it", name=name)
    return report


def schema() -> dict[str, Any]:
    """JSON Schema of a report."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[BenchmarkReport]:
    return TypeAdapter(BenchmarkReport)
