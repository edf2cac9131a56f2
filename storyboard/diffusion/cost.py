"""What a panel costs in floating-point operations, stage by stage, for any settings.

The counts are exact (see `storyboard.diffusion.counting`); time follows from them and from how
many operations a second a machine sustains, which is measured, not promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.architecture import architecture_of
from storyboard.diffusion.counting import NetworkCounter

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ACCELERATIONS",
    "OFF",
    "Acceleration",
    "Evaluations",
    "PanelCost",
    "count_panel",
    "network_counter",
]

TERA = 1e12


@dataclass(frozen=True, slots=True)
class Evaluations:
    """How often a panel evaluates the UNet, by what an evaluation does.

    A guided step is a pair of evaluations, with the prompt and with the negative prompt.

    Attributes:
        full: Evaluations of the whole UNet, a guided step counting twice.
        reused: Evaluations that reuse deep features, likewise.
    """

    full: int
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Acceleration:
    """What is done to need less compute than plain diffusers; the default is nothing.

    Attributes:
        guided: Share of the steps, from the first one on, that are guided, 0..1 (CFG cutoff).
        refresh_every: Every n-th step evaluates the whole UNet, those between reuse its deep
            features; 1 reuses nothing. The first unguided step is a whole one as well: the
            features of a pair do not fit a single evaluation.
        branch: Skip connection up to which a step that reuses still computes, 0 the outermost.
        tiny_decoder: Whether AutoencoderTiny decodes instead of the model's VAE.
    """

    guided: float = 1.0
    refresh_every: int = 1
    branch: int = 0
    tiny_decoder: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.guided <= 1:
            raise ValueError(f"guided is {self.guided}: a share is 0 to 1")
        if self.refresh_every < 1 or self.branch < 0:
            raise ValueError("refresh_every is at least 1 and branch at least 0")

    def evaluations(self, steps: int, *, guided: bool) -> Evaluations:
        """Count the evaluations of a panel.

        Args:
            steps: Denoising steps.
            guided: Whether the panel is guided at all (guidance scale above 1).
        """
        pairs = round(steps * self.guided) if guided else 0
        full = reused = 0
        for step in range(steps):
            count = 2 if step < pairs else 1
            if step % self.refresh_every == 0 or (step == pairs and pairs > 0):
                full += count
            else:
                reused += count
        return Evaluations(full, reused)


OFF = Acceleration()
"""Plain diffusers."""

ACCELERATIONS: Mapping[str, Acceleration] = {"off": OFF}
"""By the name that the user gives."""


@dataclass(frozen=True, slots=True)
class PanelCost:
    """The compute of a panel, in TFLOP (10**12 operations, two for a multiply-add).

    Attributes:
        text_encode: Its prompt and, under guidance, its negative prompt.
        image_encode: Its reference pictures.
        denoise: All evaluations of the UNet, adapter included.
        decode: Latents to picture.
        evaluations: What ``denoise`` consists of.
        text: One text; a further panel with the same negative prompt encodes one text only.
    """

    text_encode: float
    image_encode: float
    denoise: float
    decode: float
    evaluations: Evaluations
    text: float

    @property
    def stages(self) -> dict[str, float]:
        """TFLOP by stage, named as in `storyboard.models.StageTimes`."""
        return {
            "text_encode": self.text_encode,
            "image_encode": self.image_encode,
            "denoise": self.denoise,
            "decode": self.decode,
        }

    @property
    def total(self) -> float:
        """TFLOP of a panel that stands alone."""
        return sum(self.stages.values())

    @property
    def further(self) -> float:
        """TFLOP of each further panel: negative prompt and references are encoded once."""
        return self.text + self.denoise + self.decode


def count_panel(
    model: str,
    *,
    width: int,
    height: int,
    steps: int,
    guidance_scale: float,
    references: int = 0,
    acceleration: Acceleration = OFF,
    evaluations: Evaluations | None = None,
) -> PanelCost:
    """Count a panel.

    Args:
        model: "sdxl" for SDXL itself, no files needed; else a model on this machine.
        width: Pixels; the model's latents must divide it.
        height: Pixels, likewise.
        steps: Denoising steps, at least 1.
        guidance_scale: Above 1, every step evaluates the UNet twice.
        references: Reference pictures that the IP-Adapter looks at; 0 is without adapter, which
            also is what an IP-Adapter scale of 0 means. No other scale changes the compute.
        acceleration: What is left out.
        evaluations: The evaluations, where something else than ``acceleration`` decides them.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    guided = guidance_scale > 1
    counter = network_counter(model)
    made = evaluations or acceleration.evaluations(steps, guided=guided)
    denoise = made.full * counter.unet(width, height, references)
    if made.reused:
        denoise += made.reused * counter.cached_unet(width, height, acceleration.branch, references)
    decoder = counter.tiny_decoder if acceleration.tiny_decoder else counter.decoder
    text = counter.text_encoders() / TERA
    return PanelCost(
        text_encode=text * (2 if guided else 1),
        image_encode=references * counter.image_encoder() / TERA if references else 0.0,
        denoise=denoise / TERA,
        decode=decoder(width, height) / TERA,
        evaluations=made,
        text=text,
    )


@cache
def network_counter(model: str) -> NetworkCounter:
    """The counter of a model, named as for `count_panel`; it remembers what it has counted."""
    return NetworkCounter(architecture_of(model))
