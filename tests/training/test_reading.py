"""A training file says everything that is wrong with it at once, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError
from storyboard.training.checking import check
from storyboard.training.reading import read_training_file
from tests.training.conftest import write_file, write_pictures

if TYPE_CHECKING:
    from pathlib import Path

WRONG = """\
name: my lora
model: starter
datasets:
  - picture: here
  - pictures: a
    board: b
    character: Mira
network:
  targets:
    denoiser: {rank: 0, layers: [attention]}
training:
  steps: many
  batchsize: 4
"""


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG, encoding="utf-8")
    found = read_training_file(file)
    assert found.config is None
    told = [(each.line, each.key) for each in found.problems]
    assert told == [
        (1, "name"),
        (4, "datasets[1].picture"),
        (5, "datasets[2]"),
        (10, "network.targets.denoiser.rank"),
        (12, "training.steps"),
        (13, "training.batchsize"),
    ]
    assert "did you mean 'batch_size'?" in found.problems[-1].text
    assert "name one of pictures, board and pairs" in found.problems[2].text


def test_numbers_are_read_as_other_trainers_write_them(tmp_path: Path, tiny: Path) -> None:
    write_pictures(tmp_path / "pictures", 1)
    config = read_training_file(write_file(tmp_path, tiny)).config
    assert config is not None
    assert config.optimizer.learning_rate == 0.001  # 1e-3, which YAML 1.1 takes for a text
    assert config.buckets.target == 128 * 64


def test_what_is_no_yaml_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("name: [", encoding="utf-8")
    with pytest.raises(InputError, match="this is not YAML"):
        read_training_file(file)
    with pytest.raises(InputError, match="does not exist"):
        read_training_file(tmp_path / "absent.yaml")


def test_check_finds_what_only_the_pictures_tell(tmp_path: Path, tiny: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 3)
    (folder / "p0.png").write_bytes(b"no picture")
    held_out = write_pictures(tmp_path / "held-out", 1)
    (held_out / "p0.png").write_bytes((folder / "p1.png").read_bytes())
    file = write_file(
        tmp_path,
        tiny,
        """\
evaluation:
  datasets:
    - pictures: held-out
    - pictures: nowhere
optimizer: {name: adamw, learning_rate: 3}
""".replace("optimizer: {name: adamw, learning_rate: 3}\n", ""),
    )
    text = file.read_text(encoding="utf-8").replace("learning_rate: 1e-3", "learning_rate: 3")
    file.write_text(text, encoding="utf-8")
    verdict = check(read_training_file(file))
    told = "\n".join(verdict.lines())
    assert "p0.png" in verdict.problems[0].text  # no picture
    assert "holds p0.png, which is learned from as p1.png" in told  # a leak
    assert "nowhere is no folder" in told
    assert len(verdict.problems) == 3
    assert any("3 is high for adamw" in each for each in verdict.advice)


def test_a_pair_that_lacks_a_side_a_caption_or_its_shape_is_told(
    tmp_path: Path, tiny: Path
) -> None:
    write_pictures(tmp_path / "after", 3)
    (tmp_path / "after" / "p2.txt").unlink()
    write_pictures(tmp_path / "before", 2, size=(80, 80))
    (tmp_path / "before" / "extra.png").write_bytes((tmp_path / "before" / "p0.png").read_bytes())
    file = write_file(tmp_path, tiny)
    text = file.read_text(encoding="utf-8")
    pairs = "- pairs: after\n    references: [before]"
    file.write_text(text.replace("- pictures: pictures", pairs), encoding="utf-8")
    told = "\n".join(check(read_training_file(file)).lines())
    assert "extra.png of before has no picture of that name in after" in told
    assert "p2.png has no picture of that name in before" in told
    assert "give both one shape, or reference_crop: loose" in told
