from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from storyboard.errors import InputError, ProjectError
from storyboard.files.png import read_texts
from storyboard.production.best_of import is_picture_of
from storyboard.project.own_picture import LONGEST_SIDE, add_own_picture, read_own_picture
from storyboard.project.project import Project
from storyboard.project.recipe_file import read_recipe
from storyboard.values.board import OWN
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.terminal import Terminal


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", boards.a_board()) as opened:
        yield opened


def a_drawing(width: int, height: int, kind: str = "JPEG") -> bytes:
    """A red picture with a blue middle, which no crop about the middle loses."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    third = (width // 3, height // 3, 2 * width // 3, 2 * height // 3)
    image.paste((0, 0, 200), third)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "aspect", "fitted", "cut"),
    [
        ((800, 800), "16:9", (800, 450), 0.4375),
        ((1600, 450), "16:9", (800, 450), 0.5),
        ((640, 360), "16:9", (640, 360), 0.0),
        ((1195, 500), "2.39:1", (1195, 500), 0.0),
        ((900, 1600), "9:16", (900, 1600), 0.0),
        ((8000, 4500), "16:9", (LONGEST_SIDE, 2304), 0.0),
    ],
)
def test_a_picture_fills_the_frame_undistorted(
    size: tuple[int, int], aspect: str, fitted: tuple[int, int], cut: float
) -> None:
    own = read_own_picture(a_drawing(*size), aspect)
    assert (own.width, own.height) == fitted and own.cut == pytest.approx(cut, abs=0.001)
    with Image.open(io.BytesIO(own.png)) as image:
        assert image.size == fitted and image.mode == "RGB" and not image.info
        red, _, blue = image.getpixel((fitted[0] // 2, fitted[1] // 2))  # type: ignore[misc]
        assert red < 40 and blue > 160


def test_the_original_is_kept_byte_for_byte_beside_the_take(project: Project) -> None:
    data = a_drawing(800, 800)
    boards.render(project, "p1")
    take = add_own_picture(project, "p1", read_own_picture(data, "16:9", "sketch.jpg"))
    assert take.mode == OWN and project.board.panels[0].shown == take and project.is_whole(take)
    kept = list((project.folder / "originals").iterdir())
    assert [each.read_bytes() for each in kept] == [data]
    assert kept[0].name == f"{take.fingerprint}.jpg"
    recipe = read_recipe(project.picture(take))
    assert recipe.mode == OWN and recipe.remarks[0].startswith("sketch.jpg, kept as originals/")
    assert "44% cut off" in recipe.remarks[1]
    assert "parameters" not in read_texts(project.picture(take).read_bytes())


def test_a_lost_board_is_rebuilt_with_it(project: Project) -> None:
    boards.render(project, "p1")
    add_own_picture(project, "p1", read_own_picture(a_drawing(320, 180), "16:9"))
    board = project.board
    project.close()
    (project.folder / "board.yaml").unlink()
    shutil.rmtree(project.folder / "snapshots")
    with Project.recover(project.folder) as again:
        assert again.board.panels[0].takes == board.panels[0].takes
        assert all(again.is_whole(take) for take in again.board.panels[0].takes)


def test_it_counts_as_drawn_and_never_as_one_of_the_best_of(project: Project) -> None:
    take = add_own_picture(project, "p1", read_own_picture(a_drawing(320, 180), "16:9"))
    assert [panel.key for panel in project.missing()] == ["p2", "p3"]
    request = boards.a_request(take.seed)
    assert not is_picture_of(request, take, project.picture(take))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not a picture"),
        (b"MZ\x90 a program", "is not a picture"),
        (a_drawing(300, 200)[:900], "damaged or cut off"),
        (a_drawing(1, 1), "only 1x1 pixels"),
        (a_drawing(4000, 9), "only 16x9 pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not a picture|damaged"),
    ],
)
def test_a_hostile_file_is_one_line_and_leaves_nothing(
    project: Project, tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_own_picture(path, "16:9")
    assert "\n" not in str(caught.value) and "picture.png" in str(caught.value)
    assert not (project.folder / "originals").exists()


def test_a_link_instead_of_the_originals_is_not_followed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (project.folder / "originals").symlink_to(tmp_path / "outside", target_is_directory=True)
    with pytest.raises(ProjectError, match="is a link"):
        add_own_picture(project, "p1", read_own_picture(a_drawing(32, 18), "16:9"))
    assert not list((tmp_path / "outside").iterdir()) and not project.board.panels[0].takes


def test_replay_says_that_no_model_drew_it(terminal: Terminal, tmp_path: Path) -> None:
    with Project.create(tmp_path / "board", boards.a_board()) as project:
        take = add_own_picture(project, "p1", read_own_picture(a_drawing(320, 180), "16:9"))
        picture = project.picture(take)
    terminal("replay", str(picture), code=2)
    assert "a picture of your own: no model drew it" in terminal.err
