from __future__ import annotations

from typing import Any

import diffusers
import numpy as np
import torch
from diffusers.image_processor import VaeImageProcessor

from storyboard.diffusion.decoder import LatentDecoder
from storyboard.diffusion.libraries import quiet_libraries
from storyboard.diffusion.preview import WIDTH, Previewer, clean_latents, fit_projection
from tests.diffusion.plain import pixels

library: Any = diffusers
processor: Any = VaeImageProcessor(vae_scale_factor=2)


class LinearColours:
    """A decoder whose colours are a known linear function of the latents."""

    device = torch.device("cpu")
    channels = 4
    weights = 50_000_000
    truth = torch.tensor([[0.3, 0, 0], [0, 0.3, 0], [0, 0, 0.3], [0.1, 0.1, 0.1], [0, 0.2, -0.2]])

    def tensor(self, latents: torch.Tensor) -> torch.Tensor:
        """Colours of batch x channels x height x width, as tall as a real decoder's."""
        colours = torch.einsum("bchw,cr->brhw", latents, self.truth[:-1])
        return (colours + self.truth[-1].view(1, 3, 1, 1)).repeat_interleave(8, 2)


def test_the_projection_of_a_large_decoder_is_found() -> None:
    decoder: Any = LinearColours()
    torch.testing.assert_close(fit_projection(decoder), decoder.truth, atol=1e-4, rtol=0)
    latents = torch.randn(1, 4, 9, 16, generator=torch.Generator().manual_seed(1))
    seen = pixels(Previewer(decoder).png(latents))
    assert seen.shape == (144, WIDTH, 3)
    colours = torch.einsum("chw,cr->hwr", latents[0], decoder.truth[:-1]) + decoder.truth[-1]
    expected = ((colours.clamp(-1, 1) + 1) * 127.5).numpy()
    assert np.abs(seen[8::16, 8::16].astype(float) - expected).mean() < 25  # softened by resizing


def test_a_small_decoder_decodes() -> None:
    torch.manual_seed(2)
    vae = library.AutoencoderKL(
        block_out_channels=(8, 8),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        norm_num_groups=4,
    ).eval()
    decoder = LatentDecoder(vae, processor)
    latents = torch.randn(1, 4, 8, WIDTH // 2)
    seen = pixels(Previewer(decoder).png(latents))
    assert np.array_equal(seen, np.asarray(decoder.picture(latents)))


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
