from __future__ import annotations

from typing import Any

import diffusers
import pytest
import torch
from diffusers.image_processor import IPAdapterMaskProcessor
from diffusers.models import attention_processor
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from storyboard.diffusion.parts.attention import (
    WHOLE,
    Attention,
    IdentityAttention,
    chunk_queries,
    identity_attention,
    install_attention,
    spatial_mask,
)

stock: Any = attention_processor
library: Any = diffusers

WIDTH, CONTEXT = 32, 24
ONE_QUERY = 2 * 4 * 48 * 4  # batch x heads x keys x bytes


@pytest.fixture
def layer() -> Any:
    torch.manual_seed(3)
    return stock.Attention(WIDTH, cross_attention_dim=CONTEXT, heads=4, dim_head=8).eval()


@pytest.fixture
def adapter() -> Any:
    """Two adapters, as diffusers makes them."""
    torch.manual_seed(4)
    return stock.IPAdapterAttnProcessor2_0(WIDTH, CONTEXT, num_tokens=(4, 6), scale=[0.7, 0.3])


def inputs(pictures: int = 2) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    torch.manual_seed(5)
    return (
        torch.randn(2, 48, WIDTH),
        torch.randn(2, 7, CONTEXT),
        [torch.randn(2, pictures, 4, CONTEXT), torch.randn(2, pictures, 6, CONTEXT)],
    )


def by_head(states: torch.Tensor) -> torch.Tensor:
    return states.view(2, -1, 4, 8).transpose(1, 2)


@given(
    length=st.integers(1, 60),
    keys=st.integers(1, 60),
    budget=st.integers(1, 20_000),
    masked=st.booleans(),
)
def test_chunks_give_what_the_whole_gives(
    length: int, keys: int, budget: int, masked: bool
) -> None:
    torch.manual_seed(length * 61 + keys)
    query, key, value = (torch.randn(2, n, WIDTH) for n in (length, keys, keys))
    mask = torch.randn(2, 4, length, keys) if masked else None
    whole = functional.scaled_dot_product_attention(
        by_head(query), by_head(key), by_head(value), attn_mask=mask
    )
    expected = whole.transpose(1, 2).reshape(2, length, WIDTH)
    found = chunk_queries(query, key, value, 4, mask, budget)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=0)


def test_the_budget_bounds_the_scores_and_everything_is_contiguous(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    real = functional.scaled_dot_product_attention

    def watched(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, **more: Any) -> Any:
        assert query.is_contiguous()
        assert key.is_contiguous()
        assert value.is_contiguous()
        seen.append(query.shape[0] * query.shape[1] * query.shape[2] * key.shape[2] * 4)
        return real(query, key, value, **more)

    monkeypatch.setattr(functional, "scaled_dot_product_attention", watched)
    states = torch.randn(2, 48, WIDTH)
    for budget, chunks in ((WHOLE, 1), (ONE_QUERY * 48, 1), (ONE_QUERY * 5, 10), (1, 48)):
        seen.clear()
        chunk_queries(states, states, states, 4, None, budget)
        assert len(seen) == chunks
        assert max(seen) <= max(budget, ONE_QUERY) or budget == WHOLE


@pytest.mark.parametrize("budget", [WHOLE, ONE_QUERY * 5])
@pytest.mark.parametrize("crossed", [True, False])
def test_without_adapter_it_is_the_stock_processor(layer: Any, budget: int, crossed: bool) -> None:
    states, text, _ = inputs()
    if not crossed:
        layer = stock.Attention(WIDTH, heads=4, dim_head=8).eval()
    context = text if crossed else None
    expected = layer(states, encoder_hidden_states=context)
    layer.set_processor(Attention(budget))
    found = layer(states, encoder_hidden_states=context)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("budget", [WHOLE, ONE_QUERY * 5])
def test_a_picture_layer_of_the_decoder_is_the_stock_processor(budget: int) -> None:
    torch.manual_seed(6)
    layer = stock.Attention(
        WIDTH, heads=1, dim_head=WIDTH, norm_num_groups=4, residual_connection=True, bias=True,
        rescale_output_factor=1.5,
    ).eval()  # fmt: skip
    states = torch.randn(1, WIDTH, 6, 8)
    expected = layer(states)
    layer.set_processor(Attention(budget))
    torch.testing.assert_close(layer(states), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("budget", [WHOLE, ONE_QUERY * 5])
@pytest.mark.parametrize(
    ("masks", "scale"),
    [
        ("none", [0.7, 0.3]),
        ("none", [0.0, 0.3]),
        ("first", [0.7, 0.3]),
        ("both", [0.7, 0.0]),
        ("both", [[0.6, 0.1], [0.2, 0.9]]),
    ],
)
def test_with_adapters_it_is_the_stock_processor(
    layer: Any, adapter: Any, budget: int, masks: str, scale: list[Any]
) -> None:
    states, text, pictures = inputs()
    adapter.scale = scale
    layer.set_processor(adapter)
    halves = torch.zeros(1, 2, 6, 8)
    halves[:, 0, :, :4], halves[:, 1, :, 4:] = 1, 1
    given_masks = {"none": None, "first": [halves, None], "both": [halves, halves]}[masks]
    context = (text, pictures)
    expected = layer(states, encoder_hidden_states=context, ip_adapter_masks=given_masks)
    layer.set_processor(identity_attention(adapter, budget))
    found = layer(states, encoder_hidden_states=context, ip_adapter_masks=given_masks)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=0)


def test_an_adapter_of_scale_zero_does_no_work(layer: Any, adapter: Any) -> None:
    states, text, pictures = inputs()
    ours = identity_attention(adapter, WHOLE)
    ours.scale = [0.0, [0.0, 0.0]]
    counted: list[int] = []
    for projection in (*ours.to_k_ip, *ours.to_v_ip):
        projection.register_forward_pre_hook(lambda *_: counted.append(1))
    layer.set_processor(ours)
    found = layer(states, encoder_hidden_states=(text, pictures))
    layer.set_processor(Attention())
    assert torch.equal(found, layer(states, encoder_hidden_states=text))
    assert not counted


@pytest.mark.parametrize("adapter_first", [True, False])
def test_chunks_and_adapter_can_be_installed_in_either_order(adapter_first: bool) -> None:
    unet = library.UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(8, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
        cross_attention_dim=CONTEXT,
        norm_num_groups=4,
        attention_head_dim=4,
    )
    torch.manual_seed(8)
    channels = {
        name: unet.get_submodule(name.removesuffix(".processor")).to_k.out_features
        for name in unet.attn_processors
    }
    weights = {
        f"{place}.{kind}.weight": torch.randn(size, CONTEXT)
        for place, (name, size) in enumerate(channels.items())
        if "attn2" in name
        for kind in ("to_k_ip", "to_v_ip")
    }
    projection = {
        "proj.weight": torch.randn(4 * CONTEXT, 12),
        "proj.bias": torch.zeros(4 * CONTEXT),
        "norm.weight": torch.ones(CONTEXT),
        "norm.bias": torch.zeros(CONTEXT),
    }
    if not adapter_first:
        install_attention(unet, 1)
    unet._load_ip_adapter_weights([{"image_proj": projection, "ip_adapter": weights}])
    arguments: dict[str, Any] = {
        "sample": torch.randn(1, 4, 8, 8),
        "timestep": 3,
        "encoder_hidden_states": torch.randn(1, 7, CONTEXT),
        "added_cond_kwargs": {"image_embeds": [torch.randn(1, 1, 12)]},
    }
    expected = unet(**arguments).sample
    install_attention(unet, 1)
    kinds = {type(processor) for processor in unet.attn_processors.values()}
    assert kinds == {Attention, IdentityAttention}
    assert {processor.budget for processor in unet.attn_processors.values()} == {1}
    torch.testing.assert_close(unet(**arguments).sample, expected, atol=1e-5, rtol=0)


@given(height=st.integers(1, 64), width=st.integers(1, 64), halvings=st.integers(0, 3))
def test_a_mask_keeps_its_place_at_every_resolution(height: int, width: int, halvings: int) -> None:
    mask = torch.zeros(1, height, width)
    mask[:, :, width // 2 :] = 1
    rows, columns = height, width
    for _ in range(halvings):
        rows, columns = -(-rows // 2), -(-columns // 2)
    small = spatial_mask(mask, rows * columns).view(rows, columns)
    assert torch.allclose(small, small[:1])  # bands stay upright, whatever the size
    if width % 2**halvings == 0 and columns > 1:
        assert small[0, 0] < 0.5 < small[0, -1]


@pytest.mark.parametrize("size", [(72, 128), (64, 64), (16, 28)])
def test_a_mask_is_the_stock_mask_where_sizes_halve_evenly(size: tuple[int, int]) -> None:
    torch.manual_seed(9)
    mask = torch.rand(1, *size)
    tokens = size[0] * size[1] // 4
    expected = IPAdapterMaskProcessor.downsample(mask, 1, tokens, 1)
    torch.testing.assert_close(spatial_mask(mask, tokens), expected)


def test_a_mask_of_another_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="fits no layer"):
        spatial_mask(torch.ones(1, 6, 8), 7)
