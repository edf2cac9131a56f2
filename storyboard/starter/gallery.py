"""A gallery of painted pictures of native size, from which those learn that need only pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from storyboard.starter.architecture import NATIVE_SIZE

if TYPE_CHECKING:
    from storyboard.starter.painted import Painting

__all__ = ["Gallery"]


class Gallery:
    """Holds the newest pictures on the training's device, as bytes, with what they show."""

    def __init__(self, device: str, most: int) -> None:
        """Prepare room for ``most`` pictures."""
        width, height = NATIVE_SIZE
        self._device, self._most, self._next = torch.device(device), most, 0
        self._pictures = torch.zeros(most, 3, height, width, dtype=torch.uint8, device=device)
        self._answers: torch.Tensor | None = None
        self.count = 0

    def add(self, painting: Painting) -> None:
        """Hang up pictures; the oldest come down where there is no room."""
        new = len(painting.pictures)
        where = (torch.arange(new) + self._next) % self._most
        self._pictures[where] = painting.pictures.to(self._device)
        answers = painting.answers.to(self._device)
        if self._answers is None:
            self._answers = answers.new_zeros(self._most, answers.shape[1])
        self._answers[where] = answers
        self._next = (self._next + new) % self._most
        self.count = min(self._most, self.count + new)

    def draw(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Some pictures, (n, 3, height, width) in -1..1, and their answers, (n, questions)."""
        assert self._answers is not None
        index = torch.randint(self.count, (count,), device=self._device)
        return self._pictures[index].float() / 127.5 - 1, self._answers[index]

    def crops(self, count: int, side: int) -> torch.Tensor:
        """Square crops, half of them mirrored, (n, 3, side, side) in -1..1."""
        pictures, _ = self.draw(count)
        height, width = pictures.shape[2:]
        tops = torch.randint(height - side + 1, (count,), device=self._device)
        lefts = torch.randint(width - side + 1, (count,), device=self._device)
        steps = torch.arange(side, device=self._device)
        mirrored = torch.rand(count, 1, device=self._device) < 0.5
        columns = lefts.unsqueeze(1) + torch.where(mirrored, steps.flip(0), steps)
        rows = tops.unsqueeze(1) + steps
        each = torch.arange(count, device=self._device).view(-1, 1, 1)
        cropped = pictures.permute(0, 2, 3, 1)[each, rows.unsqueeze(2), columns.unsqueeze(1)]
        return cropped.permute(0, 3, 1, 2).contiguous()
