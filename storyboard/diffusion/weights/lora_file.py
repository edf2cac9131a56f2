"""What a LoRA file is, read from its header alone: no number of it is touched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError, safe_open

from storyboard.diffusion.weights.headers import read_header
from storyboard.diffusion.weights.lora_layer import LoraLayer
from storyboard.diffusion.weights.lora_names import DENOISER, layer_name, read_key
from storyboard.diffusion.weights.lora_origin import origin_of
from storyboard.errors import ModelError
from storyboard.files.regular_file import regular_path
from storyboard.values import bounds

if TYPE_CHECKING:
    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["LoraFile", "alphas_in", "read_lora"]

_WHOLE = {  # the parts without which a layer changes nothing, by kind
    "LoRA": ({"lora_down.weight", "lora_up.weight"},),
    "LoHa": ({"hada_w1_a", "hada_w1_b", "hada_w2_a", "hada_w2_b"},),
    "LoKr": tuple(
        {*one, *two}
        for one in (("lokr_w1",), ("lokr_w1_a", "lokr_w1_b"))
        for two in (("lokr_w2",), ("lokr_w2_a", "lokr_w2_b"))
    ),
}
_NOTED = {DENOISER: ("unet.", "transformer.")}
"""How the notes of diffusers call the networks."""
_WORDS = 10
_SHOWN = 200
_MOST_ALPHA = 10**6
_NAMED = 40
"""Words of a layer's name; the longest in use have 15."""
_KNOWN = (  # of what trainers write into the header, what people want to know
    "modelspec.title",
    "modelspec.author",
    "modelspec.license",
    "modelspec.date",
    "modelspec.architecture",
    "ss_base_model_version",
    "ss_sd_model_name",
    "ss_network_module",
    "ss_num_train_images",
    "ss_steps",
)


@dataclass(frozen=True, slots=True)
class LoraFile:
    """A LoRA on disk.

    Attributes:
        path: Where.
        bytes: Its size.
        layout: Whose way of naming weights it has.
        layers: What it changes, by network and layer.
        notes: What its trainer wrote into the header, shortened.
        words: The words that call it, as its trainer says; most frequent first.
        origin: What model it was made for, for people; empty where nobody can tell.
        alphas: By network and layer, where the header notes them and no weight says otherwise.
    """

    path: Path
    bytes: int
    layout: str
    layers: Mapping[tuple[str, str], LoraLayer]
    notes: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    origin: str = ""
    alphas: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """As people call them, the most frequent first."""
        return tuple(
            kind for kind, _ in Counter(e.label for e in self.layers.values()).most_common()
        )

    @property
    def ranks(self) -> tuple[int, ...]:
        """Every rank once, ascending."""
        return tuple(sorted({each.rank for each in self.layers.values()}))

    @property
    def targets(self) -> Mapping[str, int]:
        """How many layers of each network it changes."""
        return dict(Counter(network for network, _ in self.layers))

    @property
    def changes_text(self) -> bool:
        """Whether it changes a text encoder."""
        return any(network != DENOISER for network, _ in self.layers)


def read_lora(path: Path) -> LoraFile:
    """Look at a LoRA file.

    Raises:
        ModelError: It is no real file, damaged, no LoRA, or one of a kind that is not read.
    """
    # 1. The weights, each with its place.
    held = read_header(path)
    if not held:
        raise ModelError("{file} is no LoRA: it is empty", file=path)
    if len(held) > bounds.LORA_TENSORS:
        raise ModelError(
            "{file} is no LoRA that can be used: it has {count} weights, at most {most} are read:"
            " choose another",
            file=path,
            count=len(held),
            most=bounds.LORA_TENSORS,
        )
    found: dict[tuple[str, str], dict[str, tuple[str, tuple[int, ...]]]] = {}
    layouts: Counter[str] = Counter()
    for key, tensor in held.items():
        _check_size(path, key, tensor)
        try:
            named = read_key(key)
        except ModelError as error:
            raise ModelError(
                "{file} is no LoRA that can be used: {error}", file=path, error=error
            ) from None
        found.setdefault((named.network, named.layer), {})[named.part] = (key, tensor.shape)
        layouts[named.layout] += 1
    layers = {place: LoraLayer(parts) for place, parts in found.items()}
    layers = {place: each for place, each in layers.items() if each.kind}  # others are an alpha
    _check_whole(path, layers)
    # 2. What is told about them.
    notes = _notes(path)
    return LoraFile(
        path=path,
        bytes=path.stat().st_size,
        layout=layouts.most_common(1)[0][0],
        layers=layers,
        notes={key: notes[key][:_SHOWN] for key in _KNOWN if notes.get(key)},
        words=_words(notes),
        origin=origin_of(notes, layers),
        alphas=_alphas(notes, layers),
    )


def alphas_in(file: LoraFile) -> tuple[float, ...]:
    """Every alpha of a file once, ascending: those that are weights are read, a number each.

    Raises:
        ModelError: The file cannot be read any more.
    """
    found = set(file.alphas.values())
    keys = [each.parts["alpha"][0] for each in file.layers.values() if "alpha" in each.parts]
    try:
        with safe_open(regular_path(file.path), framework="np") as tensors:
            for key in keys:
                with suppress(TypeError, AttributeError):  # numpy has no bfloat16
                    found.add(float(tensors.get_tensor(key)))
    except (SafetensorError, OSError) as error:
        raise ModelError(
            "{file} cannot be read ({error}): get the file again", file=file.path, error=error
        ) from error
    return tuple(sorted(found))


def _check_size(path: Path, key: str, tensor: TensorShape) -> None:
    """Refuse what would take more memory than any LoRA, or is no number."""
    # Trainers that count alpha in whole numbers write it so.
    numbers = tensor.is_real or (key.endswith(".alpha") and not tensor.shape)
    if not numbers or max(tensor.shape, default=1) > bounds.LORA_WIDTH:
        raise ModelError(
            "{file} is no LoRA that can be used: {key} is {sides} {dtype}: choose another",
            file=path,
            key=key[:80],
            sides=" x ".join(str(side) for side in tensor.shape),
            dtype=tensor.dtype,
        )
    if 0 in tensor.shape:
        raise ModelError(
            "{file} is damaged: {key} is empty: get the file again", file=path, key=key[:80]
        )


def _check_whole(path: Path, layers: Mapping[tuple[str, str], LoraLayer]) -> None:
    if not layers:
        raise ModelError("{file} is no LoRA: it changes no layer", file=path)
    for (_, name), layer in layers.items():
        factors = (each for each in layer.parts if each not in ("alpha", "dora_scale"))
        flat = any(len(layer.shape(each)) < 2 for each in factors)
        if flat or not any(wanted <= set(layer.parts) for wanted in _WHOLE[layer.kind]):
            raise ModelError(
                "{file} is damaged: {layer} cannot be made of {parts}: get the file again",
                file=path,
                layer=name[:80],
                parts=", ".join(sorted(layer.parts))[:120],
            )
        if layer.rank > bounds.LORA_RANK:
            raise ModelError(
                "{file} is no LoRA that can be used: {layer} has rank {rank}, at most {most} is"
                " read: choose another",
                file=path,
                layer=name[:80],
                rank=layer.rank,
                most=bounds.LORA_RANK,
            )


def _notes(path: Path) -> dict[str, str]:
    """What stands in the header beside the weights; `read_header` has bounded its length."""
    with safe_open(regular_path(path), framework="np") as tensors:
        told: Any = tensors.metadata()
    return {str(key): str(value) for key, value in (told or {}).items()}


def _words(notes: Mapping[str, str]) -> tuple[str, ...]:
    """The words that call it: said outright, else the tags that its pictures had most often."""
    said = notes.get("modelspec.trigger_phrase") or notes.get("ss_trigger_words")
    if said:
        words = said[: _SHOWN * _WORDS].split(",")
        return tuple(each.strip()[:_SHOWN] for each in words if each.strip())[:_WORDS]
    counted: dict[str, int] = {}
    folders = _json(notes.get("ss_tag_frequency", ""))
    for tags in folders.values() if isinstance(folders, dict) else ():
        for tag, count in tags.items() if isinstance(tags, dict) else ():
            if isinstance(count, int) and count > 0:
                counted[tag] = counted.get(tag, 0) + count
    most = nlargest(_WORDS, counted, key=counted.__getitem__)
    return tuple(tag.strip()[:_SHOWN] for tag in most if tag.strip())


def _alphas(
    notes: Mapping[str, str], layers: Mapping[tuple[str, str], LoraLayer]
) -> dict[tuple[str, str], float]:
    """The alphas that diffusers notes in the header instead of keeping them as weights."""
    told = _json(notes.get("lora_adapter_metadata", ""))
    if not isinstance(told, dict):
        return {}
    found: dict[tuple[str, str], float] = {}
    patterns = {
        prefix: _patterns(told.get(f"{prefix}alpha_pattern"))
        for network in {network for network, _ in layers}
        for prefix in _prefixes(network)
    }
    for (network, layer), each in layers.items():
        for prefix in _prefixes(network):
            alpha = _number(told.get(f"{prefix}lora_alpha"))
            if alpha is None:
                continue
            words = layer.split("_")[-_NAMED:]
            endings = ("_".join(words[place:]) for place in range(len(words)))
            alpha = next(filter(None, map(patterns[prefix].get, endings)), alpha)
            # What is divided by the rank later is divided by its root here.
            root = each.rank**0.5 if told.get(f"{prefix}use_rslora") is True else 1.0
            found[network, layer] = alpha * root
            break
    return found


def _prefixes(network: str) -> tuple[str, ...]:
    """How the notes of diffusers call a network; the last is for notes of one network alone."""
    return (*_NOTED.get(network, (f"{network}.",)), "")


def _patterns(told: object) -> dict[str, float]:
    """Alphas of their own, by the ends of the layers' names."""
    found: dict[str, float] = {}
    for name, value in told.items() if isinstance(told, dict) else ():
        alpha = _number(value)
        if alpha:
            found[layer_name(str(name))] = alpha
    return found


def _number(value: object) -> float | None:
    # A whole number of hundreds of digits, which JSON may hold, is no float.
    if not isinstance(value, int | float) or not abs(value) <= _MOST_ALPHA:
        return None
    return float(value)


def _json(text: str) -> object:
    try:
        return json.loads(text) if 0 < len(text) <= bounds.LORA_NOTE else None
    except (ValueError, RecursionError):
        return None
