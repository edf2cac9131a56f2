"""Joint attention in pieces: text and picture together, the same pixels with less memory.

As in `storyboard.diffusion.parts.attention`: softmax goes over the keys, so queries can be taken a
chunk at a time, and queries, keys and values are contiguous, which MPS needs.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from diffusers.models import embeddings

from storyboard.diffusion.parts.attention import WHOLE, chunk_queries

if TYPE_CHECKING:
    from collections.abc import Iterator

# diffusers ships no types for it.
apply_rotary_emb: Any = embeddings.apply_rotary_emb

__all__ = ["JointAttention", "install_joint_attention", "weighted"]


class JointAttention:
    """A processor for ``FluxAttention``.

    Attributes:
        budget: Bytes for the scores of one chunk, or `WHOLE`.
        bias: Added to the scores of each key, 1 x 1 x 1 x keys, or None: how much some of the
            tokens count.
    """

    def __init__(self, budget: int = WHOLE) -> None:
        self.budget = budget
        self.bias: torch.Tensor | None = None

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        image_rotary_emb: tuple[torch.Tensor, torch.Tensor] | None = None,
    ) -> torch.Tensor | tuple[torch.Tensor, torch.Tensor]:
        """Attend; shapes are those of diffusers' processor.

        Args:
            attn: The layer.
            hidden_states: Batch x tokens x channels: the picture's, or all of them.
            encoder_hidden_states: The text's, in layers that have weights of their own for it.
            attention_mask: Never given: the text's padding is attended to as well.
            image_rotary_emb: Cosines and sines of the tokens' places.
        """
        # 1. Text first, then the picture; each with its own weights where they are apart.
        query = _heads(attn, attn.to_q(hidden_states), attn.norm_q)
        key = _heads(attn, attn.to_k(hidden_states), attn.norm_k)
        value = _heads(attn, attn.to_v(hidden_states))
        words = 0
        if encoder_hidden_states is not None:
            text = encoder_hidden_states
            words = text.shape[1]
            query = torch.cat([_heads(attn, attn.add_q_proj(text), attn.norm_added_q), query], 1)
            key = torch.cat([_heads(attn, attn.add_k_proj(text), attn.norm_added_k), key], 1)
            value = torch.cat([_heads(attn, attn.add_v_proj(text)), value], 1)
        if image_rotary_emb is not None:
            query = apply_rotary_emb(query, image_rotary_emb, sequence_dim=1)
            key = apply_rotary_emb(key, image_rotary_emb, sequence_dim=1)
        # 2. All tokens look at all tokens.
        mixed = chunk_queries(
            query.flatten(2),
            key.flatten(2),
            value.flatten(2),
            query.shape[2],
            attention_mask if self.bias is None else self.bias.to(query.dtype),
            self.budget,
        ).to(query.dtype)
        if encoder_hidden_states is None:
            return mixed
        # 3. Apart again.
        picture = attn.to_out[1](attn.to_out[0](mixed[:, words:].contiguous()))
        return picture, attn.to_add_out(mixed[:, :words].contiguous())


def install_joint_attention(transformer: Any, budget: int) -> None:
    """Put our processors into every layer of a ``FluxTransformer2DModel``."""
    transformer.set_attn_processor(JointAttention(budget))


@contextmanager
def weighted(transformer: Any, weights: torch.Tensor | None) -> Iterator[None]:
    """Let keys count by weights inside this context.

    Args:
        transformer: With our processors in its layers.
        weights: As `JointAttention.bias`.
    """
    processors = set(transformer.attn_processors.values())
    for each in processors:
        each.bias = None if weights is None else weights.to(transformer.device)
    try:
        yield
    finally:
        for each in processors:
            each.bias = None


def _heads(attn: Any, projected: torch.Tensor, norm: Any = None) -> torch.Tensor:
    """Batch x tokens x heads x width."""
    split = projected.view(*projected.shape[:-1], -1, attn.head_dim)
    return split if norm is None else norm(split)
