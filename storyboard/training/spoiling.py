"""Pictures spoiled on purpose: what a model learns to mend."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

__all__ = ["Spoiling"]


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way of spoiling a picture, which always spoils it alike.

    Attributes:
        kind: "sharpen": blur and noise; "restore": rounds of JPEG.
        strength: 0..1.
        seed: Of its noise.
    """

    kind: str
    strength: float
    seed: int

    @property
    def text(self) -> str:
        """What decides about pixels."""
        return f"{self.kind}:{self.strength:.4f}:{self.seed}"

    def spoil(self, picture: Image.Image) -> Image.Image:
        """The spoiled picture, of the same size."""
        if self.kind == "sharpen":
            return self._blurred(picture)
        return self._pressed(picture)

    def _blurred(self, picture: Image.Image) -> Image.Image:
        """Blurred by up to a fiftieth of the shorter side, with noise of up to 24 levels."""
        radius = self.strength * min(picture.size) / 50
        soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float32)
        noise = np.random.default_rng(self.seed).normal(0, 24 * self.strength, soft.shape)
        return Image.fromarray((soft + noise).clip(0, 255).round().astype(np.uint8))

    def _pressed(self, picture: Image.Image) -> Image.Image:
        """One to four rounds of JPEG, at a quality down to 8, each shifted against the last."""
        rng = random.Random(self.seed)
        for _ in range(1 + round(3 * self.strength)):
            across, down = rng.randrange(8), rng.randrange(8)
            out = io.BytesIO()
            moved = Image.fromarray(np.roll(np.asarray(picture), (down, across), (0, 1)))
            moved.save(out, "JPEG", quality=round(70 - 62 * self.strength))
            with Image.open(out) as again:
                pressed = np.roll(np.asarray(again.convert("RGB")), (-down, -across), (0, 1))
            picture = Image.fromarray(pressed)
        return picture
