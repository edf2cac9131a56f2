from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from storyboard.diffusion.checks.finder import (
    Finder,
    Maps,
    finder_size,
    load_finder,
    save_finder,
    shipped_finder,
)
from storyboard.errors import ModelError
from storyboard.files.assets import asset
from storyboard.starter.album import Album
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.brush import Brush
from storyboard.starter.canvas import Canvas
from storyboard.starter.crowds import paint_crowd
from storyboard.starter.figures import draw_figure
from storyboard.starter.finder_training import batch_of, loss_of, train_finder
from storyboard.starter.marring import Seen, marred
from storyboard.starter.outlines import Figure, outline_of
from storyboard.starter.palette import LIGHTS
from storyboard.starter.spots import Spot
from storyboard.starter.whereabouts import mirrored, rows_of, targets
from tests.starter.test_reader import MIRA, OLAF

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.starter.vocabulary import Person

SIZE = NATIVE_SIZE


def figure(
    person: Person = MIRA, pose: str = "standing", x: float = 200, head: float = 44
) -> Figure:
    return Figure(person, pose, Spot(x, 60, head, 1))


@pytest.mark.parametrize("person", [MIRA, OLAF], ids=["woman", "man"])
@pytest.mark.parametrize("pose", ["standing", "running", "waving", "pointing", "sitting"])
def test_an_outline_is_what_the_painter_paints(person: Person, pose: str) -> None:
    wanted = figure(person, pose)
    canvas = Canvas((500, 330), (255, 255, 255))
    spot = wanted.spot
    draw_figure(Brush(canvas, LIGHTS["day"], (spot.x, spot.y), spot.head), person, pose, 1)
    painted = np.asarray(canvas.picture()).min(axis=2) < 250
    rows, columns = np.where(painted)
    seen = columns.min(), rows.min(), columns.max(), rows.max()
    # A quarter of a head: the seat of a sitter is no part of the person.
    assert np.allclose(seen, outline_of(wanted).person, atol=0.6 * spot.head), (seen, pose)
    for eye in outline_of(wanted).eyes:
        assert not np.asarray(canvas.picture())[round(eye[1]), round(eye[0])].min() > 200


def test_a_crowd_is_the_same_every_time_and_of_every_number() -> None:
    rng = random.Random(3)
    crowds = [paint_crowd(rng, (224, 128)) for _ in range(60)]
    again = paint_crowd(random.Random(3), (224, 128))
    assert np.array_equal(crowds[0].pixels, again.pixels)
    assert {len(crowd.people) for crowd in crowds} >= {0, 1, 2, 3}
    assert any(len(seen.eyes) < 2 for crowd in crowds for seen in crowd.people)
    assert all(len(crowd.scene.people) == len(crowd.people) for crowd in crowds)


def test_a_marred_face_is_another_picture_and_says_so() -> None:
    wanted = figure(head=80)
    found = set()
    for seed in range(30):
        pixels = np.random.default_rng(1).integers(0, 255, (256, 448, 3), np.uint8)
        before = pixels.copy()
        seen = marred(pixels, wanted, random.Random(seed))
        whole = len(seen.eyes) == 2 and seen.mouth is not None
        assert whole == np.array_equal(before, pixels)
        found.add((len(seen.eyes), seen.mouth is not None))
    assert found >= {(2, True), (0, False), (1, True)}


def test_targets_peak_where_somebody_is() -> None:
    outline = outline_of(figure(x=203))
    rows = rows_of([Seen(outline, outline.eyes, None)], SIZE)
    wanted = targets([rows, mirrored(rows, SIZE[0])], [True, False], SIZE)
    assert int((wanted.centres == 1).sum()) == 4  # a person and a face in each
    x, y = (int(each) // 8 for each in outline.head)
    assert wanted.centres[0, 1, y, x] == 1
    assert torch.equal(wanted.centres[1], wanted.centres[0].flip(-1))
    assert int((wanted.features[0] == 1).sum()) == 2  # two eyes, no mouth
    assert wanted.featured.flatten().tolist() == [1, 0]
    # From the middle of the face's cell to the face's sides.
    left, top, right, bottom = (32 * float(each) for each in wanted.sides[0, 4:, y, x])
    assert (x + 0.5) * 8 - left == pytest.approx(outline.face[0], abs=0.01)
    assert (y + 0.5) * 8 + bottom == pytest.approx(outline.face[3], abs=0.01)
    assert right > 0 and top > 0


def test_what_is_wanted_costs_least() -> None:
    rng = random.Random(5)
    batch = batch_of(Album.of(asset("models", "finder")), rng)
    wanted = batch.wanted

    def logits(peaks: torch.Tensor) -> torch.Tensor:
        return torch.where(peaks >= 1, 8.0, -8.0)

    right = Maps(logits(wanted.centres), wanted.sides, logits(wanted.features))
    wrong = Maps(-right.centres, wanted.sides, right.features)
    assert loss_of(right, wanted) < 0.2 < loss_of(wrong, wanted)
    aside = Maps(right.centres, wanted.sides + 1, right.features)
    assert loss_of(aside, wanted) > loss_of(right, wanted)


def test_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    finder = train_finder(tmp_path, 1e-9, 0, lambda _line: None)
    first = torch.load(tmp_path / "finder.pt", weights_only=True)
    train_finder(tmp_path, 1e-9, 0, lambda _line: None)
    second = torch.load(tmp_path / "finder.pt", weights_only=True)
    assert second["elapsed"] >= first["elapsed"] > 0
    save_finder(finder, tmp_path / "f.safetensors")
    again = load_finder(tmp_path / "f.safetensors").state_dict()
    for name, weights in finder.state_dict().items():
        assert torch.equal(again[name], weights.half().float()), name


@pytest.mark.parametrize("damage", ["missing", "cut off", "of another network"])
def test_weights_that_cannot_be_used_are_named(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "finder.safetensors"
    if damage == "cut off":
        save_finder(Finder(), file)
        file.write_bytes(file.read_bytes()[:1000])
    if damage == "of another network":
        save_file({"other": torch.zeros(2)}, file)
    with pytest.raises(ModelError, match="restore the file") as caught:
        load_finder(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_shipped_finder_counts_painted_people() -> None:
    assert asset("models", "finder", "finder.safetensors").stat().st_size < 1.6e6
    finder, rng = shipped_finder(), random.Random("a crowd that nobody has seen")
    right = []
    for _ in range(60):
        crowd = paint_crowd(rng, SIZE)
        right.append(len(finder.people(Image.fromarray(crowd.pixels))) == len(crowd.people))
    assert sum(right) / len(right) >= 0.85


def test_a_face_is_whole_with_two_eyes_and_a_mouth() -> None:
    finder = shipped_finder()
    canvas = Canvas(SIZE, (180, 200, 220))
    draw_figure(Brush(canvas, LIGHTS["day"], (200, 110), 100), MIRA, "standing", 1)
    picture = canvas.picture()
    (face,) = finder.faces(picture)
    wanted = outline_of(Figure(MIRA, "standing", Spot(200, 110, 100, 1))).face
    assert np.allclose(face.pixels(*SIZE), wanted, atol=16)
    assert finder.whole_faces(picture) == (face,)
    # Any size will do, and a face without features is none that is whole.
    assert len(finder.faces(picture.resize((224, 128)))) == 1
    pixels = np.array(picture)
    left, top, right, bottom = face.pixels(*SIZE)
    pixels[top + 10 : bottom, left:right] = np.median(pixels[top:bottom, left:right], axis=(0, 1))
    assert finder.whole_faces(Image.fromarray(pixels)) == ()


def test_pictures_are_looked_at_in_their_own_shape() -> None:
    assert finder_size(448, 256) == finder_size(1792, 1024) == (448, 256)
    assert finder_size(64, 64) == (352, 352)
    assert finder_size(256, 448) == (256, 448)
