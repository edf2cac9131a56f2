"""Z-Image's attention in pieces: words and picture are one row of tokens.

As in `storyboard.diffusion.parts.attention`: softmax goes over the keys, so queries can be taken a
chunk at a time, and queries, keys and values are contiguous, which MPS needs.
"""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models.attention_processor import Attention

from storyboard.diffusion.parts.attention import WHOLE, chunk_queries

__all__ = ["RowAttention", "install_row_attention"]


class RowAttention:
    """A processor for the attention of ``ZImageTransformer2DModel``.

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
        freqs_cis: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Attend; shapes are those of diffusers' processor.

        Args:
            attn: The layer.
            hidden_states: Batch x tokens x channels.
            encoder_hidden_states: Never given.
            attention_mask: Batch x tokens, true for those that are looked at; where two texts of
                a guided panel are of different lengths.
            freqs_cis: Batch x tokens x half a head's channels: the turns of the tokens' places.
        """
        query, key, value = (
            project(hidden_states).unflatten(-1, (attn.heads, -1))
            for project in (attn.to_q, attn.to_k, attn.to_v)
        )
        if attn.norm_q is not None:
            query, key = attn.norm_q(query), attn.norm_k(key)
        if freqs_cis is not None:
            query, key = _turned(query, freqs_cis), _turned(key, freqs_cis)
        seen = None if attention_mask is None else attention_mask[:, None, None, :]
        mixed = chunk_queries(
            query.flatten(2),
            key.flatten(2),
            value.flatten(2).contiguous(),
            attn.heads,
            seen,
            self.budget,
        ).to(query.dtype)
        out: torch.Tensor = attn.to_out[0](mixed)
        return out


def install_row_attention(transformer: Any, budget: int) -> None:
    """Put our processors into every layer of a ``ZImageTransformer2DModel``."""
    processor = RowAttention(budget)
    for layer in transformer.modules():
        if isinstance(layer, Attention):
            layer.set_processor(processor)  # type: ignore[arg-type]


def _turned(states: torch.Tensor, turns: torch.Tensor) -> torch.Tensor:
    """Batch x tokens x heads x channels, each pair of channels turned by its token's place."""
    pairs = torch.view_as_complex(states.float().reshape(*states.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turns.unsqueeze(2)).flatten(3).type_as(states)
