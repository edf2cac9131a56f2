"""The few-step adapter of Wan 2.2: two LoRAs, one for each half of A14B's transformer.

They stand beside the weights and are not merged into them: quantised weights cannot take them up,
and of layers as wide as these two matrices of rank 64 are 2.5 % more work.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.configs import HALVES
from storyboard.diffusion.families.wan.halves import both_halves
from storyboard.diffusion.weights.hub import check_files, fetch
from storyboard.diffusion.weights.lora_file import read_lora
from storyboard.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.diffusion.families.wan.configs import WanNetworks
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.techniques.few_step import FewStep
    from storyboard.values.request import Sampling

__all__ = ["FEW_STEPS", "WanAdapter", "check_numbers", "find_adapter", "own_name", "read_few_step"]


@dataclass(frozen=True, slots=True)
class WanAdapter:
    """An adapter of the catalogue.

    Attributes:
        repository: Hub id.
        files: Of each half, in the order of `HALVES`.
        steps: Denoising steps; with the shift, half of them fall to each half.
        shift: Of the noise levels.
    """

    repository: str
    files: tuple[str, str]
    steps: int
    shift: float


_SEKO = "Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1"

FEW_STEPS: Mapping[str, WanAdapter] = MappingProxyType(
    {
        # Steps, guidance and shift are those of its model card.
        "wan-lightning-4": WanAdapter(
            "lightx2v/Wan2.2-Lightning",
            (f"{_SEKO}/high_noise_model.safetensors", f"{_SEKO}/low_noise_model.safetensors"),
            steps=4,
            shift=5.0,
        )
    }
)
"""By the name that the user gives."""


def read_few_step(text: str) -> tuple[str, str]:
    """Read what the user asks for.

    Args:
        text: A name of `FEW_STEPS`, or "name=file" with one of the two files.

    Returns:
        The catalogue's name, and the file, empty where both come from the hub.

    Raises:
        InputError: The catalogue does not know it.
    """
    name, _, file = text.partition("=")
    if name not in FEW_STEPS:
        raise InputError(
            "few-step adapter {text} is not known for clips: choose {known}, or write NAME=FILE",
            text=repr(text[:80]),
            known=", ".join(FEW_STEPS),
        )
    return name, file


def check_numbers(wish: FewStep, sampling: Sampling, acceleration: Acceleration) -> None:
    """Refuse numbers that an adapter was not distilled for.

    Raises:
        InputError: The combination is unknown; the message says why.
    """
    name, _ = read_few_step(wish.text)
    steps = FEW_STEPS[name].steps
    if sampling.steps != steps:
        raise InputError(
            "few-step adapter {name} was made for {steps} steps, and {asked} are asked: use"
            " {steps} steps, or no few-step adapter",
            name=name,
            steps=steps,
            asked=sampling.steps,
        )
    if sampling.guidance > 1:
        raise InputError(
            "few-step adapter {name} was made to draw without guidance, and a scale of {asked} is"
            " asked: use guidance 1, or no few-step adapter",
            name=name,
            asked=f"{sampling.guidance:g}",
        )
    if acceleration.saves_evaluations:
        raise InputError(
            "few-step adapter {name} leaves no step to save at: use acceleration off", name=name
        )


def find_adapter(
    wish: FewStep, networks: WanNetworks, progress: LoadProgress | None = None
) -> Mapping[str, Path]:
    """The LoRA of each half, downloaded where it is not on this machine.

    Raises:
        InputError: As `read_few_step`.
        ModelError: A file is missing or damaged, or was made for another model.
    """
    # 1. The files.
    name, given = read_few_step(wish.text)
    adapter = FEW_STEPS[name]
    if len(networks.halves) != len(HALVES):
        raise ModelError(
            "few-step adapter {name} is for a transformer in two halves, and this model has one:"
            " leave it out, or choose Wan 2.2 A14B",
            name=name,
        )
    if given:
        file = Path(given).expanduser()
        if not file.is_file():
            raise ModelError("few-step adapter {file} does not exist: check the path", file=file)
        files = both_halves(file)
    else:
        wanted = list(adapter.files)
        root = fetch(
            adapter.repository, [wanted], lambda folder: check_files(folder, wanted), progress
        )
        files = {half: root / each for half, each in zip(HALVES, adapter.files, strict=True)}
    # 2. Whether they are for this model.
    layers = networks.transformer.layers()
    for file in files.values():
        for (_, layer), change in read_lora(file).layers.items():
            sides = layers.get(own_name(layer))
            if sides is None or not change.makes(sides):
                raise ModelError(
                    "few-step adapter {file} does not fit this model ({layer}): choose the one"
                    " that was made for it",
                    file=file,
                    layer=layer[:80],
                )
    return files


_NAMES = (
    ("self_attn_", "attn1_to_"),
    ("cross_attn_", "attn2_to_"),
    ("_to_o", "_to_out_0"),
    ("ffn_0", "ffn_net_0_proj"),
    ("ffn_2", "ffn_net_2"),
    ("time_embedding_0", "condition_embedder_time_embedder_linear_1"),
    ("time_embedding_2", "condition_embedder_time_embedder_linear_2"),
    ("text_embedding_0", "condition_embedder_text_embedder_linear_1"),
    ("text_embedding_2", "condition_embedder_text_embedder_linear_2"),
    ("time_projection_1", "condition_embedder_time_proj"),
    ("head_head", "proj_out"),
)
"""Endings of layers' names as the first authors and as diffusers write them."""


def own_name(layer: str) -> str:
    """A layer's name in diffusers, with underscores, whoever wrote it."""
    for first, own in _NAMES:
        if first.startswith("_"):
            layer = layer[: -len(first)] + own if layer.endswith(first) else layer
        else:
            layer = layer.replace(first, own)
    return layer
