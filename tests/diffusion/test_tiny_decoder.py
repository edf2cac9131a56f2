from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import diffusers
import pytest
import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.errors import InputError, ModelError
from tests.diffusion.plain import difference, pixels
from tests.one_model import OneModel
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest


def autoencoder(channels: int, blocks: int = 5) -> Any:
    library: Any = diffusers
    torch.manual_seed(3)
    widths = (8,) * blocks
    made = library.AutoencoderTiny(
        encoder_block_out_channels=widths,
        decoder_block_out_channels=widths,
        num_encoder_blocks=(1,) * blocks,
        num_decoder_blocks=(1,) * blocks,
        latent_channels=channels,
    )
    with torch.no_grad():  # a picture, as far as the guard can tell: neither black nor flat
        made.decoder.layers[-1].weight.mul_(30)
        made.decoder.layers[-1].bias.fill_(0.5)
    return made


@pytest.fixture
def model(tiny: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny, tmp_path / "model")


@pytest.fixture
def ours(model: Path) -> Iterator[OneModel]:
    with OneModel(str(model)) as loaded:
        yield loaded


def test_the_draft_is_what_the_tiny_decoder_makes_of_the_same_latents(
    model: Path, ours: OneModel, request_: PanelRequest
) -> None:
    tiny = autoencoder(16)
    tiny.save_pretrained(model / "vae_tiny")
    ours.unload()  # what a model has is looked at when it is loaded
    full = ours.render(request_)
    wanted = but(request_, acceleration="off,decoder=tiny")
    draft = ours.render(wanted)
    assert difference(pixels(draft.media.png), pixels(full.media.png)) > 0
    assert (draft.width, draft.height) == (full.width, full.height)
    assert ours.render(wanted).media.png == draft.media.png
    assert ours.render(request_).media.png == full.media.png  # and back
    # The same latents, decoded by hand; the model's own decoder is not asked.
    loaded = ours.model
    latents: list[torch.Tensor] = []
    hook = vars(vars(loaded)["_decoders"])["_tiny"].autoencoder.decoder.register_forward_pre_hook(
        lambda _, given: latents.append(given[0])
    )
    own: list[object] = []
    other = loaded.pipe.vae.decoder.register_forward_pre_hook(lambda *_: own.append(1))
    ours.render(wanted)
    hook.remove()
    other.remove()
    assert not own
    with torch.no_grad():
        hand = tiny.decode(latents[0]).sample[0].permute(1, 2, 0)
    assert (
        difference(pixels(draft.media.png), ((hand + 1) * 127.5).clamp(0, 255).round().numpy()) <= 1
    )


@pytest.mark.parametrize(("channels", "blocks"), [(4, 5), (16, 4)])
def test_a_decoder_of_another_model_is_refused_before_a_step(
    model: Path, ours: OneModel, request_: PanelRequest, channels: int, blocks: int
) -> None:
    autoencoder(channels, blocks).save_pretrained(model / "vae_tiny")
    ours.unload()
    steps: list[object] = []
    with pytest.raises(ModelError, match=r"is for latents of .*: leave decoder=tiny out") as caught:
        ours.render(but(request_, acceleration="off,decoder=tiny"), steps.append)
    assert "\n" not in str(caught.value)
    assert not steps


def test_a_model_without_one_is_refused_before_anything_is_made(
    tiny: Path, model: Path, request_: PanelRequest
) -> None:
    wanted = but(request_, acceleration="max,decoder=tiny")
    lacking = OneModel(str(tiny))
    with pytest.raises(InputError, match="has no tiny decoder: leave decoder=tiny out") as caught:
        lacking.check(wanted)
    assert "\n" not in str(caught.value)
    lacking.check(request_)
    autoencoder(16).save_pretrained(model / "vae_tiny")
    OneModel(str(model)).check(wanted)


def test_a_missing_or_damaged_decoder_is_one_line(
    model: Path, ours: OneModel, request_: PanelRequest
) -> None:
    wanted = but(request_, acceleration="max,decoder=tiny")
    with pytest.raises(InputError, match="has no tiny decoder: leave decoder=tiny out"):
        ours.render(wanted)
    with quiet_libraries():
        autoencoder(16).save_pretrained(model / "vae_tiny")
    ours.unload()
    (model / "vae_tiny" / "diffusion_pytorch_model.safetensors").write_bytes(b"torn")
    with pytest.raises(ModelError, match="is no safetensors file") as caught:
        ours.render(wanted)
    assert "\n" not in str(caught.value)
    (model / "vae_tiny" / "config.json").unlink()
    with pytest.raises(ModelError, match=r"lacks vae_tiny/config\.json"):
        ours.render(wanted)
    assert ours.render(request_).media.png
