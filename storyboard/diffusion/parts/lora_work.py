"""What LoRAs add to an evaluation of a transformer, counted from their headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.weights.lora_file import read_lora
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_place import find_lora
from storyboard.diffusion.weights.lora_split import split_layers

if TYPE_CHECKING:
    from storyboard.diffusion.parts.meta_counter import MetaCounter
    from storyboard.diffusion.weights.lora_split import SplitLayer
    from storyboard.values.request import PanelRequest

__all__ = ["lora_work"]


def lora_work(
    request: PanelRequest, counter: MetaCounter, sizes: tuple[Any, ...], split: SplitLayer
) -> float:
    """Operations that the LoRAs of a request add to one evaluation; those of texts are not counted.

    Args:
        request: The panel.
        counter: Of its model.
        sizes: As `MetaCounter.layer_work` takes them.
        split: As in `storyboard.diffusion.parts.lora.check_loras`.
    """
    worn = [each for each in (request.loras.loras if request.loras else ()) if each.weight]
    if not worn:
        return 0.0
    work = counter.layer_work(*sizes)
    return sum(
        work.get(name, 0) * layer.share
        for each in worn
        for (network, name), layer in split_layers(
            read_lora(find_lora(each.source)), split
        ).layers.items()
        if network == DENOISER
    )
