"""Text and reference pictures as the UNet gets them, computed just as the SDXL pipeline does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from storyboard.starter.architecture import (
    ADAPTER_TOKENS,
    WINDOW,
    build_image_encoder,
    build_text_encoders,
    build_unet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


__all__ = ["Networks", "load_tokenizer"]

_CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
_CLIP_STD = (0.26862954, 0.26130258, 0.27577711)


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer that ``train_tokenizer`` wrote into ``folder``."""
    from transformers import CLIPTokenizer

    return CLIPTokenizer.from_pretrained(folder)


@dataclass(frozen=True)
class Conditions:
    """What the UNet is told: text states (n, 77, width), pooled text, image embeddings (n, d)."""

    text: torch.Tensor
    pooled: torch.Tensor
    image: torch.Tensor

    def float(self) -> Conditions:
        """The same in single precision."""
        return Conditions(self.text.float(), self.pooled.float(), self.image.float())


class Networks(nn.Module):
    """UNet and encoders; the IP-Adapter's weights live in the UNet."""

    _mean: torch.Tensor
    _std: torch.Tensor

    def __init__(self, tokenizer: Any) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        encoders = build_text_encoders(
            len(tokenizer), tokenizer.bos_token_id, tokenizer.eos_token_id
        )
        self.text_encoder, self.text_encoder_2 = encoders
        self.image_encoder: Any = build_image_encoder()
        self.unet: Any = build_unet()
        _add_adapter(self.unet, self.image_encoder.config.projection_dim)
        self.register_buffer("_mean", torch.tensor(_CLIP_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("_std", torch.tensor(_CLIP_STD).view(1, 3, 1, 1), persistent=False)

    def load_adapter_state(self, state: Mapping[str, torch.Tensor]) -> None:
        """Take over what `adapter_state` gave."""
        projection = self.unet.encoder_hid_proj.image_projection_layers[0]
        projection.load_state_dict(
            {
                name.removeprefix("image_proj.").replace("proj.", "image_embeds."): tensor.float()
                for name, tensor in state.items()
                if name.startswith("image_proj.")
            }
        )
        number = 1
        for processor in self.unet.attn_processors.values():
            if hasattr(processor, "to_k_ip"):
                for own, name in (
                    (processor.to_k_ip[0], "to_k_ip"),
                    (processor.to_v_ip[0], "to_v_ip"),
                ):
                    own.weight.data.copy_(state[f"ip_adapter.{number}.{name}.weight"])
                number += 2

    def tokens(self, captions: Sequence[str]) -> torch.Tensor:
        """Captions as token ids, (n, 77) int16, padded as the pipeline pads them."""
        told = self._tokenizer(
            list(captions), padding="max_length", max_length=WINDOW, truncation=True
        )
        return torch.tensor(told.input_ids, dtype=torch.int16)

    def conditions(
        self, ids: torch.Tensor, references: torch.Tensor, shown: torch.Tensor
    ) -> Conditions:
        """Encode captions (``tokens``) and reference pictures ((n, 3, 64, 64) in 0..255).

        Where a reference is not ``shown`` ((n,) of truth values) its embedding is zero, which is
        what diffusers gives the unconditional half.
        """
        words = ids.long()
        first = self.text_encoder(words, output_hidden_states=True).hidden_states[-2]
        second = self.text_encoder_2(words, output_hidden_states=True)
        pictures = (references.float() / 255 - self._mean) / self._std
        return Conditions(
            text=torch.cat([first, second.hidden_states[-2]], dim=-1),
            pooled=second.text_embeds,
            image=self.image_encoder(pictures).image_embeds * shown.unsqueeze(1),
        )

    @property
    def end_token(self) -> int:
        """The token that ends a caption and fills what is left of the window."""
        return int(self._tokenizer.eos_token_id)

    def predict(
        self,
        noisy: torch.Tensor,
        timesteps: torch.Tensor,
        conditions: Conditions,
        size: tuple[int, int],
    ) -> torch.Tensor:
        """The UNet's prediction of the velocity; ``size`` is (width, height) in pixels."""
        width, height = size
        sizes = torch.tensor([[height, width, 0, 0, height, width]], dtype=torch.float32)
        prediction: torch.Tensor = self.unet(
            noisy,
            timesteps,
            conditions.text,
            added_cond_kwargs={
                "text_embeds": conditions.pooled,
                "time_ids": sizes.to(noisy.device).expand(len(noisy), -1),
                "image_embeds": [conditions.image.unsqueeze(1)],
            },
        ).sample
        return prediction

    def set_adapter_scale(self, scale: float) -> None:
        """Scale of the image tokens' attention in 0..1; at 0 it is skipped, as in use."""
        for processor in self.unet.attn_processors.values():
            if hasattr(processor, "scale"):
                processor.scale = [scale]

    def adapter_state(self) -> dict[str, torch.Tensor]:
        """The IP-Adapter in the key layout of h94/IP-Adapter's files."""
        state: dict[str, torch.Tensor] = {}
        projection = self.unet.encoder_hid_proj.image_projection_layers[0]
        for name, tensor in projection.state_dict().items():
            state["image_proj." + name.replace("image_embeds", "proj")] = tensor
        number = 1
        for processor in self.unet.attn_processors.values():
            if hasattr(processor, "to_k_ip"):
                state[f"ip_adapter.{number}.to_k_ip.weight"] = processor.to_k_ip[0].weight
                state[f"ip_adapter.{number}.to_v_ip.weight"] = processor.to_v_ip[0].weight
                number += 2
        return {name: tensor.detach() for name, tensor in state.items()}


def _add_adapter(unet: Any, image_width: int) -> None:
    """Give the UNet an untrained IP-Adapter (Ye et al., arXiv 2308.06721)."""
    text_width = unet.config.cross_attention_dim
    attention: dict[str, torch.Tensor] = {}
    number = 1
    for name, module in unet.named_modules():
        if name.endswith("attn2"):
            for key, source in (("to_k_ip", module.to_k), ("to_v_ip", module.to_v)):
                attention[f"{number}.{key}.weight"] = torch.randn_like(source.weight) * 0.03
            number += 2
    image = {
        "proj.weight": torch.randn(ADAPTER_TOKENS * text_width, image_width) * 0.05,
        "proj.bias": torch.zeros(ADAPTER_TOKENS * text_width),
        "norm.weight": torch.ones(text_width),
        "norm.bias": torch.zeros(text_width),
    }
    unet._load_ip_adapter_weights([{"image_proj": image, "ip_adapter": attention}])
    unet.requires_grad_(True)
