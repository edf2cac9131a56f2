"""A few-step adapter's LoRA beside the weights of a transformer, and what it computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.wan.few_steps import own_name
from storyboard.diffusion.weights.lora_file import read_lora

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.wan.configs import WanTransformerConfig

__all__ = ["AdapterShare", "put_on", "share_of", "shares"]

_TEXT = ("attn2_to_k", "attn2_to_v", "text_embedder")
_ONCE = ("time_embedder", "time_proj")


@dataclass(frozen=True, slots=True)
class AdapterShare:
    """What a LoRA adds to one evaluation, in operations for each token.

    Attributes:
        tokens: In layers that look at the clip.
        text: In layers that look at the text.
        once: In layers that look at the noise level.
    """

    tokens: float
    text: float
    once: float

    def operations(self, tokens: int, window: int) -> int:
        """FLOP for a clip of so many tokens and a text of so many."""
        return round(self.tokens * tokens + self.text * window + self.once)


def share_of(file: Path, config: WanTransformerConfig) -> AdapterShare:
    """What a LoRA's file adds to a transformer of that configuration.

    Raises:
        ModelError: The file is damaged.
    """
    layers = config.layers()
    found = {"tokens": 0.0, "text": 0.0, "once": 0.0}
    for (_, layer), change in read_lora(file).layers.items():
        name = own_name(layer)
        out, into = layers[name]
        kind = "text" if any(each in name for each in _TEXT) else "tokens"
        kind = "once" if any(each in name for each in _ONCE) else kind
        found[kind] += 2 * out * into * change.share
    return AdapterShare(**found)


def put_on(transformer: Any, file: Path, policy: DevicePolicy) -> None:
    """Let a LoRA stand in front of a transformer's layers, as long as both live.

    Args:
        transformer: A ``WanTransformer3DModel``.
        file: It has been looked at (`few_steps.find_adapter`).
        policy: The device.

    Raises:
        ModelError: It cannot be read.
    """
    import torch
    from safetensors.torch import load_file

    from storyboard.diffusion.parts.lora import layers_of
    from storyboard.diffusion.parts.lora_modules import stand_in

    told, numbers, layers = read_lora(file), load_file(file), layers_of(transformer)
    for place, change in told.layers.items():
        parts: dict[str, torch.Tensor] = {}
        for part, (key, _) in change.parts.items():
            parts[part] = numbers[key].to(policy.device, policy.torch_dtype)
        alpha = numbers[change.parts["alpha"][0]] if "alpha" in change.parts else None
        noted = float(told.alphas.get(place, change.rank))
        parts["alpha"] = torch.tensor(noted) if alpha is None else alpha.float()
        with torch.random.fork_rng(devices=[]):  # it draws numbers first, which are replaced
            module = stand_in(told, layers[own_name(place[1])], parts)
        module.apply_to()


def shares(files: Mapping[str, Path], config: WanTransformerConfig) -> AdapterShare | None:
    """That of the first half: both are of one shape."""
    file = next(iter(files.values()), None)
    return None if file is None else share_of(file, config)
