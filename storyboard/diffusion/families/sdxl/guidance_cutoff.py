"""CFG cutoff: from some step on only the conditional pass is evaluated.

diffusers' own ``SDXLCFGCutoffCallback`` cuts the text's embeddings and forgets those of the
IP-Adapter's pictures, which a callback cannot reach: "no picture", the first of the two, would
then steer the conditional pass. So the pictures are cut where they enter the UNet.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GuidanceCutoff"]


class GuidanceCutoff:
    """Ends the guidance of one panel after some steps.

    Args:
        pairs: Guided steps, at least 1; as many as there are steps never cuts.
        steps: Denoising steps.
    """

    TENSORS = ("latents", "prompt_embeds", "add_text_embeds", "add_time_ids")
    """What the pipeline's callback must be given."""

    def __init__(self, pairs: int, steps: int) -> None:
        self._last_pair = pairs - 1 if 0 < pairs < steps else None

    @contextmanager
    def watching(self, unet: Any) -> Iterator[None]:
        """Cut the pictures' embeddings inside this context, once there is no pair any more."""
        if self._last_pair is None:
            yield
            return
        hook = unet.register_forward_pre_hook(_conditional_pictures, with_kwargs=True)
        try:
            yield
        finally:
            hook.remove()

    def step_done(self, pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
        """Cut after the last guided step.

        Args:
            pipe: The pipeline, which sets its guidance anew with every call.
            step: The step that has ended, from 0.
            given: `TENSORS` by name, unconditional rows first.

        Returns:
            What the pipeline goes on with.
        """
        if step != self._last_pair:
            return given
        # Below 1 the pipeline neither doubles the latents nor mixes two predictions.
        pipe._guidance_scale = 0.0
        rows = given["latents"].shape[0]
        return given | {name: given[name][-rows:] for name in self.TENSORS[1:]}


def _conditional_pictures(
    _unet: Any, inputs: tuple[Any, ...], named: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Keep as many rows of the pictures' embeddings as there are latents, from the end.

    Masks need no cut: they have one row, which serves both passes.
    """
    added = named.get("added_cond_kwargs") or {}
    if "image_embeds" not in added:
        return inputs, named
    rows = inputs[0].shape[0]
    cut = [pictures[-rows:] for pictures in added["image_embeds"]]
    return inputs, {**named, "added_cond_kwargs": {**added, "image_embeds": cut}}
