from __future__ import annotations

import itertools

import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from storyboard.diffusion.parts.tiling import cuts, decode_in_tiles


def enlarge(latents: torch.Tensor) -> torch.Tensor:
    """A decoder that sees single latents only."""
    return functional.interpolate(latents[:, :3], scale_factor=4, mode="nearest")


@given(length=st.integers(1, 300), tile=st.integers(4, 80))
def test_tiles_cover_a_side_and_overlap(length: int, tile: int) -> None:
    overlap = tile // 4
    made = cuts(length, tile, overlap)
    assert made[0][0] == 0
    assert made[-1][1] == length
    assert all(end - start == min(tile, length) for start, end in made)
    for (_, end), (start, _) in itertools.pairwise(made):
        assert end - start >= overlap
        assert start < end


@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    tile=st.sampled_from([4, 8, 16]),
    seed=st.integers(0, 99),
)
def test_what_needs_no_neighbours_comes_out_the_same(
    height: int, width: int, tile: int, seed: int
) -> None:
    latents = torch.randn(1, 4, height, width, generator=torch.Generator().manual_seed(seed))
    sizes: list[int] = []

    def decode(piece: torch.Tensor) -> torch.Tensor:
        sizes.append(max(piece.shape[-2:]))
        return enlarge(piece)

    tiled = decode_in_tiles(decode, latents, tile)
    assert max(sizes) <= tile
    assert tiled.shape == (1, 3, 4 * height, 4 * width)
    assert torch.allclose(tiled, enlarge(latents), atol=1e-5)


def test_edges_of_tiles_do_not_show() -> None:
    """A decoder that shifts each tile's brightness: no neighbouring pixels jump."""
    shifts = iter(torch.linspace(0, 1, 99))
    tiled = decode_in_tiles(
        lambda piece: enlarge(piece) * 0 + next(shifts), torch.zeros(1, 3, 9, 40), 16
    )
    across = tiled.diff(dim=-1).abs().max()
    assert 0 < across < 0.25 / (16 / 4 * 4) * 1.5
