from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.libraries import quiet_libraries
from storyboard.errors import ModelError
from tests.diffusion.plain import difference, pixels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.models import PanelRequest


def autoencoder(channels: int, blocks: int = 5) -> Any:
    library: Any = diffusers
    torch.manual_seed(3)
    widths = (8,) * blocks
    return library.AutoencoderTiny(
        encoder_block_out_channels=widths,
        decoder_block_out_channels=widths,
        num_encoder_blocks=(1,) * blocks,
        num_decoder_blocks=(1,) * blocks,
        latent_channels=channels,
    )


@pytest.fixture
def model(tiny: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny, tmp_path / "model")


@pytest.fixture
def ours(model: Path) -> Iterator[LocalImageGenerator]:
    with LocalImageGenerator(str(model)) as loaded:
        yield loaded


def test_the_draft_is_what_the_tiny_decoder_makes_of_the_same_latents(
    model: Path, ours: LocalImageGenerator, request_: PanelRequest
) -> None:
    tiny = autoencoder(16)
    tiny.save_pretrained(model / "vae_tiny")
    full = ours.render(request_)
    wanted = replace(request_, acceleration="off,decoder=tiny")
    draft = ours.render(wanted)
    assert difference(pixels(draft.png), pixels(full.png)) > 0
    assert (draft.width, draft.height) == (full.width, full.height)
    assert ours.render(wanted).png == draft.png
    assert ours.render(request_).png == full.png  # and back
    # The same latents, decoded by hand.
    loaded = vars(ours)["_model"]
    seen: list[torch.Tensor] = []
    hook = loaded.pipe.vae.decoder.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    hand: list[torch.Tensor] = []
    other = vars(loaded)["_tiny"]
    original = other.tensor(torch.zeros(1, 16, 6, 8))
    hook.remove()
    assert original.shape == (1, 3, 96, 128)
    with torch.no_grad():
        hand.append(tiny.decode(torch.zeros(1, 16, 6, 8)).sample)
    assert np.allclose(hand[0].numpy(), original.numpy(), atol=1e-6)
    assert not seen  # the model's own decoder did nothing


@pytest.mark.parametrize(("channels", "blocks"), [(4, 5), (16, 4)])
def test_a_decoder_of_another_model_is_refused_before_a_step(
    model: Path, ours: LocalImageGenerator, request_: PanelRequest, channels: int, blocks: int
) -> None:
    autoencoder(channels, blocks).save_pretrained(model / "vae_tiny")
    steps: list[object] = []
    with pytest.raises(ModelError, match=r"is for latents of .*: use decoder=full") as caught:
        ours.render(replace(request_, acceleration="off,decoder=tiny"), steps.append)
    assert "\n" not in str(caught.value)
    assert not steps


def test_a_missing_or_damaged_decoder_is_one_line(
    model: Path, ours: LocalImageGenerator, request_: PanelRequest
) -> None:
    wanted = replace(request_, acceleration="max,decoder=tiny")
    with pytest.raises(ModelError, match="latents of 16 channels and brings no vae_tiny"):
        ours.render(wanted)
    with quiet_libraries():
        autoencoder(16).save_pretrained(model / "vae_tiny")
    (model / "vae_tiny" / "diffusion_pytorch_model.safetensors").write_bytes(b"torn")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        ours.render(wanted)
    assert "\n" not in str(caught.value)
    (model / "vae_tiny" / "config.json").unlink()
    with pytest.raises(ModelError, match=r"lacks config\.json"):
        ours.render(wanted)
    assert ours.render(request_).png
