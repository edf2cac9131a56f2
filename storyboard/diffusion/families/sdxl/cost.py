"""What a panel costs in floating-point operations, stage by stage, for any settings.

The counts are exact (see `counting.py`); time follows from them and from how
many operations a second a machine sustains, which is measured, not promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from storyboard.diffusion.families.sdxl.agreement import judged_step
from storyboard.diffusion.families.sdxl.architecture import architecture_of
from storyboard.diffusion.families.sdxl.counting import NetworkCounter
from storyboard.techniques.acceleration import ACCELERATIONS, OFF, Acceleration, Evaluations

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
class PanelCost:
    """The compute of a panel, in TFLOP (10**12 operations, two for a multiply-add).

    Attributes:
        text_encode: Its prompt and, under guidance, its negative prompt.
        image_encode: Its reference pictures.
        denoise: All evaluations of the UNet, adapter included.
        decode: Latents to picture.
        evaluations: What ``denoise`` consists of.
        text: One text; a further panel with the same negative prompt encodes one text only.
        judge: Measuring the agreement with prompt and references; 0 where that is not done.
    """

    text_encode: float
    image_encode: float
    denoise: float
    decode: float
    evaluations: Evaluations
    text: float
    judge: float = 0.0

    @property
    def stages(self) -> dict[str, float]:
        """TFLOP by stage, named as in `storyboard.values.stages.StageTimes`."""
        return {
            "text_encode": self.text_encode,
            "image_encode": self.image_encode,
            "denoise": self.denoise,
            "decode": self.decode,
            "judge": self.judge,
        }

    @property
    def total(self) -> float:
        """TFLOP of a panel that stands alone."""
        return sum(self.stages.values())

    @property
    def further(self) -> float:
        """TFLOP of each further panel: negative prompt and references are encoded once."""
        return self.text + self.denoise + self.decode + self.judge


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
    judged: bool = False,
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
        judged: Whether the agreement with prompt and references is measured.

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
        judge=_judge(counter, width, height, references) / TERA if judged else 0.0,
    )


def _judge(counter: NetworkCounter, width: int, height: int, references: int) -> int:
    """A pair of evaluations without adapter, and the panel once through the image encoder."""
    multiple = counter.architecture.multiple
    step = judged_step(height // multiple, width // multiple)
    small = (side // (step * multiple) * multiple for side in (width, height))
    pair = 2 * counter.unet(*small)
    return pair + (counter.image_encoder() if references else 0)


@cache
def network_counter(model: str) -> NetworkCounter:
    """The counter of a model, named as for `count_panel`; it remembers what it has counted."""
    return NetworkCounter(architecture_of(model))
