from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.values.aspect import aspect_ratio, cut_size, frame_size, parse_aspect

STARTER = 448 * 256
SDXL = 1024 * 576


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("16:9", Fraction(16, 9)),
        (" 9 : 16 ", Fraction(9, 16)),
        ("2.39:1", Fraction(239, 100)),
        ("2,39:1", Fraction(239, 100)),
        ("4x3", Fraction(4, 3)),
        ("1920/1080", Fraction(16, 9)),
        ("1.85", Fraction(37, 20)),
        ("1:4", Fraction(1, 4)),
        ("4:1", Fraction(4)),
    ],
)
def test_an_aspect_is_read_as_people_write_it(text: str, ratio: Fraction) -> None:
    assert parse_aspect(text) == ratio
    assert aspect_ratio(text) == float(ratio)


@pytest.mark.parametrize(
    "text",
    ["", "wide", "0:9", "16:0", "16:9:4", "-16:9", "4.001:1", "1:4.001", "1e9:1", "١٦:٩", "9" * 99],
)
def test_a_wrong_aspect_is_one_line_that_shows_the_way(text: str) -> None:
    with pytest.raises(InputError, match=r"16:9, 2\.39:1") as caught:
        parse_aspect(text)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=20))
def test_any_text_is_a_ratio_in_range_or_an_error(text: str) -> None:
    try:
        ratio = parse_aspect(text)
    except InputError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert Fraction(1, 4) <= ratio <= 4


@pytest.mark.parametrize(
    ("aspect", "size"),
    [
        ("16:9", (448, 256)),
        ("9:16", (256, 448)),
        ("1:1", (336, 336)),
        ("4:3", (384, 288)),
        ("3:4", (288, 384)),
        ("2.39:1", (528, 224)),
    ],
)
def test_the_starter_draws_these_sizes(aspect: str, size: tuple[int, int]) -> None:
    assert frame_size(parse_aspect(aspect), STARTER, 16) == size


@pytest.mark.parametrize("multiple", [8, 16, 32, 64])
def test_sdxl_draws_the_products_frame(multiple: int) -> None:
    assert frame_size(parse_aspect("16:9"), SDXL, multiple) == (1024, 576)
    assert frame_size(parse_aspect("1:1"), SDXL, multiple) == (768, 768)


@given(
    st.fractions(Fraction(1, 4), Fraction(4), max_denominator=1000),
    st.sampled_from([(STARTER, 16), (SDXL, 8), (SDXL, 32), (1024 * 1024, 8)]),
)
def test_every_aspect_keeps_shape_and_area(aspect: Fraction, model: tuple[int, int]) -> None:
    pixels, multiple = model
    width, height = frame_size(aspect, pixels, multiple)
    assert width % multiple == height % multiple == 0
    assert abs(width * height / pixels - 1) <= 0.12
    assert abs(width / height / float(aspect) - 1) <= multiple / min(width, height)
    assert frame_size(1 / aspect, pixels, multiple) == (height, width)


def test_a_coarse_multiple_still_gives_a_frame() -> None:
    assert frame_size(4.0, 64 * 64, 64) == (256, 64)


@pytest.mark.parametrize(("aspect", "pixels", "multiple"), [(0, 4096, 8), (1, 63, 8), (1, 64, 0)])
def test_an_impossible_model_is_a_programmers_error(
    aspect: float, pixels: int, multiple: int
) -> None:
    with pytest.raises(ValueError, match="no frame"):
        frame_size(aspect, pixels, multiple)


@pytest.mark.parametrize(
    ("frame", "aspect", "size"),
    [
        ((448, 256), "16:9", (448, 252)),
        ((528, 224), "2.39:1", (528, 221)),
        ((256, 448), "9:16", (252, 448)),
        ((336, 336), "1:1", (336, 336)),
        ((1024, 576), "16:9", (1024, 576)),
        ((8, 8), "4:1", (8, 2)),
        ((384, 160), "2.39:1", (382, 160)),
    ],
)
def test_a_frame_is_cut_to_the_exact_shape(
    frame: tuple[int, int], aspect: str, size: tuple[int, int]
) -> None:
    assert cut_size(*frame, parse_aspect(aspect)) == size


@given(
    st.integers(8, 2000),
    st.integers(8, 2000),
    st.fractions(Fraction(1, 4), Fraction(4), max_denominator=1000),
)
def test_a_cut_is_exact_to_a_pixel_and_the_largest(
    width: int, height: int, aspect: Fraction
) -> None:
    cut = cut_size(width, height, aspect)
    assert 1 <= cut[0] <= width and 1 <= cut[1] <= height
    assert width == cut[0] or height == cut[1]
    assert abs(cut[0] - cut[1] * aspect) < 1 or abs(cut[1] - cut[0] / aspect) < 1
