"""A "plus" IP-Adapter, as SDXL's default one is: its projection has attention layers of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.architecture import architecture_of
from tests.diffusion.tiny_model import HIDDEN, HIDDEN_2, VISION, build_tiny_model
from tests.one_model import OneModel
from tests.requests import Lock, but, panel_request

if TYPE_CHECKING:
    from pathlib import Path

INNER, TOKENS, DEPTH = 64, 4, 4  # diffusers builds no other depth


@pytest.fixture(scope="module")
def plus_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with a resampler instead of the plain projection."""
    with quiet_libraries():
        root = build_tiny_model(tmp_path_factory.mktemp("plus"))
    (plain,) = (root / "sdxl_models").glob("*.safetensors")
    weights = {
        name: tensor for name, tensor in load_file(plain).items() if name.startswith("ip_adapter.")
    }
    plain.unlink()
    weights |= {f"image_proj.{name}": tensor for name, tensor in _resampler().items()}
    save_file(weights, root / "sdxl_models" / "ip-adapter-plus_vit-h.safetensors")
    return root


def _resampler() -> dict[str, torch.Tensor]:
    torch.manual_seed(3)
    width = HIDDEN + HIDDEN_2
    matrices = {"proj_in": (INNER, VISION), "proj_out": (width, INNER)}
    norms = {"norm_out": width}
    for layer in range(DEPTH):
        attention, feed = f"layers.{layer}.0", f"layers.{layer}.1"
        matrices |= {
            f"{attention}.to_q": (64, INNER),
            f"{attention}.to_kv": (128, INNER),
            f"{attention}.to_out": (INNER, 64),
            f"{feed}.1": (4 * INNER, INNER),
            f"{feed}.3": (INNER, 4 * INNER),
        }
        norms |= {f"{attention}.norm1": INNER, f"{attention}.norm2": INNER, f"{feed}.0": INNER}
    found = {"latents": torch.randn(1, TOKENS, INNER)}
    for name, shape in matrices.items():
        found[f"{name}.weight"] = torch.randn(shape) * 0.2
    for name, rows in (("proj_in", INNER), ("proj_out", width)):
        found[f"{name}.bias"] = torch.zeros(rows)
    for name, size in norms.items():
        found |= {f"{name}.weight": torch.ones(size), f"{name}.bias": torch.zeros(size)}
    return found


def test_it_is_plugged_in_and_out(plus_model: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 30, 30)).save(picture, "PNG")
    lock = Lock("Mira", (picture.getvalue(),), 1.0)
    plain = panel_request(1, "a red hat", "", 64, 48, steps=2, guidance_scale=5.0, seed=1)
    held = but(plain, identities=(lock,))
    with OneModel(str(plus_model)) as generator:
        first, second, third, fourth = (
            generator.render(each).media.png for each in (plain, held, plain, held)
        )
    assert first == third
    assert second == fourth
    assert first != second


def test_its_shape_is_read_from_the_file(plus_model: Path) -> None:
    adapter = architecture_of(str(plus_model)).adapter
    assert adapter is not None
    assert (adapter.tokens, adapter.depth, adapter.width, adapter.heads) == (4, 4, 64, 1)
