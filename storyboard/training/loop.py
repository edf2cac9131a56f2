"""The loop: what happens in a step, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families.learner import Learner
from storyboard.training.batches import Batches
from storyboard.training.encoded import Encoded
from storyboard.training.lora_weights import LoraWeights
from storyboard.training.optimizers import rate_share
from storyboard.training.schema import TrainingFile
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from storyboard.diffusion.families.learner import Noised, TextStates
    from storyboard.training.batches import Batch

__all__ = ["StepLoop"]

_OTHERS = 4
"""Of what is preserved, one in so many is asked by a caption of `preserve.captions`."""
_EVAL_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""How far along the noise the held-out loss is measured: the same every time."""


@dataclass(frozen=True, slots=True)
class StepLoop:
    """Takes steps, each of which follows from its number alone.

    Attributes:
        config: What the file says.
        learner: The model.
        weights: The LoRA.
        optimizer: Follows its gradient.
        batches: What is learned from.
        encoded: Latents and text states.
        policy: The device.
        autocast: Whether the networks compute in bfloat16.
        preserved: The model's own pictures that are held to; those that are learned from if None.
    """

    config: TrainingFile
    learner: Learner
    weights: LoraWeights
    optimizer: torch.optim.Optimizer
    batches: Batches
    encoded: Encoded
    policy: DevicePolicy
    autocast: bool
    preserved: Batches | None = None

    def take(self, step: int) -> float:
        """Take a step; its number counts from 0. Returns the loss of its pictures."""
        loop, told = self.config.training, self.config.optimizer
        # 1. The gradient, of one batch after another.
        self.optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for part in range(loop.gradient_accumulation):
            number = step * loop.gradient_accumulation + part
            with self.policy.training_attention():
                total += self._learn(self.batches.of(number), number)
        # 2. The rate, and the step itself.
        share = rate_share(step, loop.steps, told)
        if told.max_grad_norm:
            torch.nn.utils.clip_grad_norm_(self.weights.parameters(), told.max_grad_norm)
        for group in self.optimizer.param_groups:
            peak = group.setdefault("peak", group["lr"])
            group["lr"] = peak * share
        self.optimizer.step()
        return total / loop.gradient_accumulation

    @torch.no_grad()
    def evaluate(self, batches: Sequence[Batch]) -> float:
        """The loss of pictures that are not learned from, at noise that is always the same."""
        losses: list[float] = []
        for number, batch in enumerate(batches):
            latents, references = self.encoded.of(batch)
            texts = self._texts([each.caption for each in batch.examples])
            for share in _EVAL_SHARES:
                generator = self.policy.generator(derived_seed(0, f"eval {number} {share}"))
                noise = self._drawn(latents, generator)
                shares = torch.full((len(latents),), share, device=latents.device)
                noised = self.learner.noised(latents, noise, shares)
                losses.append(float(self._loss(noised, texts, references).cpu()))
        return sum(losses) / len(losses)

    def sample_loss(self, batch: Batch) -> torch.Tensor:
        """The loss of a batch at half of the noise, for counting and measuring."""
        latents, references = self.encoded.of(batch)
        noise = torch.zeros_like(latents)
        shares = torch.full((len(latents),), 0.5, device=latents.device)
        noised = self.learner.noised(latents, noise, shares)
        texts = self._texts([each.caption for each in batch.examples])
        return self._loss(noised, texts, references)

    def _learn(self, batch: Batch, number: int) -> float:
        """Gradients of one batch; returns the loss of its pictures."""
        loop = self.config.training
        generator = self.policy.generator(derived_seed(loop.seed, f"batch {number}"))
        # 1. Noise, at a time of its own for each picture; drawn on the CPU, the same everywhere.
        latents, references = self.encoded.of(batch)
        noise = self._drawn(latents, generator)
        shares = torch.rand(len(latents), generator=generator).to(latents.device)
        noised = self.learner.noised(latents, noise, shares, loop.snr_gamma)
        # 2. What the captions are to become.
        dropped = torch.rand(len(latents), generator=generator) < loop.caption_dropout
        captions = [
            "" if drop else each.caption
            for each, drop in zip(batch.examples, dropped.tolist(), strict=True)
        ]
        loss = self._loss(noised, self._texts(captions), references)
        self._backward(loss)
        # 3. What must stay: the model's own answer where the trigger is not said.
        if self.config.preserve.weight:
            kept = batch
            if self.preserved is not None:
                kept = self.preserved.of(number)
                latents, references = self.encoded.of(kept)
                shares = torch.rand(len(latents), generator=generator).to(latents.device)
                noised = self.learner.noised(latents, self._drawn(latents, generator), shares)
            plain = self._plain(kept, generator)
            with torch.no_grad(), self.weights.off():
                own = self._said(noised, self._texts(plain, taught=False), references)
            said = self._said(noised, self._texts(plain), references)
            self._backward((said - own).square().mean() * self.config.preserve.weight)
        return float(loss.detach().cpu())

    def _plain(self, batch: Batch, generator: torch.Generator) -> list[str]:
        """Captions without the trigger: the pictures' own, or one of those given."""
        others = self.config.preserve.captions
        plain = [each.plain for each in batch.examples]
        if not others:
            return plain
        which = torch.randint(0, _OTHERS * len(others), (len(plain),), generator=generator)
        return [
            others[pick] if pick < len(others) else own
            for own, pick in zip(plain, which.tolist(), strict=True)
        ]

    def _texts(self, captions: Sequence[str], *, taught: bool = True) -> TextStates:
        with self._computing():
            return self.encoded.texts(captions, taught=taught)

    def _loss(
        self, noised: Noised, texts: TextStates, references: Sequence[torch.Tensor]
    ) -> torch.Tensor:
        said = self._said(noised, texts, references)
        squared = (said - noised.target.float()).square().flatten(1).mean(1)
        return (squared * noised.weights).mean()

    def _said(
        self, noised: Noised, texts: TextStates, references: Sequence[torch.Tensor]
    ) -> torch.Tensor:
        with self._computing():
            return self.learner.predict(noised, texts, references).float()

    def _backward(self, loss: torch.Tensor) -> None:
        part = loss / self.config.training.gradient_accumulation
        part.backward()  # type: ignore[no-untyped-call]

    def _drawn(self, latents: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        return torch.randn(latents.shape, generator=generator).to(latents)

    def _computing(self) -> AbstractContextManager[object]:
        return self.policy.training_autocast(wanted=self.autocast)
