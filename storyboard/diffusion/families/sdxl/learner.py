"""SDXL as training sees it: pictures to latents, captions to states, and the UNet's own loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.families.learner import Noised, Sample, TextStates
from storyboard.diffusion.families.sdxl.lora_layers import TEXT_ENCODERS
from storyboard.diffusion.families.sdxl.reading import read_pipeline
from storyboard.diffusion.parts.attention import WHOLE, install_attention
from storyboard.diffusion.weights.lora_names import DENOISER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.files import ModelFiles

__all__ = ["SdxlLearner"]

_VELOCITY = "v_prediction"


class SdxlLearner:
    """A loaded SDXL model without its IP-Adapter, of which a LoRA is to be taught.

    Args:
        files: The model.
        policy: The device; its type of numbers is that of the frozen weights.
        rescale: The pipeline's ``guidance_rescale``, for samples.

    Raises:
        ModelError: The weights cannot be used.
    """

    architecture = "stable-diffusion-xl-v1-base/lora"
    sees = False

    def __init__(self, files: ModelFiles, policy: DevicePolicy, rescale: float = 0.0) -> None:
        from diffusers import DDPMScheduler

        self._policy, self._rescale = policy, rescale
        pipe = read_pipeline(files, policy)
        pipe.set_progress_bar_config(disable=True)
        # SDXL's own VAE overflows in half precision, and there is one decoding a sample.
        pipe.vae.to(torch.float32)
        for name in (*TEXT_ENCODERS, "unet", "vae"):
            getattr(pipe, name).to(policy.device).eval().requires_grad_(False)
        for name in TEXT_ENCODERS:
            getattr(pipe, name).set_attn_implementation(policy.encoder_attention)
        for network in (pipe.unet, pipe.vae):
            # diffusers' own attention hands over what is not contiguous, which MPS gets wrong.
            install_attention(network, WHOLE)
        self._pipe: Any = pipe
        schedule: Any = DDPMScheduler
        self._schedule = schedule.from_config(pipe.scheduler.config)
        self._kept = self._schedule.alphas_cumprod.to(torch.float32)
        self.multiple = int(pipe.vae_scale_factor) * 2 ** (
            len(pipe.unet.config.down_block_types) - 1
        )
        self.networks = {
            DENOISER: pipe.unet,
            **{name: getattr(pipe, name) for name in TEXT_ENCODERS},
        }
        self.prefixes = {DENOISER: "unet", **{name: name for name in TEXT_ENCODERS}}

    def encode_pictures(self, pixels: torch.Tensor) -> torch.Tensor:
        """Latents as the UNet takes them, in the middle of what the encoder thinks possible."""
        vae = self._pipe.vae
        with torch.no_grad():
            found = vae.encode(pixels.to(vae.device, vae.dtype)).latent_dist.mode()
        mean, std = self._statistics(found)
        scaled: torch.Tensor = (found - mean) * vae.config.scaling_factor / std
        return scaled

    def encode_texts(self, captions: Sequence[str]) -> TextStates:
        """States of every token (n x tokens x width) and of the whole text (n x width)."""
        tokens, _, whole, _ = self._pipe.encode_prompt(
            list(captions),
            device=self._policy.device,
            num_images_per_prompt=1,
            do_classifier_free_guidance=False,
        )
        return tokens, whole

    def noised(
        self, latents: torch.Tensor, noise: torch.Tensor, shares: torch.Tensor, gamma: float = 0.0
    ) -> Noised:
        """Noise at evenly distributed steps of the schedule that the model was trained with."""
        steps = len(self._kept)
        times = (shares * steps).long().clamp(max=steps - 1)
        kept = self._kept[times.cpu()].view(-1, 1, 1, 1).to(latents)
        noisy = kept.sqrt() * latents + (1 - kept).sqrt() * noise
        velocity = self._schedule.config.prediction_type == _VELOCITY
        target = kept.sqrt() * noise - (1 - kept).sqrt() * latents if velocity else noise
        weights = torch.ones_like(kept).flatten()
        if gamma:
            ratio = (kept / (1 - kept)).flatten()
            weights = ratio.clamp(max=gamma) / (ratio + 1 if velocity else ratio)
        return Noised(noisy, times.to(latents.device), target, weights)

    def predict(
        self, noised: Noised, texts: TextStates, references: Sequence[torch.Tensor] = ()
    ) -> torch.Tensor:
        """The UNet's noise or velocity; it is told that the picture is whole, as in drawing."""
        del references  # it cannot look at any
        unet, factor = self._pipe.unet, int(self._pipe.vae_scale_factor)
        tokens, whole = texts
        rows, columns = (side * factor for side in noised.noisy.shape[-2:])
        sizes = torch.tensor([rows, columns, 0, 0, rows, columns], dtype=unet.dtype)
        said: torch.Tensor = unet(
            noised.noisy.to(unet.dtype),
            noised.times,
            tokens.to(unet.dtype),
            added_cond_kwargs={
                "text_embeds": whole.to(unet.dtype),
                "time_ids": sizes.to(unet.device).expand(len(tokens), -1),
            },
        ).sample
        return said.float()

    def save_memory(self) -> None:
        """Let the UNet compute activations again when the gradient comes through."""
        self._pipe.unet.enable_gradient_checkpointing()
        # Its blocks look at the mode; there is no dropout in them that it would switch on.
        self._pipe.unet.train()

    def draw(self, sample: Sample, references: Sequence[Image.Image] = ()) -> Image.Image:
        """One picture by the plain pipeline, with its own scheduler."""
        del references
        vae = self._pipe.vae
        with torch.no_grad():
            latents = self._pipe(
                prompt=sample.prompt,
                negative_prompt=sample.negative or None,
                width=sample.width,
                height=sample.height,
                num_inference_steps=sample.steps,
                guidance_scale=sample.guidance,
                guidance_rescale=self._rescale,
                generator=self._policy.generator(sample.seed),
                output_type="latent",
            ).images.to(vae.dtype)
            mean, std = self._statistics(latents)
            pixels = vae.decode(latents * std / vae.config.scaling_factor + mean).sample
        picture: Image.Image = self._pipe.image_processor.postprocess(pixels)[0]
        return picture

    def _statistics(self, latents: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and deviation of each channel where the VAE names them."""
        config = self._pipe.vae.config
        if config.latents_mean is None or config.latents_std is None:
            return latents.new_zeros(1), latents.new_ones(1)
        told = (config.latents_mean, config.latents_std)
        mean, std = (torch.tensor(each).to(latents) for each in told)
        return mean.view(1, -1, 1, 1), std.view(1, -1, 1, 1)
