"""LoRAs beside the weights of a network: put on for one panel, taken off after it.

Nothing here changes a weight: with the LoRAs taken off the network computes what it did before, to
the bit. What stands in front of a layer is in `lora_modules.py`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from storyboard.diffusion.parts.lora_modules import stand_in, take_off
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.diffusion.weights.lora_file import LoraFile, read_lora
from storyboard.diffusion.weights.lora_names import DENOISER, layer_name
from storyboard.diffusion.weights.lora_place import find_lora, lora_hash
from storyboard.diffusion.weights.lora_split import as_it_is, split_layers
from storyboard.errors import ModelError
from storyboard.values.storage import read_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.diffusion.weights.lora_split import SplitLayer
    from storyboard.techniques.lora import Lora, Loras

__all__ = ["LoraShelf", "check_loras", "check_on_stored", "layers_of"]

Shapes = Mapping[tuple[str, str], tuple[int, ...]]
"""Of the weights of all layers that a LoRA can change, by network and layer."""

_Modules = list[tuple[tuple[str, str], Any]]
"""Modules of lycoris-lora, each with the names of its layer."""

_KEPT = 4
"""LoRA files whose numbers stay in memory; one of SDXL has 50 to 900 MB."""
_CHANGED = (torch.nn.Linear, torch.nn.Conv2d)


def layers_of(network: torch.nn.Module) -> dict[str, torch.nn.Module]:
    """The layers that a LoRA can change, by their names as LoRAs write them."""
    return {
        layer_name(name): each
        for name, each in network.named_modules()
        if isinstance(each, _CHANGED)
    }


def same_name(_network: str, layer: str) -> str:
    """For families whose layers have one name only."""
    return layer


def check_loras(
    loras: Loras,
    shapes: Shapes,
    model: str,
    family: str,
    rename: Callable[[str, str], str] = same_name,
    split: SplitLayer = as_it_is,
) -> None:
    """Refuse LoRAs that were made for something else, by their headers; nothing is loaded.

    Args:
        loras: Of a request.
        shapes: Of the model.
        model: What to call it.
        family: What to call its kind.
        rename: What the family calls a layer.
        split: Which layers it is, where it may be several.

    Raises:
        ModelError: One is missing, has changed, or does not fit; the message says for what it is.
        InputError: A block that is named with it is in no layer.
    """
    for lora in loras.loras:
        file = split_layers(read_lora(_found(lora)), split)
        problem = _misfit(file, shapes, rename)
        if problem:
            was_for = f"; it was made for {file.origin}" if file.origin not in ("", family) else ""
            raise ModelError(
                "LoRA {file} does not fit {model} ({problem}{was_for}): choose one that was made"
                " for {family} models of this size",
                file=file.path,
                model=model,
                problem=problem,
                was_for=was_for,
                family=family,
            )
        names = [name for place in file.layers for name in _full_names(place, rename)]
        for block, _ in lora.blocks:
            if not any(name.startswith(block.replace(".", "_")) for name in names):
                raise ModelError(
                    "LoRA {file} changes no layer whose name begins with {block}: it has {some}",
                    file=file.path,
                    block=block,
                    some=", ".join(sorted({each[:12] for each in names})[:6]),
                )


def check_on_stored(loras: Loras, storage: str) -> None:
    """Refuse what looks at the weights themselves where they are stored in fewer digits.

    Args:
        loras: Of a request.
        storage: Its name; empty where there is none.

    Raises:
        ModelError: One of them is a DoRA.
    """
    if not storage or not read_storage(storage).quantised:
        return
    for lora in loras.loras:
        kinds = read_lora(_found(lora)).kinds
        if lora.weight and any("DoRA" in kind for kind in kinds):
            raise ModelError(
                "LoRA {file} is a DoRA, which turns whole weights: draw it without storage"
                " {storage}, or with bf16",
                file=lora.source,
                storage=storage,
            )


class LoraShelf:
    """The LoRAs of a loaded model: their numbers are read once, and put on for one panel.

    Args:
        device: Where the model computes.
        dtype: Of its weights.
        rename: As in `check_loras`.
        split: Likewise.
    """

    def __init__(
        self,
        device: str,
        dtype: torch.dtype,
        rename: Callable[[str, str], str] = same_name,
        split: SplitLayer = as_it_is,
    ) -> None:
        self._device, self._dtype, self._rename = device, dtype, rename
        self._split = split
        self._read: OrderedDict[str, _Weights] = OrderedDict()

    def text_variant(self, loras: Loras | None) -> str:
        """What embeddings of texts depend on; empty where no LoRA changes a text encoder."""
        wanted = [each for each in loras.loras if each.weight] if loras else []
        changing = (each for each in wanted if self._weights(each).file.changes_text)
        return " ".join(each.text for each in changing)

    @contextmanager
    def on(self, loras: Loras | None, networks: Mapping[str, Any]) -> Iterator[None]:
        """Put LoRAs on as long as the context lasts.

        Args:
            loras: Of the request.
            networks: By the names of `storyboard.diffusion.weights.lora_names`.

        Raises:
            ModelError: A file is missing, has changed since it was asked for, or cannot be read.
        """
        wanted = [each for each in loras.loras if each.weight] if loras else []
        with ExitStack() as stack:
            for lora in wanted:
                for name, network in networks.items():
                    for names, module in self._in_front(lora, name, network):
                        module.multiplier = lora.weight * _factor(lora, names)
                        module.apply_to()
                        stack.callback(take_off, module)
            yield
        while len(self._read) > max(_KEPT, len(wanted)):
            self._read.popitem(last=False)

    def _in_front(self, lora: Lora, name: str, network: Any) -> _Modules:
        """What stands in front of the layers of a network."""
        weights = self._weights(lora)
        if name != DENOISER:  # text encoders come and go, and no text is encoded twice
            return self._made(weights, name, network)
        if weights.in_front is None:
            weights.in_front = self._made(weights, name, network)
            # The modules hold the numbers now; twice would be hundreds of megabytes.
            weights.parts = {at: each for at, each in weights.parts.items() if at[0] != name}
        return weights.in_front

    def _made(self, weights: _Weights, name: str, network: Any) -> _Modules:
        layers, made = layers_of(network), []
        with torch.random.fork_rng(devices=[]):  # modules draw numbers first, which are replaced
            for place, parts in weights.parts.items():
                if place[0] == name:
                    names = _full_names(place, self._rename)
                    made.append((names, stand_in(weights.file, layers[names[0]], parts)))
        return made

    def _weights(self, lora: Lora) -> _Weights:
        if lora.sha not in self._read:
            self._read[lora.sha] = _read(lora, self._device, self._dtype, self._split)
        self._read.move_to_end(lora.sha)
        return self._read[lora.sha]


@dataclass(slots=True)
class _Weights:
    """The numbers of a file.

    Attributes:
        file: What it is.
        parts: By network, layer and part.
        in_front: What stands in front of the denoiser's layers; None before it was wanted.
    """

    file: LoraFile
    parts: dict[tuple[str, str], dict[str, torch.Tensor]]
    in_front: _Modules | None = None


def _found(lora: Lora) -> Any:
    """The file, which is still what was asked for.

    Raises:
        ModelError: It is missing, or another by now.
    """
    path = find_lora(lora.source)
    if lora_hash(path) != lora.sha:
        raise ModelError(
            "LoRA {file} has changed since this panel was asked for: put the file back, or ask for"
            " the panel anew",
            file=path,
        )
    return path


def _read(lora: Lora, device: str, dtype: torch.dtype, split: SplitLayer) -> _Weights:
    path = _found(lora)
    file = split_layers(read_lora(path), split)
    try:
        numbers = load_file(path)
    except (SafetensorError, *LIBRARY_ERRORS) as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            "LoRA {file} cannot be read ({reason}): get the file again", file=path, reason=reason
        ) from error
    parts: dict[tuple[str, str], dict[str, torch.Tensor]] = {}
    for place, layer in file.layers.items():
        of_layer = {
            part: numbers[key][slice(*layer.cuts[part])] if part in layer.cuts else numbers[key]
            for part, (key, _) in layer.parts.items()
        }
        alpha = of_layer.get("alpha")
        of_layer["alpha"] = (
            alpha.float() if alpha is not None else torch.tensor(file.alphas.get(place, layer.rank))
        )
        if not all(bool(torch.isfinite(each.float()).all()) for each in of_layer.values()):
            raise ModelError(
                "LoRA {file} holds numbers that are none, in {layer}: get the file again",
                file=path,
                layer=place[1][:80],
            )
        parts[place] = {
            part: each.to(device, dtype) if part != "alpha" else each
            for part, each in of_layer.items()
        }
    return _Weights(file, parts)


def _misfit(file: LoraFile, shapes: Shapes, rename: Callable[[str, str], str]) -> str:
    """What does not fit, for the end of a message; empty where all of it does."""
    absent = [
        layer for network, layer in file.layers if (network, rename(network, layer)) not in shapes
    ]
    if absent:
        layers = len(file.layers)
        return f"{len(absent)} of its {layers} layers are not there, such as {absent[0][:80]}"
    for (network, layer), each in file.layers.items():
        shape = shapes[network, rename(network, layer)]
        if not each.makes(shape):
            return f"{layer[:80]} has other sides than {' x '.join(map(str, shape))}"
    return ""


def _full_names(place: tuple[str, str], rename: Callable[[str, str], str]) -> tuple[str, str]:
    """A layer as blocks may name it: as the model has it, and with its network before it."""
    network, layer = place
    own = rename(network, layer)
    return own, f"{network}_{own}"


def _factor(lora: Lora, names: tuple[str, str]) -> float:
    """That of the longest beginning that is named with a LoRA; 1 where none is of this layer."""
    fitting = [
        (len(block), factor)
        for block, factor in lora.blocks
        if any(name.startswith(block.replace(".", "_")) for name in names)
    ]
    return max(fitting)[1] if fitting else 1.0
