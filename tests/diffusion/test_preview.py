from __future__ import annotations

from typing import Any

import diffusers
import numpy as np
import torch
from diffusers.image_processor import VaeImageProcessor
from PIL import Image

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.parts.decoder import LatentDecoder
from storyboard.diffusion.parts.preview import Previewer, clean_latents
from tests.diffusion.plain import difference, pixels

library: Any = diffusers
processor: Any = VaeImageProcessor(vae_scale_factor=2)


class LinearColours:
    """A decoder of factor 8 whose colours are a known linear function of the latents."""

    device = torch.device("cpu")
    channels = 4
    truth = torch.tensor([[0.2, 0, 0], [0, 0.2, 0], [0, 0, 0.2], [0.1, 0.1, 0.1], [0, 0.2, -0.2]])

    def tensor(self, latents: torch.Tensor) -> torch.Tensor:
        """Colours, each latent a patch of 8x8."""
        colours = torch.einsum("bchw,cr->brhw", latents, self.truth[:-1])
        colours = colours + self.truth[-1].view(1, 3, 1, 1)
        return colours.repeat_interleave(8, 2).repeat_interleave(8, 3)


def shaded(decoder: LinearColours, latents: torch.Tensor) -> Image.Image:
    """What the decoder draws, every patch darker on its left half."""
    colours = decoder.tensor(latents)[0].clone()
    colours.view(3, colours.shape[1], -1, 8)[..., :4] -= 0.2
    data = ((colours.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return Image.fromarray(data.permute(1, 2, 0).numpy())


def test_before_the_first_panel_colours_are_right() -> None:
    decoder: Any = LinearColours()
    latents = torch.randn(1, 4, 9, 16, generator=torch.Generator().manual_seed(1))
    seen = pixels(Previewer(decoder, 8).png(latents))
    colours = decoder.tensor(latents)[0, :, ::4, ::4].permute(1, 2, 0)
    expected = ((colours.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).numpy()
    assert difference(seen, expected) <= 1


def test_finished_panels_teach_what_patches_look_like() -> None:
    decoder: Any = LinearColours()
    previewer = Previewer(decoder, 8)
    generator = torch.Generator().manual_seed(1)
    first, second = (torch.randn(1, 4, 9, 16, generator=generator) for _ in range(2))
    expected = shaded(decoder, second).resize((32, 18), Image.Resampling.BOX)

    def error() -> float:
        seen = pixels(previewer.png(second)).astype(float)
        return float(np.abs(seen - np.asarray(expected)).mean())

    before = error()
    previewer.learn(first, shaded(decoder, first))
    assert error() < before / 5


def test_euler_steps_are_followed_to_the_predicted_picture() -> None:
    scheduler = library.EulerDiscreteScheduler()
    with quiet_libraries():
        scheduler.set_timesteps(5)
    latents = torch.randn(1, 4, 4, 4) * scheduler.init_noise_sigma
    for step, timestep in enumerate(scheduler.timesteps):
        with quiet_libraries():
            scheduler.scale_model_input(latents, timestep)
            done = scheduler.step(torch.randn(1, 4, 4, 4), timestep, latents)
        found = clean_latents(latents, done.prev_sample, scheduler, step)
        torch.testing.assert_close(found, done.pred_original_sample, atol=1e-3, rtol=1e-3)
        latents = done.prev_sample


def test_a_scheduler_without_noise_levels_shows_what_it_has() -> None:
    before, after = torch.zeros(1, 4, 2, 2), torch.ones(1, 4, 2, 2)
    assert clean_latents(before, after, object(), 0) is after


def test_a_decoder_that_overflows_in_fp16_stays_in_fp32() -> None:
    vae = library.AutoencoderKL(norm_num_groups=4, block_out_channels=(8,), force_upcast=True)
    LatentDecoder(vae.half(), processor)
    assert vae.dtype == torch.float32
    safe = library.AutoencoderKL(norm_num_groups=4, block_out_channels=(8,), force_upcast=False)
    LatentDecoder(safe.half(), processor)
    assert safe.dtype == torch.float16
