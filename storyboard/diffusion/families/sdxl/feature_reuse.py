"""Deep-feature reuse: most of the UNet is evaluated only at some of the steps.

The idea is DeepCache (Ma, Fang, Wang, CVPR 2024, arXiv 2312.00858): between neighbouring steps the
deep features of a UNet hardly change. A step that reuses them evaluates the outer layers, as far
in as a chosen skip connection, and takes what comes up from below from the last whole step.

Nothing of diffusers' forward pass is repeated here. While a panel is denoised the inner layers have
a forward of ours in front of theirs, which at a reusing step returns no channels at all, or, at
the one place where the way up is joined, the kept features. A layer that were evaluated by mistake
would find no channels and fail, so that a wrong cut cannot go unnoticed.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import torch

__all__ = ["FeatureReuse"]


@dataclass(frozen=True, slots=True)
class _Inner:
    """A layer that a reusing step does not evaluate.

    Attributes:
        layer: The layer.
        shape: What its forward returns: "tensor", "tuple" (a transformer) or "skips" (a block on
            the way down, with what it hands across).
        skips: Tensors that it hands across.
    """

    layer: Any
    shape: str = "tensor"
    skips: int = 0


class FeatureReuse:
    """Reuse in one UNet.

    Args:
        unet: A ``UNet2DConditionModel``.
        branch: Skip connection up to which a reusing step still evaluates, 0 the outermost.

    Raises:
        InputError: The UNet has no such branch.
    """

    def __init__(self, unet: Any, branch: int) -> None:
        skips = 1 + sum(_handed_across(block) for block in unet.down_blocks)
        if not 0 <= branch < skips:
            raise InputError(
                "acceleration: branch is {branch}, and this model's branches are 0 to {skips}",
                branch=branch,
                skips=skips - 1,
            )
        self._unet = unet
        above = _way_up(unet, branch)
        # The way up is joined where the last inner layer would have ended.
        self._joint = above[-1] if above else _Inner(unet.mid_block)
        self._inner = [*_way_down(unet, branch), _Inner(unet.mid_block), *above]
        self._kept: torch.Tensor | None = None
        self._reusing = False

    @contextmanager
    def following(self, whole: Sequence[bool]) -> Iterator[None]:
        """Reuse inside this context, which must hold the evaluations of one panel and no others.

        Args:
            whole: For every evaluation, a guided pair being one, whether it is whole; evaluations
                beyond the last are.
        """
        number = -1

        def begin(_unet: Any, inputs: tuple[Any, ...]) -> None:
            nonlocal number
            number += 1
            planned = number < len(whole) and not whole[number]
            # Features of a pair cannot serve a single evaluation, whatever the plan says.
            fits = self._kept is not None and self._kept.shape[0] == inputs[0].shape[0]
            self._reusing = planned and fits

        hook = self._unet.register_forward_pre_hook(begin)
        hidden = [self._hide(inner) for inner in self._inner]
        try:
            yield
        finally:
            for uncover in hidden:
                uncover()
            hook.remove()
            self._kept, self._reusing = None, False

    def _hide(self, inner: _Inner) -> Callable[[], None]:
        """Put our forward before a layer's own; returns what takes it away again."""
        layer = inner.layer
        joins = layer is self._joint.layer
        own_attribute = vars(layer).get("forward")  # whoever else stands before it, if anybody
        theirs = layer.forward

        def forward(*inputs: Any, **named: Any) -> Any:
            if self._reusing:
                states = inputs[0] if inputs else named["hidden_states"]
                nothing = self._kept if joins else states[:, :0]
                return _shaped(nothing, inner)
            result = theirs(*inputs, **named)
            if joins:
                self._kept = result[0] if inner.shape == "tuple" else result
            return result

        def uncover() -> None:
            if own_attribute is None:
                del layer.forward
            else:
                layer.forward = own_attribute

        layer.forward = forward
        return uncover


def _shaped(states: torch.Tensor | None, inner: _Inner) -> Any:
    if inner.shape == "tuple":
        return (states,)
    if inner.shape == "skips":
        return states, (states,) * inner.skips
    return states


def _way_down(unet: Any, branch: int) -> list[_Inner]:
    """What lies inside of ``branch`` on the way down; ``conv_in`` hands across connection 0."""
    inner: list[_Inner] = []
    first = 1
    for block in unet.down_blocks:
        kept = branch - first + 1
        first += _handed_across(block)
        if kept <= 0:
            inner.append(_Inner(block, "skips", _handed_across(block)))
            continue
        inner += _layers(block, range(kept, len(block.resnets)))
        if kept <= len(block.resnets):
            inner += [_Inner(each) for each in block.downsamplers or ()]
    return inner


def _way_up(unet: Any, branch: int) -> list[_Inner]:
    """What lies inside of ``branch`` on the way up, in the order of evaluation."""
    inner: list[_Inner] = []
    outside = sum(len(block.resnets) for block in unet.up_blocks)
    for block in unet.up_blocks:
        outside -= len(block.resnets)
        # Its layers take up the connections from outside + resnets - 1 down to outside.
        kept = branch - outside + 1
        if kept <= 0:
            inner.append(_Inner(block))
        else:
            inner += _layers(block, range(len(block.resnets) - kept))
    return inner


def _layers(block: Any, numbers: range) -> list[_Inner]:
    transformers = getattr(block, "attentions", None)
    inner: list[_Inner] = []
    for number in numbers:
        inner.append(_Inner(block.resnets[number]))
        if transformers is not None:
            inner.append(_Inner(transformers[number], "tuple"))
    return inner


def _handed_across(block: Any) -> int:
    return len(block.resnets) + (1 if block.downsamplers else 0)
