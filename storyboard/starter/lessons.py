"""Lessons for the encoders: linear heads that read a scene off what the UNet is given.

SDXL's encoders come to its UNet already trained on four hundred million pictures with captions.
The starter's have a stand-in: while the UNet learns, linear heads must be able to read every
attribute of the scene off the text states and the image embedding. Trained through the UNet alone,
words for hair and clothes still said next to nothing after an hour.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from storyboard.diffusion.checks.reader import ATTRIBUTES
from storyboard.starter.architecture import WINDOW
from storyboard.starter.truth import truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storyboard.starter.conditioning import Conditions
    from storyboard.starter.vocabulary import Scene

__all__ = ["ASKED", "LOOKS", "UNKNOWN", "Lessons", "answers"]

UNKNOWN = -100
"""Instead of an answer's number where a picture does not show it."""

_OF_THE_SCENE = ("place", "time", "shot_size", "people", "prop", "pose")
LOOKS = tuple(name for name in ATTRIBUTES if name not in _OF_THE_SCENE)
ASKED: Mapping[str, tuple[str, ...]] = {
    **ATTRIBUTES,
    **{f"second {name}": ATTRIBUTES[name] for name in LOOKS},
}
"""What the heads are asked, and the answers there are: of the scene and of both people."""


def answers(scenes: Sequence[Scene]) -> torch.Tensor:
    """The number of every right answer, (n, len(ASKED)) int16; `UNKNOWN` where nobody can know."""
    rows = []
    for scene in scenes:
        known = truth(scene)
        if len(scene.people) > 1:
            second = truth(replace(scene, people=scene.people[1:]))
            known |= {f"second {name}": second[name] for name in LOOKS if name in second}
        rows.append(
            [
                choices.index(known[name]) if name in known else UNKNOWN
                for name, choices in ASKED.items()
            ]
        )
    return torch.tensor(rows, dtype=torch.int16)


class Lessons(nn.Module):
    """A linear head for each attribute and each kind of state."""

    def __init__(self, width: int, pooled: int, image: int) -> None:
        """Prepare heads for text states, pooled text and image embeddings of these widths."""
        super().__init__()
        self.of_states = nn.ModuleList(nn.Linear(width, len(each)) for each in ASKED.values())
        self.of_pooled = nn.ModuleList(nn.Linear(pooled, len(each)) for each in ASKED.values())
        self.of_pictures = nn.ModuleList(nn.Linear(image, len(ASKED[each])) for each in LOOKS)
        for weight in self.parameters():
            nn.init.zeros_(weight)

    def forward(
        self,
        conditions: Conditions,
        ends: torch.Tensor,
        told: torch.Tensor,
        described: torch.Tensor,
        shown: torch.Tensor,
        right: torch.Tensor,
    ) -> tuple[torch.Tensor, dict[str, float]]:
        """Mean cross entropy of all heads, and the share of right answers by kind of state.

        Args:
            conditions: What the UNet is given.
            ends: (n,) index of each caption's end token.
            told: (n,) whether there is a caption at all.
            described: (n,) whether the caption tells what people look like.
            shown: (n,) whether there is a reference picture.
            right: Of `answers`.
        """
        # Every token after the last word is the end token and has seen everything; a cross
        # attention may settle on any of them.
        rows = torch.arange(len(ends), device=ends.device)
        spare = torch.rand(len(ends), device=ends.device) * (WINDOW - ends)
        states = conditions.text[rows, (ends + spare.long()).clamp(max=WINDOW - 1)]
        kinds = (
            ("states", self.of_states, tuple(ASKED), states, told),
            ("pooled", self.of_pooled, tuple(ASKED), conditions.pooled, told),
            ("pictures", self.of_pictures, LOOKS, conditions.image, shown),
        )
        columns = {name: number for number, name in enumerate(ASKED)}
        losses, shares = [], {}
        for kind, heads, names, inputs, counts in kinds:
            hits, total = [], []
            for name, head in zip(names, heads, strict=True):
                of_looks = name.removeprefix("second ") in LOOKS
                known = counts & described if of_looks and kind != "pictures" else counts
                labels = right[:, columns[name]].long().masked_fill(~known, UNKNOWN)
                logits = head(inputs).float()
                each = functional.cross_entropy(
                    logits, labels, ignore_index=UNKNOWN, reduction="sum"
                )
                asked = (labels != UNKNOWN).sum()
                losses.append(each / asked.clamp(min=1))
                hits.append((logits.argmax(1) == labels).sum())
                total.append(asked)
            shares[kind] = float(torch.stack(hits).sum() / torch.stack(total).sum().clamp(min=1))
        return torch.stack(losses).mean(), shares
