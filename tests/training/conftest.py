"""A tiny model, and folders of pictures to learn from."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import torch
from PIL import Image

from tests.diffusion.tiny_model import build_tiny_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Several threads on small matrices wait for each other longer than they compute."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of the starter's structure."""
    return build_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Four pictures with captions beside them."""
    return write_pictures(tmp_path / "pictures", 4)


def write_pictures(folder: Path, count: int, size: tuple[int, int] = (160, 80)) -> Path:
    """Pictures of one colour each with a square on it; returns the folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        rng = random.Random(number)
        picture = Image.new("RGB", size, tuple(rng.randrange(256) for _ in range(3)))
        picture.paste((255, 0, 0), (20, 20, 50, 50))
        picture.save(folder / f"p{number}.png")
        (folder / f"p{number}.txt").write_text(f"a man on beach {number}", encoding="utf-8")
    return folder


def write_file(folder: Path, model: Path, more: str = "", *, steps: int = 6) -> Path:
    """A training file in a folder, of a LoRA of rank 2 on the tiny model; returns the file."""
    file = folder / "scarf.yaml"
    file.write_text(
        f"""\
name: scarf
model: {model}
trigger: zorbi
datasets:
  - pictures: pictures
buckets: {{target: 128x64}}
network:
  targets: {{denoiser: {{rank: 2}}}}
optimizer: {{learning_rate: 1e-3}}
training: {{steps: {steps}, batch_size: 2, save_every: 2, precision: fp32}}
{more}""",
        encoding="utf-8",
    )
    return file
