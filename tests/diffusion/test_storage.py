"""Weights kept in fewer digits: how far from whole ones, with LoRAs, and told in the recipe."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.parts.lora import LoraShelf, check_on_stored, layers_of
from storyboard.diffusion.parts.storage import store, suited_to
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_place import lora_hash
from storyboard.errors import InputError, ModelError
from storyboard.project.recipe import Recipe, request_from
from storyboard.techniques.lora import Lora, Loras
from storyboard.values.model import ModelChoice
from storyboard.values.storage import STORAGES, read_storage

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.reference import Reference
    from storyboard.values.request import PanelRequest

CPU = DevicePolicy("cpu", "float32")
QUANTISED = [
    # By what share of its own spread the output may differ.
    ("gguf-q8_0", 0.02),
    ("gguf-q5_1", 0.1),
    ("gguf-q5_0", 0.1),
    ("gguf-q4_1", 0.2),
    ("gguf-q4_0", 0.2),
    ("fp8-e4m3", 0.12),
]
BLOCK = "single_transformer_blocks.0.attn.to_q"


def network() -> Any:
    """A transformer of FLUX.1's structure with the same random weights every time."""
    torch.manual_seed(3)
    kind: Any = diffusers.FluxTransformer2DModel
    made = kind(
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=32,
        num_attention_heads=2,
        joint_attention_dim=32,
        pooled_projection_dim=16,
        axes_dims_rope=(8, 12, 12),
    )
    return made.eval()


def drawn(transformer: Any) -> torch.Tensor:
    random = torch.Generator().manual_seed(2)
    with torch.no_grad():
        out: torch.Tensor = transformer(
            hidden_states=torch.randn(1, 16, 16, generator=random),
            encoder_hidden_states=torch.randn(1, 5, 32, generator=random),
            pooled_projections=torch.randn(1, 16, generator=random),
            timestep=torch.tensor([0.5]),
            img_ids=torch.zeros(16, 3),
            txt_ids=torch.zeros(5, 3),
        ).sample
    return out


def kept(name: str) -> Any:
    made = network()
    store(made, name, torch.float32, lambda _what, _share: None)
    return made


def _no_reference(sha: str) -> Reference:
    raise AssertionError(sha)


@pytest.fixture(scope="module")
def lora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = torch.Generator().manual_seed(1)
    tensors = {}
    layers: dict[str, Any] = layers_of(network())
    for name, layer in layers.items():
        rows, columns = layer.weight.shape
        for half, sides in (("down", (2, columns)), ("up", (rows, 2))):
            numbers = torch.randn(sides, generator=random) * 0.2
            tensors[f"lora_unet_{name}.lora_{half}.weight"] = numbers
    file = tmp_path_factory.mktemp("lora") / "a.safetensors"
    save_file(tensors, file)
    return file


@pytest.mark.parametrize(("name", "most"), QUANTISED)
def test_a_lora_stands_on_stored_weights_as_on_whole_ones(
    name: str, most: float, lora: Path
) -> None:
    whole, stored = network(), kept(name)
    size = [sum(each.nbytes for each in made.parameters()) for made in (whole, stored)]
    assert size[1] < 0.62 * size[0]  # what is small in a real network is not small here
    plain = drawn(whole)
    assert 0 < (drawn(stored) - plain).std() < most * plain.std()
    found = []
    for made in (whole, stored):
        before = drawn(made)
        shelf = LoraShelf("cpu", torch.float32)
        with shelf.on(Loras((Lora(str(lora), lora_hash(lora), 0.7),)), {DENOISER: made}):
            found.append(drawn(made))
        assert torch.equal(drawn(made), before)  # it leaves nothing behind
    assert (found[0] - plain).std() > most * plain.std()
    assert (found[1] - found[0]).std() < most * found[0].std()


def test_what_is_easily_hurt_stays_whole() -> None:
    whole = dict(network().named_parameters())
    for name, weight in kept("gguf-q4_0").named_parameters():
        small = weight.dim() == 1 or name.split(".")[0].endswith(("embedder", "embed", "proj_out"))
        assert (weight.dtype == torch.float32) == small, name
        if small:
            assert torch.equal(weight, whole[name])


def test_a_dora_is_refused_on_stored_weights(tmp_path: Path) -> None:
    file = tmp_path / "dora.safetensors"
    parts = {"lora_down.weight": (2, 64), "lora_up.weight": (64, 2), "dora_scale": (64, 1)}
    name = f"lora_unet_{BLOCK.replace('.', '_')}"
    save_file({f"{name}.{part}": torch.ones(sides) for part, sides in parts.items()}, file)
    worn = Loras((Lora(str(file), lora_hash(file), 1.0),))
    check_on_stored(worn, "bf16")
    check_on_stored(Loras((Lora(str(file), lora_hash(file), 0.0),)), "nf4")
    with pytest.raises(ModelError, match="is a DoRA, which turns whole weights: draw it without"):
        check_on_stored(worn, "gguf-q8_0")


@pytest.mark.parametrize(
    ("name", "device", "told"),
    [
        ("fp8-e4m3", "mps", "Apple's GPU has no kernels for it"),
        ("nf4", "mps", "do not run on Apple's GPU: choose gguf-q4_0"),
        ("nf4", "cpu", "pip install bitsandbytes"),
        ("fp16", "cpu", "choose bf16"),
        ("int8", "cpu", "gguf-q8_0 keeps eight-bit integers too"),
        ("gguf-q4_k", "cpu", "q8_0, q5_1, q5_0, q4_1 and q4_0"),
        ("half", "cpu", "choose one of fp16, bf16"),
    ],
)
def test_what_a_device_cannot_do_is_refused_with_the_reason(
    name: str, device: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.diffusion.parts.storage.find_spec", lambda _: None)
    with pytest.raises(InputError, match=told) as caught:
        suited_to(replace(CPU, device=device), name)
    assert "\n" not in str(caught.value)


def test_a_type_of_numbers_is_the_devices_from_then_on() -> None:
    gpu = DevicePolicy("mps", "float16", fp16_autocast=True)
    assert suited_to(gpu, "") is suited_to(gpu, "fp16") is suited_to(gpu, "gguf-q8_0") is gpu
    assert suited_to(gpu, "BF16") == DevicePolicy("mps", "bfloat16")
    assert all(read_storage(name.upper()) is each for name, each in STORAGES.items())


def test_a_picture_knows_its_storage(request_: PanelRequest) -> None:
    def pixels(png: bytes) -> np.ndarray:
        with Image.open(io.BytesIO(png)) as picture:
            return np.asarray(picture, dtype=np.float32)

    asked = {
        name: replace(request_, choice=ModelChoice("starter", "bundled", name))
        for name in ("", "gguf-q8_0")
    }
    with LocalImageGenerator(attention_slicing=False, channels_last=False) as generator:
        results = {name: generator.render(each) for name, each in asked.items()}
        stored = results["gguf-q8_0"]
        recipe = Recipe.from_request(asked["gguf-q8_0"], stored)
        again = request_from(
            recipe, ModelChoice("starter", "bundled", recipe.storage), _no_reference
        )
        assert recipe.storage == "gguf-q8_0"
        assert generator.render(again).media.png == stored.media.png
    whole = Recipe.from_request(asked[""], results[""])
    assert (whole.storage, whole.model) == ("", recipe.model)
    assert whole.model_hash != recipe.model_hash
    assert whole.fingerprint != recipe.fingerprint
    difference = abs(pixels(stored.media.png) - pixels(results[""].media.png)).mean()
    assert 0 < difference < 4
