"""What the program must know of a model before it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from config import SpeedMode
from storyboard.values.request import Draw, PanelRequest
from storyboard.values.sampling_menu import NO_CHOICE, SamplingMenu
from storyboard.values.tokens import TokenCounter

__all__ = ["ClipCard", "ModelCard"]


@dataclass(frozen=True, slots=True)
class ClipCard:
    """What a model wants of a clip.

    Attributes:
        frame_step: The number of frames is a multiple of this, and one.
        most_frames: Most frames that it was trained to make at once.
        fps: Frames a second that it was trained on: played at fewer, what moves is slower.
        takes_last: Whether the last frame can be given too.
    """

    frame_step: int
    most_frames: int
    fps: int
    takes_last: bool = False


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the rest of the program must know of a model before it is loaded.

    Attributes:
        name: As the user wrote it: "starter", a hub id, a folder, a file.
        family: Name of its family, as `storyboard.diffusion.families` knows it.
        tokens: Counts a prompt as its text encoders do.
        native_pixels: Pixels of a frame at which the model draws best (width times height).
        multiple: Width and height must be divisible by this.
        techniques: Names of the techniques that it knows; "identity" where it can look at
            reference pictures.
        tasks: Names of what it can do, as in `storyboard.values.request.Task`.
        modes: Steps and scales of each speed mode.
        timing_only: Whether its weights are random, so that it draws noise.
        countable: Whether the finder of this program can count the people in its pictures.
        tiny_decoder: Whether a tiny decoder goes with it (``decoder=tiny``).
        reads_negative: Whether a negative prompt costs nothing beyond the guidance that the model
            is drawn with anyway; where it does, only one that somebody wrote is asked for.
        sustained_share: Share of a chip's peak that the family is known to sustain; 0 where nobody
            has measured it.
        sampling: The samplers and schedules that it knows.
        clip: What it wants of a clip; None for a model that makes none.
        step_work: What every step of a request costs, in a unit of the family's own.
    """

    name: str
    family: str
    tokens: TokenCounter = field(compare=False)
    native_pixels: int
    multiple: int
    techniques: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset({Draw.name})
    modes: Mapping[str, SpeedMode] = field(default_factory=dict)
    timing_only: bool = False
    countable: bool = False
    tiny_decoder: bool = False
    reads_negative: bool = True
    sustained_share: float = 0.0
    sampling: SamplingMenu = NO_CHOICE
    clip: ClipCard | None = None
    step_work: Callable[[PanelRequest], tuple[float, ...]] = field(
        default=lambda request: (), compare=False, repr=False
    )

    @property
    def identity(self) -> bool:
        """Whether it can look at reference pictures."""
        return "identity" in self.techniques
