"""Wan's attention in pieces: the same pixels with less memory.

As in `storyboard.diffusion.parts.attention`: softmax goes over the keys, so queries can be taken a
chunk at a time, and queries, keys and values are contiguous, which MPS needs.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import torch

from storyboard.diffusion.parts.attention import WHOLE, chunk_queries

__all__ = ["ClipAttention", "install_clip_attention", "install_frame_attention"]


class ClipAttention:
    """A processor for ``WanAttention``, over the tokens of all frames or over a text.

    Attributes:
        budget: Bytes for the scores of one chunk, or `WHOLE`.
    """

    def __init__(self, budget: int = WHOLE) -> None:
        self.budget = budget

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        rotary_emb: tuple[torch.Tensor, torch.Tensor] | None = None,
    ) -> torch.Tensor:
        """Attend; shapes are those of diffusers' processor.

        Args:
            attn: The layer.
            hidden_states: Batch x tokens x channels.
            encoder_hidden_states: The text's; None where the tokens look at each other.
            attention_mask: Never given: the text's padding is attended to as well.
            rotary_emb: Cosines and sines of the tokens' places: 1 x tokens x 1 x width of a head.
        """
        seen = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        query = attn.norm_q(attn.to_q(hidden_states))
        key = attn.norm_k(attn.to_k(seen))
        value = attn.to_v(seen)
        if rotary_emb is not None:
            query = _turned(query, attn.heads, *rotary_emb)
            key = _turned(key, attn.heads, *rotary_emb)
        mixed = chunk_queries(query, key, value, attn.heads, attention_mask, self.budget)
        found: torch.Tensor = attn.to_out[1](attn.to_out[0](mixed.to(query.dtype)))
        return found


def install_clip_attention(transformer: Any, budget: int) -> None:
    """Put our processors into every layer of a ``WanTransformer3DModel``."""
    transformer.set_attn_processor(ClipAttention(budget))


def install_frame_attention(vae: Any, budget: int) -> None:
    """Put ours before the attention of an ``AutoencoderKLWan``, which looks at one frame a time."""
    for layer in vae.modules():
        if type(layer).__name__ == "WanAttentionBlock":
            layer.forward = partial(_frame_attention, layer, budget)


def _frame_attention(layer: Any, budget: int, states: torch.Tensor) -> torch.Tensor:
    """Batch x channels x frames x rows x columns, as ``WanAttentionBlock`` attends."""
    batch, channels, frames, rows, columns = states.shape
    flat = states.transpose(1, 2).reshape(batch * frames, channels, rows, columns)
    seen = layer.to_qkv(layer.norm(flat)).flatten(2).transpose(1, 2)
    query, key, value = (each.contiguous() for each in seen.chunk(3, -1))
    mixed = chunk_queries(query, key, value, 1, None, budget)
    found = layer.proj(mixed.transpose(1, 2).reshape(flat.shape))
    again: torch.Tensor = found.view(batch, frames, channels, rows, columns).transpose(1, 2)
    return states + again


def _turned(
    states: torch.Tensor, heads: int, cosines: torch.Tensor, sines: torch.Tensor
) -> torch.Tensor:
    """Pairs of channels turned by their token's place, in the type of the tables."""
    even, odd = states.view(*states.shape[:2], heads, -1, 2).unbind(-1)
    cosine, sine = cosines[..., 0::2], sines[..., 1::2]
    pairs = torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], dim=-1)
    return pairs.flatten(2).type_as(states)
