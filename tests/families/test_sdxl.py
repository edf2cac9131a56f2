"""SDXL keeps the contract: the starter model, and a tiny one with random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import save_file

from storyboard.diffusion.families.sdxl.architecture import architecture_of
from storyboard.diffusion.families.sdxl.lora_layers import layer_shapes
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_place import lora_hash
from storyboard.techniques.lora import Lora
from storyboard.values.model import ModelChoice
from tests.families.contract import FamilyContract

if TYPE_CHECKING:
    from pathlib import Path


def _lora(model: str, folder: Path) -> Lora:
    """A LoRA of all linear layers of a model's denoiser."""
    random = torch.Generator().manual_seed(4)
    tensors: dict[str, torch.Tensor] = {}
    for (network, layer), shape in layer_shapes(architecture_of(model)).items():
        if network == DENOISER and len(shape) == 2:
            down, up = (2, shape[1]), (shape[0], 2)
            for half, sides in (("down", down), ("up", up)):
                numbers = torch.randn(sides, generator=random) * 0.1
                tensors[f"lora_unet_{layer}.lora_{half}.weight"] = numbers
    file = folder / "a.safetensors"
    save_file(tensors, file)
    return Lora(str(file), lora_hash(file), 0.8)


class TestStarter(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls, tmp_path_factory: pytest.TempPathFactory) -> Lora:
        return _lora("starter", tmp_path_factory.mktemp("lora"))

    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls) -> ModelChoice:
        return ModelChoice("starter", adapter="bundled")


class TestRandomTiny(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls, tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Lora:
        return _lora(str(tiny_model), tmp_path_factory.mktemp("lora"))

    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, tiny_model: Path) -> ModelChoice:
        return ModelChoice(str(tiny_model), adapter="bundled")
