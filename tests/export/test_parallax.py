"""What stands in front is found, and moves more than what is behind it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from storyboard.export.foreground import foreground_of
from storyboard.export.parallax import relief_of
from storyboard.values.camera_path import seen
from storyboard.values.shot import CameraMove

WIDTH, HEIGHT = 640, 360
RED, POST = (210, 40, 30), (255, 255, 255)
MOVES = [each for each in CameraMove if each is not CameraMove.STATIC]


def scene(*, person: bool = True, left: int = 240, dim: bool = False) -> Image.Image:
    """Sky, sea and sand, a sun, a white post far away; a person in red in front."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (90, 60, 110))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 150, WIDTH, 230), fill=(50, 90, 150))
    draw.rectangle((0, 230, WIDTH, HEIGHT), fill=(220, 190, 130))
    draw.ellipse((430, 30, 500, 100), fill=(255, 240, 150))
    draw.rectangle((110, 120, 114, 160), fill=POST)
    if person:
        red = (208, 178, 118) if dim else RED
        draw.ellipse((left + 15, 90, left + 65, 145), fill=red)
        draw.rectangle((left, 145, left + 80, 330), fill=red)
    return picture


def middle_of(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[float, float]:
    """Middle of what has a colour, in pixels."""
    apart = np.abs(np.asarray(picture, np.int16) - colour).max(axis=-1)
    rows, columns = np.nonzero(apart < 40)
    return float(columns.mean()), float(rows.mean())


def test_a_person_is_found_and_what_hangs_in_the_sky_is_not() -> None:
    mask = foreground_of(scene())
    assert mask is not None
    large = np.asarray(Image.fromarray(mask * 255).convert("L").resize((WIDTH, HEIGHT))) > 127
    truth = np.abs(np.asarray(scene(), np.int16) - RED).max(axis=-1) < 10
    assert (large & truth).sum() / (large | truth).sum() > 0.85
    assert not large[:110, 420:].any(), "the sun is no foreground"


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(scene(person=False), id="nobody"),
        pytest.param(scene(left=-20), id="cut by the side"),
        pytest.param(scene(dim=True), id="as pale as the sand"),
        pytest.param(Image.new("RGB", (WIDTH, HEIGHT), "grey"), id="one colour"),
    ],
)
def test_where_it_is_not_sure_nothing_is_in_front(picture: Image.Image) -> None:
    assert relief_of(picture) is None


@pytest.mark.parametrize("move", [CameraMove.PAN, CameraMove.TRACKING])
def test_the_front_moves_more_than_what_is_behind_it(move: CameraMove) -> None:
    picture = scene()
    relief = relief_of(picture)
    assert relief is not None
    first, last = (relief.seen(picture, move, at) for at in (0.0, 1.0))
    near = middle_of(first, RED)[0] - middle_of(last, RED)[0]
    far = middle_of(first, POST)[0] - middle_of(last, POST)[0]
    # The whole picture goes past by what a pan leaves out; the front by 4 % of the frame more.
    size = seen(move, 0).size
    assert far == pytest.approx((1 - size) / size * WIDTH, abs=4)
    assert near - far == pytest.approx(0.04 / size * WIDTH, rel=0.25)


def test_the_front_grows_more_when_the_camera_goes_in_and_less_when_it_goes_out() -> None:
    picture = scene()
    relief = relief_of(picture)
    assert relief is not None
    inside = relief.seen(picture, CameraMove.PUSH_IN, 1.0)
    plain = seen(CameraMove.PUSH_IN, 1.0)
    box = (plain.left * WIDTH, plain.top * HEIGHT)
    away = (box[0] + plain.size * WIDTH, box[1] + plain.size * HEIGHT)
    flat = picture.resize(picture.size, box=(*box, *away))
    wide = (np.abs(np.asarray(inside, np.int16) - RED).max(axis=-1) < 40).sum()
    narrow = (np.abs(np.asarray(flat, np.int16) - RED).max(axis=-1) < 40).sum()
    assert wide > narrow * 1.03
    begun = relief.seen(picture, CameraMove.PUSH_IN, 0.0)
    assert np.abs(np.asarray(begun, np.int16) - np.asarray(picture, np.int16)).mean() < 1


@pytest.mark.parametrize("move", MOVES)
def test_there_is_no_hole_and_no_tear(move: CameraMove) -> None:
    picture = scene()
    relief = relief_of(picture)
    assert relief is not None
    for at in (0.0, 0.5, 1.0):
        frame = np.asarray(relief.seen(picture, move, at), np.int16)
        assert frame.max(axis=-1).min() > 30, "nothing of the picture is black"
        red = np.abs(frame - RED).max(axis=-1) < 60
        pieces, _ = ndimage.label(red)
        assert np.bincount(pieces[red]).max() > 0.98 * red.sum(), "the person is in one piece"
