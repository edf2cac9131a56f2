"""What a panel costs in floating-point operations."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PanelCost"]


@dataclass(frozen=True, slots=True)
class PanelCost:
    """The compute of a panel, in TFLOP (10**12 operations, two for a multiply-add).

    Attributes:
        text_encode: Its prompt and, under guidance, its negative prompt.
        image_encode: Its reference pictures.
        steps: Each denoising step.
        decode: Latents to picture.
        text: One text; a further panel with the same negative prompt encodes one text only.
        judge: Measuring the agreement with prompt and references; 0 where that is not done.
        evaluations: Of the whole network, a guided step counting twice.
        reused: Evaluations of a part of it, which reuse what an earlier one has found.
        passes: Name and TFLOP of each pass over the finished picture.
    """

    text_encode: float
    image_encode: float
    steps: tuple[float, ...]
    decode: float
    text: float
    judge: float = 0.0
    evaluations: int = 0
    reused: int = 0
    passes: tuple[tuple[str, float], ...] = ()

    @property
    def denoise(self) -> float:
        """All steps."""
        return sum(self.steps)

    @property
    def stages(self) -> dict[str, float]:
        """TFLOP by stage, named as in `storyboard.values.stages.StageTimes`."""
        return {
            "text_encode": self.text_encode,
            "image_encode": self.image_encode,
            "denoise": self.denoise,
            "decode": self.decode,
            "judge": self.judge,
            **dict(self.passes),
        }

    @property
    def total(self) -> float:
        """TFLOP of a panel that stands alone."""
        return sum(self.stages.values())

    @property
    def further(self) -> float:
        """TFLOP of each further panel: negative prompt and references are encoded once."""
        passes = sum(tflop for _, tflop in self.passes)
        return self.text + self.denoise + self.decode + self.judge + passes
