"""FLUX.2's attention in pieces; that of its single blocks computes the feed-forward as well."""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models.transformers.transformer_flux2 import Flux2ParallelSelfAttention

from storyboard.diffusion.parts.attention import chunk_queries
from storyboard.diffusion.parts.joint_attention import JointAttention, apply_rotary_emb

__all__ = ["install_flux2_attention"]


class _ParallelAttention(JointAttention):
    """A processor for ``Flux2ParallelSelfAttention``."""

    def __call__(  # type: ignore[override]  # its layers call it so
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        image_rotary_emb: tuple[torch.Tensor, torch.Tensor] | None = None,
    ) -> torch.Tensor:
        """Attend; shapes are those of diffusers' processor.

        Args:
            attn: The layer.
            hidden_states: Batch x tokens x channels: of text and pictures.
            attention_mask: Never given: the text's padding is attended to as well.
            image_rotary_emb: Cosines and sines of the tokens' places.
        """
        # 1. One product gives queries, keys, values, and what the feed-forward begins with.
        width, inside = 3 * attn.inner_dim, attn.mlp_hidden_dim * attn.mlp_mult_factor
        mixed, forward = attn.to_qkv_mlp_proj(hidden_states).split([width, inside], dim=-1)
        query, key, value = (
            each.unflatten(-1, (-1, attn.head_dim)) for each in mixed.chunk(3, dim=-1)
        )
        query, key = attn.norm_q(query), attn.norm_k(key)
        if image_rotary_emb is not None:
            query = apply_rotary_emb(query, image_rotary_emb, sequence_dim=1)
            key = apply_rotary_emb(key, image_rotary_emb, sequence_dim=1)
        # 2. All tokens look at all tokens.
        seen = chunk_queries(
            query.flatten(2),
            key.flatten(2),
            value.flatten(2).contiguous(),
            query.shape[2],
            attention_mask if self.bias is None else self.bias.to(query.dtype),
            self.budget,
        ).to(query.dtype)
        # 3. One product takes both back.
        out: torch.Tensor = attn.to_out(torch.cat([seen, attn.mlp_act_fn(forward)], dim=-1))
        return out


def install_flux2_attention(transformer: Any, budget: int) -> None:
    """Put our processors into every layer of a ``Flux2Transformer2DModel``."""
    double, single = JointAttention(budget), _ParallelAttention(budget)
    for block in (*transformer.transformer_blocks, *transformer.single_transformer_blocks):
        parallel = isinstance(block.attn, Flux2ParallelSelfAttention)
        block.attn.set_processor(single if parallel else double)
