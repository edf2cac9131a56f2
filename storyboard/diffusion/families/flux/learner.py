"""FLUX.1 as training sees it, and Kontext, which looks at pictures besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.families.learner import Noised, Sample, TextStates
from storyboard.diffusion.parts.attention import WHOLE, install_attention
from storyboard.diffusion.parts.joint_attention import install_joint_attention
from storyboard.diffusion.parts.pipeline_parts import PipelineParts
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles

__all__ = ["FluxLearner"]

_PATCH = 2  # latents a side of a token
_TOLD = 1.0
"""Guidance that a distilled model is told while it learns: as if nothing had been distilled."""


class FluxLearner:
    """A loaded FLUX.1 model, of whose transformer a LoRA is to be taught.

    Args:
        files: The model.
        window: Tokens of a text that T5 reads.
        policy: The device; its type of numbers is that of the frozen weights.
        sees: Whether its pipeline looks at pictures, as Kontext's does.

    Raises:
        ModelError: The weights cannot be used.
        RenderError: Text encoders and transformer do not fit into the memory together.
    """

    architecture = "flux-1-dev/lora"

    def __init__(
        self, files: PipelineFiles, window: int, policy: DevicePolicy, *, sees: bool = False
    ) -> None:
        self._policy, self._window, self.sees = policy, window, sees
        self._parts = PipelineParts(files, policy, lambda _: None)
        if self._parts.in_turn:
            # A LoRA stands on the transformer, which would go whenever a text is read.
            raise RenderError(
                "model {name} does not fit into the memory with its text encoders: close other"
                " programs, or train a smaller model",
                name=files.name,
            )
        self._parts.reads()
        pipe = self._parts.pipe
        pipe.set_progress_bar_config(disable=True)
        pipe.vae.to(torch.float32)
        for part in (pipe.vae, pipe.transformer, pipe.text_encoder, pipe.text_encoder_2):
            part.eval().requires_grad_(False)
        install_joint_attention(pipe.transformer, WHOLE)
        install_attention(pipe.vae, WHOLE)
        self._pipe: Any = pipe
        self.multiple = _PATCH * int(pipe.vae_scale_factor)
        self.networks = {DENOISER: pipe.transformer}
        self.prefixes = {DENOISER: "transformer"}

    def encode_pictures(self, pixels: torch.Tensor) -> torch.Tensor:
        """Latents, in the middle of what the encoder thinks possible."""
        vae = self._pipe.vae
        with torch.no_grad():
            found = vae.encode(pixels.to(vae.device, vae.dtype)).latent_dist.mode()
        scaled: torch.Tensor = (found - vae.config.shift_factor) * vae.config.scaling_factor
        return scaled

    def encode_texts(self, captions: Sequence[str]) -> TextStates:
        """States of every token by T5 (n x window x width), of the whole text by CLIP."""
        with torch.no_grad():
            tokens, whole, _ = self._pipe.encode_prompt(
                list(captions),
                None,
                device=self._policy.device,
                max_sequence_length=self._window,
            )
        return tokens, whole

    def noised(
        self, latents: torch.Tensor, noise: torch.Tensor, shares: torch.Tensor, gamma: float = 0.0
    ) -> Noised:
        """A straight line from picture to noise; times are denser in its middle.

        The logistic of a normal number, as Esser et al. found best (arXiv 2403.03206, 3.1).
        """
        del gamma  # of the noise schedules of older models
        even = shares.float().clamp(1e-4, 1 - 1e-4)
        times = torch.sigmoid(torch.erfinv(2 * even - 1) * 2**0.5)
        level = times.view(-1, 1, 1, 1).to(latents)
        noisy = (1 - level) * latents + level * noise
        return Noised(noisy, times, noise - latents, torch.ones_like(times))

    def predict(
        self, noised: Noised, texts: TextStates, references: Sequence[torch.Tensor] = ()
    ) -> torch.Tensor:
        """The transformer's velocity.

        Several references lie side by side, as they do when Kontext draws: one picture for it,
        which the first axis of its positions tells from the frame.
        """
        network, pack = self._pipe.transformer, self._pipe._pack_latents
        tokens, whole = (each.to(network.dtype) for each in texts)
        count, channels, rows, columns = noised.noisy.shape
        packed = [pack(noised.noisy, count, channels, rows, columns)]
        places = [self._places(rows, columns)]
        right = 0
        for each in references:
            packed.append(pack(each, *each.shape))
            place = self._places(*each.shape[-2:])
            place[:, 0] = 1
            place[:, 2] += right
            right += each.shape[-1] // _PATCH
            places.append(place)
        told = torch.full((count,), _TOLD, device=tokens.device, dtype=network.dtype)
        said = network(
            hidden_states=torch.cat(packed, dim=1).to(network.dtype),
            timestep=noised.times.to(network.dtype),
            guidance=told if network.config.guidance_embeds else None,
            pooled_projections=whole,
            encoder_hidden_states=tokens,
            txt_ids=torch.zeros(tokens.shape[1], 3, device=tokens.device, dtype=network.dtype),
            img_ids=torch.cat(places).to(tokens.device, network.dtype),
        ).sample
        frame = said[:, : packed[0].shape[1]].float()
        factor = int(self._pipe.vae_scale_factor)
        unpacked: torch.Tensor = self._pipe._unpack_latents(
            frame, rows * factor, columns * factor, factor
        )
        return unpacked

    def save_memory(self) -> None:
        """Let the transformer compute activations again when the gradient comes through."""
        self._pipe.transformer.enable_gradient_checkpointing()
        self._pipe.transformer.train()

    def draw(self, sample: Sample, references: Sequence[Image.Image] = ()) -> Image.Image:
        """One picture by the plain pipeline; of the references it looks at the first."""
        more: dict[str, Any] = {}
        if self.sees:
            # Else the pipeline fits every frame into an area of its own.
            more["max_area"] = sample.width * sample.height
            if references:
                more |= {"image": references[0], "_auto_resize": False}
        with torch.no_grad():
            latents = self._pipe(
                prompt=sample.prompt,
                width=sample.width,
                height=sample.height,
                num_inference_steps=sample.steps,
                guidance_scale=sample.guidance,
                generator=self._policy.generator(sample.seed),
                max_sequence_length=self._window,
                output_type="latent",
                **more,
            ).images
            vae, factor = self._pipe.vae, int(self._pipe.vae_scale_factor)
            rows = self._pipe._unpack_latents(latents, sample.height, sample.width, factor)
            scaled = rows.to(vae.dtype) / vae.config.scaling_factor + vae.config.shift_factor
            pixels = vae.decode(scaled).sample
        picture: Image.Image = self._pipe.image_processor.postprocess(pixels)[0]
        return picture

    def _places(self, rows: int, columns: int) -> torch.Tensor:
        """Positions of the tokens of a picture, tokens x 3."""
        found: torch.Tensor = self._pipe._prepare_latent_image_ids(
            1, rows // _PATCH, columns // _PATCH, "cpu", torch.float32
        )
        return found
