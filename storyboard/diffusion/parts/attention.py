"""Attention in pieces: the same pixels with less memory, with and without IP-Adapter.

Softmax goes over the keys, so the queries can be taken a chunk at a time and every chunk gives
exactly what the whole would have given. diffusers' own slicing cannot be used: it breaks
IP-Adapter (diffusers#7263) and returns NaN for SDXL on MPS (diffusers#11229).

Queries, keys and values are contiguous before SDPA: on MPS other strides give wrong results
(pytorch#163597, pytorch#181133).
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

__all__ = [
    "WHOLE",
    "Attention",
    "IdentityAttention",
    "chunk_queries",
    "identity_attention",
    "install_attention",
    "spatial_mask",
]

WHOLE = 0
"""Instead of a budget: all queries at once."""

SCORES_BUDGET = 64 * 2**20
"""Bytes that the attention scores of one chunk may take. A whole SDXL self-attention at 1024x576
takes 212 MB in fp16 where SDPA has no fused kernel."""


class Attention:
    """A processor for `diffusers.models.attention_processor.Attention`, without IP-Adapter.

    Args:
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
        temb: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Attend; shapes are those of the diffusers processors."""
        tokens = _tokens(attn, hidden_states, temb)
        query = attn.to_q(tokens)
        mixed = _attend(attn, query, tokens, encoder_hidden_states, attention_mask, self.budget)
        return _finish(attn, mixed, hidden_states)


class IdentityAttention(torch.nn.Module):
    """A cross-attention processor that also looks at reference pictures (IP-Adapter).

    Several adapters, several pictures for an adapter and masks work as in diffusers: pictures
    without masks share one softmax; with masks each picture has its own, weighted and placed.

    Attributes:
        scale: For every adapter one number, or one number for every masked picture; an adapter
            whose numbers are all 0 does no work.
    """

    def __init__(
        self, to_k_ip: torch.nn.ModuleList, to_v_ip: torch.nn.ModuleList, budget: int = WHOLE
    ) -> None:
        super().__init__()
        self.to_k_ip = to_k_ip
        self.to_v_ip = to_v_ip
        self.budget = budget
        self.scale: list[float | list[float]] = [1.0] * len(to_k_ip)

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        encoder_hidden_states: tuple[torch.Tensor, list[torch.Tensor]],
        attention_mask: torch.Tensor | None = None,
        temb: torch.Tensor | None = None,
        ip_adapter_masks: list[torch.Tensor | None] | None = None,
    ) -> torch.Tensor:
        """Attend; ``encoder_hidden_states`` holds the text and, for every adapter, its pictures.

        Args:
            attn: The layer.
            hidden_states: Batch x tokens x channels.
            encoder_hidden_states: Text (batch x words x width) and pictures (batch x pictures x
                tokens x width, one tensor for every adapter).
            attention_mask: Mask of the text.
            temb: Time embedding, for layers that normalise with it.
            ip_adapter_masks: For every adapter None or 1 x pictures x height x width, 0..1.
        """
        text, pictures = encoder_hidden_states
        tokens = _tokens(attn, hidden_states, temb)
        query = attn.to_q(tokens)
        mixed = _attend(attn, query, tokens, text, attention_mask, self.budget)
        masks = ip_adapter_masks or [None] * len(pictures)
        for states, scale, mask, to_k, to_v in zip(
            pictures, self.scale, masks, self.to_k_ip, self.to_v_ip, strict=True
        ):
            weights = scale if isinstance(scale, list) else [scale]
            if not any(weights):
                continue
            if mask is None:
                seen = self._look(attn, query, states.flatten(1, 2), to_k, to_v)
                mixed = mixed + weights[0] * seen
                continue
            if len(weights) == 1:
                weights = weights * mask.shape[1]
            for place, weight in enumerate(weights):
                seen = self._look(attn, query, states[:, place], to_k, to_v)
                where = spatial_mask(mask[:, place], query.shape[1]).to(query)
                mixed = mixed + weight * (seen * where)
        return _finish(attn, mixed, hidden_states)

    def _look(
        self,
        attn: Any,
        query: torch.Tensor,
        states: torch.Tensor,
        to_k: torch.nn.Module,
        to_v: torch.nn.Module,
    ) -> torch.Tensor:
        return chunk_queries(query, to_k(states), to_v(states), attn.heads, None, self.budget)


def install_attention(model: Any, budget: int) -> None:
    """Put our processors into every layer of a UNet or a VAE, whether an adapter is loaded or not.

    Args:
        model: A diffusers model; an adapter that is loaded keeps its weights.
        budget: Bytes for the scores of one chunk, or `WHOLE`.
    """
    model.set_attn_processor(
        {
            name: identity_attention(processor, budget)
            if hasattr(processor, "to_k_ip")
            else Attention(budget)
            for name, processor in model.attn_processors.items()
        }
    )


def identity_attention(processor: Any, budget: int) -> IdentityAttention:
    """Our processor with the weights and scales of an IP-Adapter processor of diffusers."""
    ours = IdentityAttention(processor.to_k_ip, processor.to_v_ip, budget)
    ours.scale = list(processor.scale)
    return ours


def chunk_queries(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    heads: int,
    mask: torch.Tensor | None,
    budget: int,
) -> torch.Tensor:
    """Scaled dot-product attention over chunks of the queries.

    Args:
        query: Batch x queries x (heads * width).
        key: Batch x keys x (heads * width).
        value: Like ``key``.
        heads: Number of heads.
        mask: Added to the scores, batch x heads x (queries or 1) x keys, or None.
        budget: Bytes that the scores of one chunk may take, or `WHOLE`.

    Returns:
        Batch x queries x (heads * width).
    """
    batch, length, channels = query.shape
    split = (batch, -1, heads, channels // heads)
    query = query.view(split)
    key = key.view(split).transpose(1, 2).contiguous()
    value = value.view(split).transpose(1, 2).contiguous()
    a_query = batch * heads * key.shape[2] * query.element_size()
    size = length if budget == WHOLE else min(length, max(1, budget // a_query))
    pieces = [
        functional.scaled_dot_product_attention(
            query[:, start : start + size].transpose(1, 2).contiguous(),
            key,
            value,
            attn_mask=mask
            if mask is None or mask.shape[2] == 1
            else mask[:, :, start : start + size],
        )
        for start in range(0, length, size)
    ]
    whole = pieces[0] if len(pieces) == 1 else torch.cat(pieces, dim=2)
    return whole.transpose(1, 2).reshape(batch, length, channels)


def spatial_mask(mask: torch.Tensor, tokens: int) -> torch.Tensor:
    """Bring a mask to the resolution of an attention layer.

    A UNet halves its latents, rounding up, so a layer's grid follows from the mask's own size.
    (diffusers guesses it from the aspect ratio alone and misplaces rows when sizes are odd.)

    Args:
        mask: 1 x height x width, as large as the latents.
        tokens: Number of tokens of the layer.

    Returns:
        1 x tokens x 1.
    """
    height, width = mask.shape[1:]
    while height * width > tokens:
        height, width = -(-height // 2), -(-width // 2)
    if height * width != tokens:
        raise ValueError(f"a mask of {tuple(mask.shape[1:])} fits no layer of {tokens} tokens")
    small = functional.interpolate(mask[None], size=(height, width), mode="bicubic")
    return small.view(1, tokens, 1)


def _tokens(attn: Any, hidden_states: torch.Tensor, temb: torch.Tensor | None) -> torch.Tensor:
    if attn.spatial_norm is not None:
        hidden_states = attn.spatial_norm(hidden_states, temb)
    if hidden_states.ndim == 4:
        hidden_states = hidden_states.flatten(2).transpose(1, 2)
    if attn.group_norm is not None:
        hidden_states = attn.group_norm(hidden_states.transpose(1, 2)).transpose(1, 2)
    return hidden_states


def _attend(
    attn: Any,
    query: torch.Tensor,
    tokens: torch.Tensor,
    context: torch.Tensor | None,
    mask: torch.Tensor | None,
    budget: int,
) -> torch.Tensor:
    if context is None:
        context = tokens
    elif attn.norm_cross:
        context = attn.norm_encoder_hidden_states(context)
    if mask is not None:
        mask = attn.prepare_attention_mask(mask, context.shape[1], context.shape[0])
        mask = mask.view(context.shape[0], attn.heads, -1, mask.shape[-1])
    return chunk_queries(query, attn.to_k(context), attn.to_v(context), attn.heads, mask, budget)


def _finish(attn: Any, mixed: torch.Tensor, residual: torch.Tensor) -> torch.Tensor:
    mixed = attn.to_out[1](attn.to_out[0](mixed))
    if residual.ndim == 4:
        mixed = mixed.transpose(-1, -2).reshape(residual.shape)
    if attn.residual_connection:
        mixed = mixed + residual
    finished: torch.Tensor = mixed / attn.rescale_output_factor
    return finished
