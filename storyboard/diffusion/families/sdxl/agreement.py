"""How far a panel agrees with what was asked for: with its characters' references, with its prompt.

**Likeness** is the cosine of a panel and a reference picture as the IP-Adapter's image encoder sees
both; it is in memory anyway. How well it tells people apart is up to the encoder, and what is high
differs from model to model: compare panels of one model, best those of one board.

**Agreement with the prompt** would be a cosine too if the image encoder shared its space with a
text encoder. It does not: SDXL's usual adapters look through OpenCLIP's ViT-H (1,024 numbers), its
second text encoder is that of ViT-bigG (1,280), and the starter's two were never trained against
each other. So the denoiser is asked, as diffusion classifiers do (Li et al., ICCV 2023, arXiv
2303.16203): the panel is noised, always with the same noise, and restored twice in one evaluation,
with the prompt and without a word. The share of the error that the prompt takes away is its
agreement: 0 where it says nothing of this picture, below where it says something else. It asks for
no further model, works for every one, and is blind to what the denoiser itself does not know.

What both are worth on the starter's fourth weights (by tests/soak/judging.py; 0.5 is chance): a
painted panel is more like the portrait of its own person than of another in 0.59 (wide shot), 0.94
(full shot), 0.99 (medium shot), 1.00 (close-up) and 0.83 (extreme close-up) of 7,800 pairs. A
painted panel of a prompt agrees with it more than one of another place in 0.90 of 60 pairs, of
another shot size in 0.93, of another time in 0.72, than one without the person in 0.90, with other
hair in 0.80, with other clothes in 0.90, and than a copy of the reference in 0.98. The best of four
takes shows a little more of its prompt than takes do on average (0.916 of the attributes against
0.899 in 12 captions, fewer in 5 of them; 0.951 were there): takes of one prompt are nearer to each
other than the judge can see.

What the guided steps predict on the way would cost nothing, and was worth nothing: how far it
agreed with the end put the better of two takes first in 0.35 to 0.57 of pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from storyboard.diffusion.parts.pictures import open_reference
from storyboard.diffusion.parts.recent import Recent
from storyboard.values.judgement import Agreement

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.diffusion.families.sdxl.embeddings import PromptEmbeddings
    from storyboard.values.request import PanelRequest

__all__ = ["Judge", "judged_step"]

LEVEL = 0.65
"""Noise level at which the denoiser is asked, as a share of the training's noise levels."""
KEPT = 64
"""Reference pictures whose embeddings are kept, 4 kB each."""
_ENOUGH = 64
"""Latents of the longer side that are enough to judge: SDXL's 1024x576 is judged at 512x288, for a
quarter of the compute. The starter's panels have 28 and are judged as they are: it was trained on
no smaller ones, and at half their size the prompt explains nothing."""
_DIGITS = 4


class Judge:
    """Says how far panels of one model agree with what was asked for.

    Args:
        pipe: A ``StableDiffusionXLPipeline``; its UNet must be unplugged from any adapter when
            prompts are judged, or the reference would explain what the prompt should.
        prompts: The embeddings of its prompts.
    """

    def __init__(self, pipe: Any, prompts: PromptEmbeddings) -> None:
        self._pipe = pipe
        self._prompts = prompts
        self._references: Recent[str, torch.Tensor] = Recent(KEPT)

    def judge(
        self, request: PanelRequest, latents: torch.Tensor, picture: Image.Image
    ) -> Agreement:
        """Look at a panel.

        Args:
            request: What was asked for.
            latents: 1 x channels x height x width, without noise.
            picture: What they became.
        """
        return Agreement(
            identities=self._likenesses(request, picture),
            prompt=self._explained(request.prompt, latents),
        )

    def _likenesses(
        self, request: PanelRequest, picture: Image.Image
    ) -> tuple[tuple[str, float], ...]:
        """Of every character with its reference; empty where the encoder was released."""
        if self._pipe.image_encoder is None:
            return ()
        width, height = picture.size
        locks = request.identities
        found = []
        for place, lock in enumerate(locks):
            if lock.scale <= 0:
                continue
            # Several characters have a band of the frame each, as their attention has.
            left, right = (round(width * edge / len(locks)) for edge in (place, place + 1))
            seen = self._seen(picture.crop((left, 0, right, height)))
            cosines = [
                float(self._reference(request, sha, lock.character) @ seen) for sha in lock.pictures
            ]
            found.append((lock.character, _rounded(sum(cosines) / len(cosines))))
        return tuple(found)

    def _reference(self, request: PanelRequest, sha: str, character: str) -> torch.Tensor:
        return self._references.get(
            sha, lambda: self._seen(open_reference(request.picture(sha), character))
        )

    @torch.no_grad()
    def _seen(self, picture: Image.Image) -> torch.Tensor:
        """A picture as the image encoder sees it, of length 1, on the CPU."""
        encoder = self._pipe.image_encoder
        pixels = self._pipe.feature_extractor(images=[picture], return_tensors="pt").pixel_values
        embedding: torch.Tensor = encoder(pixels.to(encoder.device, encoder.dtype)).image_embeds[0]
        return functional.normalize(embedding.float().cpu(), dim=0)

    @torch.no_grad()
    def _explained(self, prompt: str, latents: torch.Tensor) -> float | None:
        """Share of the restoring error that the prompt takes away; None where nobody can say."""
        scheduler, unet = self._pipe.scheduler, self._pipe.unet
        kind = scheduler.config.prediction_type
        if kind not in ("epsilon", "v_prediction"):
            return None
        # 1. The panel, no larger than is enough to judge it, under noise.
        clean = functional.avg_pool2d(latents.float(), judged_step(*latents.shape[-2:]))
        noise = torch.randn(clean.shape, generator=torch.Generator("cpu").manual_seed(0))
        noise = noise.to(clean.device)
        level = int(LEVEL * scheduler.config.num_train_timesteps)
        kept = float(scheduler.alphas_cumprod[level])
        noisy = kept**0.5 * clean + (1 - kept) ** 0.5 * noise
        # 2. Restored without a word and with the prompt, in one evaluation.
        pairs = zip(self._prompts.nothing(prompt), self._prompts.positive(prompt), strict=True)
        tokens, pooled = (torch.cat(pair) for pair in pairs)
        factor = int(self._pipe.vae_scale_factor)
        height, width = (side * factor for side in clean.shape[-2:])
        sizes = torch.tensor([[height, width, 0, 0, height, width]], dtype=tokens.dtype)
        predicted = unet(
            noisy.to(tokens.dtype).expand(2, -1, -1, -1),
            torch.tensor(level, device=clean.device),
            encoder_hidden_states=tokens,
            added_cond_kwargs={
                "text_embeds": pooled,
                "time_ids": sizes.to(clean.device).expand(2, -1),
            },
            return_dict=False,
        )[0].float()
        # 3. In the noise the same share is explained as in the picture; both predictions give it.
        wanted = noise if kind == "epsilon" else kept**0.5 * noise - (1 - kept) ** 0.5 * clean
        without, given = (predicted - wanted).square().mean(dim=(1, 2, 3)).tolist()
        share = 1 - given / without if without > 0 else float("nan")
        return _rounded(share) if share == share else None


def judged_step(height: int, width: int) -> int:
    """How many latents each way become one before a panel is judged."""
    return max(1, round(max(height, width) / _ENOUGH))


def _rounded(number: float) -> float:
    return round(max(-1e6, min(1.0, number)), _DIGITS)
