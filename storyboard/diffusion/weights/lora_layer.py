"""What a LoRA changes in one layer, by the names and sides of its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["LoraLayer"]

_FIRST = {"lora_": "LoRA", "hada_": "LoHa", "lokr_": "LoKr"}


@dataclass(frozen=True, slots=True)
class LoraLayer:
    """What a LoRA changes in one layer.

    Attributes:
        parts: For each part the name of its weight in the file, and its shape.
        cuts: The first row and the row after the last of each part of which only these are meant;
            its shape is then theirs.
    """

    parts: Mapping[str, tuple[str, tuple[int, ...]]]
    cuts: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """LoRA, LoHa or LoKr; empty where only an alpha is there."""
        return next((_FIRST[p[:5]] for p in self.parts if p[:5] in _FIRST), "")

    @property
    def label(self) -> str:
        """The kind as people call it: of convolutions LoCon, with magnitudes DoRA."""
        kind = self.kind
        if kind == "LoRA" and len(self.shape("lora_down.weight")) > 2:
            kind = "LoCon" if self.shape("lora_down.weight")[2:] != (1, 1) else "LoRA"
        return f"{kind} with DoRA" if "dora_scale" in self.parts else kind

    @property
    def rank(self) -> int:
        """Of the factors; 0 where a factor is whole."""
        for part in ("lora_down.weight", "hada_w1_b", "lokr_w2_b", "lokr_w1_b"):
            if shape := self.shape(part):
                return shape[0]
        return 0

    @property
    def rows(self) -> int:
        """Outputs of the layer that it changes."""
        if self.kind == "LoKr":
            one, two = self._factors()
            return one[0] * two[0]
        if self.kind == "LoHa":
            return self.shape("hada_w1_a")[-1 if self.shape("hada_t1") else 0]
        return self.shape("lora_up.weight")[0]

    @property
    def share(self) -> float:
        """What it adds to the operations of its layer, as a share of them.

        A matrix that is made anew in every step, of a DoRA and a LoHa, is not counted: it does not
        grow with the picture.
        """
        if self.kind == "LoKr":
            one, two = self._factors()
            return 1 / one[0] + 1 / _product(two[1:])
        if self.kind == "LoHa" or "dora_scale" in self.parts:
            return 1.0
        down, up = self.shape("lora_down.weight"), self.shape("lora_up.weight")
        mid = self.shape("lora_mid.weight")
        columns = _product(down[1:]) * _product(mid[2:])
        if mid:
            return (down[0] * down[1] + _product(mid) + down[0] * up[0]) / (columns * up[0])
        return down[0] * (columns + up[0]) / (columns * up[0])

    def shape(self, part: str) -> tuple[int, ...]:
        """Sides of a part; none where it is not there."""
        return self.parts[part][1] if part in self.parts else ()

    def makes(self, shape: tuple[int, ...]) -> bool:
        """Whether the change has the shape of a layer's weight (out x in x sides of the kernel)."""
        size = 1
        for side in shape[1:]:
            size *= side
        if self.kind == "LoRA":
            down, up = self.shape("lora_down.weight"), self.shape("lora_up.weight")
            mid = self.shape("lora_mid.weight") or (*down[:1], *down[:1], 1, 1)
            inner = _product(down[1:]) * _product(mid[2:])
            fits = len(up) > 1 and len(down) > 1 and up[1] == mid[0] == mid[1] == down[0]
            return fits and up[0] == shape[0] and inner == size
        if self.kind == "LoHa":
            a, b = self.shape("hada_w1_a"), self.shape("hada_w1_b")
            tucker = self.shape("hada_t1")
            made = (a[-1], b[-1] * _product(tucker[2:])) if tucker else (a[0], _product(b[1:]))
            other = self.shape("hada_w2_a"), self.shape("hada_w2_b")
            return other == (a, b) and made == (shape[0], size)
        one, two = self._factors()
        return len(one) > 1 and one[0] * two[0] == shape[0] and one[1] * _product(two[1:]) == size

    def _factors(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Sides of the two factors of a LoKr."""
        one = self.shape("lokr_w1") or (
            self.shape("lokr_w1_a")[0],
            self.shape("lokr_w1_b")[-1],
        )
        two = self.shape("lokr_w2")
        if not two:
            a, b = self.shape("lokr_w2_a"), self.shape("lokr_w2_b")
            tucker = self.shape("lokr_t2")
            two = (a[-1], b[-1], *tucker[2:]) if tucker else (a[0], *b[1:])
        return one, two


def _product(sides: tuple[int, ...]) -> int:
    size = 1
    for side in sides:
        size *= side
    return size
